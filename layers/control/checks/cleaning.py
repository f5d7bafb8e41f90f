"""Cleaning a control map: what can be repaired is repaired and reported, what cannot is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crossings import find_tangle
from geo.measure import area_km2
from geo.overlay import NOTHING, intersect, multipolygon, overlay_quickly, subtract
from geo.repair import clockwise, mend, without_duplicates, without_slivers, without_stray_holes
from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.raw_map import Progress, RawMap

MOST_REPAIR = 0.01
MARGIN_DEG = 0.25  # publishers' coasts and borders are up to 20 km off; beyond is another country
LEAST_KM2 = 0.01  # 1 hectare: no publisher draws so finely, and figures are printed to 10 km²
LEAST_WIDTH_KM = 0.01  # 10 m: the gap between two copies of one border
LEAST_SHARE = 1e-5  # of a whole map: 1 km² where all of what is held is drawn
TOLD_KM2 = 0.1


@dataclass(frozen=True)
class CleanMap:
    """A control map that figures can be computed from; degrees, WGS 84.

    ``held`` is one valid, two-dimensional union with right-hand rings, cut to Ukraine and 0.25 degrees around it;
    ``contested`` is the same without ``held``, and empty if the source has no such class. ``raw`` no longer has
    geometries. Areas of ``held`` in km²: before as read, after inside the cut, inside Ukraine exactly, and outside
    Ukraine exactly.
    """

    raw: RawMap
    held: shapely.MultiPolygon
    contested: shapely.MultiPolygon
    findings: tuple[Finding, ...]
    area_before_km2: float
    area_after_km2: float
    inside_km2: float
    outside_km2: float


def clean(raw: RawMap, ukraine: BaseGeometry, progress: Progress | None = None) -> CleanMap:
    """Repair a control map and cut it to Ukraine.

    What lies outside Ukraine is measured against its exact boundary, but cut only 0.25 degrees from it: publishers draw
    coasts and borders differently, and other boundaries of oblasts may be used later.

    Parameters
    ----------
    raw
        The map as read, not repaired yet.
    ukraine
        The union of the oblasts, in degrees, WGS 84.
    progress
        Called with the name of the step, the units done and their total; None for no reports.

    Returns
    -------
    Held and contested territory, cut to Ukraine and its margin, and all findings.

    Raises
    ------
    ControlError
        ``no-polygons``, ``empty-day``, ``self-crossing``, ``mainland-is-hole``, ``repair-too-large`` or
        ``outside-ukraine``.
    """
    _check_anything(raw)
    findings: list[Finding] = []
    given, aside = _once("held", raw.held, findings), _once("contested", raw.contested, findings)
    _check_tangle(raw, given, aside)
    held = _united(raw, "held", given, findings, progress)
    if progress:
        progress("Cutting", 0, 2)
    inside = area_km2(overlay_quickly(held, ukraine, "intersection"))
    outside = max(area_km2(held) - inside, 0.0)
    findings += _outside(raw, inside, outside)
    if progress:
        progress("Cutting", 1, 2)
    reach = shapely.buffer(ukraine, MARGIN_DEG)
    held = _finished(held, reach, findings)
    contested = _contested(raw, aside, held, reach, findings, progress) if len(aside) else NOTHING
    return CleanMap(
        raw=replace(raw, held=(), contested=()),
        held=held,
        contested=contested,
        findings=(*raw.findings, *findings),
        area_before_km2=_read_km2(raw, "held"),
        area_after_km2=area_km2(held),
        inside_km2=inside,
        outside_km2=outside,
    )


def _contested(  # as many as a map has
    raw: RawMap, given: np.ndarray, held: shapely.MultiPolygon, reach: BaseGeometry, findings: list[Finding],
    progress: Progress | None,
) -> shapely.MultiPolygon:  # fmt: skip
    contested = _united(raw, "contested", given, findings, progress)
    doubled = area_km2(intersect(contested, held))
    if doubled > TOLD_KM2:
        message = f"{doubled:,.1f} km² are both contested and held in the source; they count as held"
        findings.append(Finding("contested-and-held", "repaired", message))
    rest = _finished(subtract(contested, held), reach, findings)
    return _written(subtract(rest, held))  # once more: a gap that was closed may have been held territory


def _check_anything(raw: RawMap) -> None:
    if raw.held:
        return
    if raw.format == "uacontrolmap":
        raise ControlError("empty-day", f"{raw.path}: has no areas for this day; take the file of another day")
    found = ", ".join(part.name for part in raw.classes[:12])
    seen = f"; its classes are: {found}; the names may have changed" if found else ""
    raise ControlError("no-polygons", f"{raw.path}: no polygons of held territory{seen}; look at the file in QGIS")


def _once(role: str, given: Sequence[BaseGeometry], findings: list[Finding]) -> np.ndarray:
    """The polygons of a class, each once."""
    polygons, again = without_duplicates(np.array(given, dtype=object))
    if again:
        message = f"{role}: the same polygon again, left out: {again} of {len(given)}"
        findings.append(Finding("duplicate", "repaired", message))
    return polygons


def _check_tangle(raw: RawMap, held: np.ndarray, contested: np.ndarray) -> None:
    """Refuse a map whose repair and union would take hours and gigabytes."""
    together = np.concatenate([held, contested])
    tangle = find_tangle(together)
    if tangle is None:
        return
    place = together[tangle.polygon].exterior.coords[0]
    where = f"polygon {tangle.polygon + 1} of {len(together)}, from {place[0]:.3f}, {place[1]:.3f} on"
    what = "its rings cross themselves" if tangle.own else "its edges and those of other polygons cross"
    advice = "take the file from its source again" if tangle.own else "dissolve the polygons of a class in QGIS"
    raise ControlError(
        "self-crossing",
        f"{raw.path}: {where}: {what} or lie over one another more than {tangle.more_than:,} times, as no outline "
        f"does; {advice}",
    )


def _united(
    raw: RawMap, role: str, polygons: np.ndarray, findings: list[Finding], progress: Progress | None
) -> shapely.MultiPolygon:
    """One valid union of the polygons of a class."""
    turned = clockwise(polygons)
    if turned:
        message = f"{role}: outer rings that run clockwise, turned: {turned} of {len(polygons)}"
        findings.append(Finding("clockwise", "repaired", message))
    polygons = _without_strays(raw, role, polygons, findings)
    polygons = _mended(raw, role, polygons, findings, progress)
    return _union(polygons, progress)


def _without_strays(raw: RawMap, role: str, polygons: np.ndarray, findings: list[Finding]) -> np.ndarray:
    """The polygons without specks of holes outside their rings; holes that may be a mainland are refused."""
    least_km2 = max(LEAST_KM2, LEAST_SHARE * _read_km2(raw, role))
    kept = without_stray_holes(polygons, least_km2)
    if kept.mainlands:
        raise ControlError(
            "mainland-is-hole",
            f"{raw.path}: {role}: holes that lie outside their outer ring ({kept.mainlands} of {len(polygons)} "
            "polygons), as where the mainland is drawn as a hole of an island; draw them as polygons of their own",
        )
    if kept.gone.parts:
        message = f"{role}: holes outside their ring, dropped: {kept.gone.parts}, together {kept.gone.area_km2:.4f} km²"
        findings.append(Finding("sliver", "repaired", message))
    return kept.polygons


def _read_km2(raw: RawMap, role: str) -> float:
    """The area of a class as read, in km²."""
    return sum(part.area_km2 or 0.0 for part in raw.classes if part.role == role)


def _mended(
    raw: RawMap, role: str, polygons: np.ndarray, findings: list[Finding], progress: Progress | None
) -> np.ndarray:
    mended = mend(polygons, progress and (lambda done, total: progress("Mending", done, total)))
    if not mended.repaired:
        return polygons
    whole = _read_km2(raw, role)
    share = mended.changed_km2 / max(whole, mended.after_km2 - mended.before_km2 + whole, 1e-9)
    crossed = f"rings cross themselves ({mended.repaired} of {len(polygons)} polygons)"
    change = f"{role}: {crossed}; the repair changes {mended.changed_km2:,.2f} km² ({share:.3%})"
    if share > MOST_REPAIR:
        raise ControlError("repair-too-large", f"{raw.path}: {change}, at most 1 % is let through; mend it in QGIS")
    findings.append(Finding("self-crossing", "repaired", change))
    return mended.polygons


def _union(polygons: np.ndarray, progress: Progress | None) -> shapely.MultiPolygon:
    """All polygons as one; not yet on the grid, which the cut that follows does twenty times faster."""
    if progress:
        progress("Uniting", 0, 1)
    return multipolygon(shapely.union_all(polygons))


def _outside(raw: RawMap, inside_km2: float, outside_km2: float) -> Iterator[Finding]:
    if inside_km2 < TOLD_KM2:
        raise ControlError(
            "outside-ukraine", f"{raw.path}: no held territory in Ukraine; look whether it is the right file"
        )
    if outside_km2 > TOLD_KM2:
        message = (
            f"{outside_km2:,.0f} km² of held territory lie outside Ukraine; not counted, cut {MARGIN_DEG} degrees out"
        )
        yield Finding("outside-ukraine", "repaired", message)


def _finished(ground: shapely.MultiPolygon, reach: BaseGeometry, findings: list[Finding]) -> shapely.MultiPolygon:
    """An area cut to a reach, without slivers, with right-hand rings."""
    cut, slivers = without_slivers(overlay_quickly(ground, reach, "intersection"), LEAST_KM2, LEAST_WIDTH_KM)
    if slivers.parts:
        message = f"slivers dropped or closed: {slivers.parts}, together {slivers.area_km2:.4f} km²"
        findings.append(Finding("sliver", "repaired", message))
    return _written(cut)


def _written(ground: shapely.MultiPolygon) -> shapely.MultiPolygon:
    return multipolygon(shapely.orient_polygons(shapely.normalize(ground)))
