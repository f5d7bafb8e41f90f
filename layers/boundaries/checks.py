"""Checks of oblast boundaries: each unit by itself, then the 27 together. Coordinates: degrees, WGS 84."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.coverage import clean_coverage
from geo.crossings import find_tangle
from geo.errors import GeometryError
from geo.measure import area_km2, polygons
from geo.overlay import multipolygon
from geo.repair import without_stray_holes
from layers.findings import Finding
from layers.reference.reference_data import Oblast

MOST_REPAIR_PCT = 1.0
MOST_SUM_OFF_PCT = 2.0
TOLD_UNIT_OFF_PCT = 10.0
SLIVER_KM2 = 1.0  # overlaps and gaps up to here are rounding and are cleaned
SLIVERS_KM2 = 10.0
COUNTED_KM2 = 0.001
SPECK_KM2 = 0.01  # 1 hectare
INLAND_DEG = 0.1


@dataclass(frozen=True)
class Patch:
    """An area that two units share or that lies between them: which units, where, how large."""

    isos: tuple[str, ...]
    area_km2: float
    lon: float
    lat: float


def mend_unit(geometry: BaseGeometry, name: str) -> tuple[BaseGeometry | None, list[Finding]]:
    """Return a unit as valid two-dimensional polygons with right-hand rings, and what was wrong with it.

    Parameters
    ----------
    geometry
        The unit as its file has it, in degrees, WGS 84, heights included.
    name
        Name of the unit, for the findings.

    Returns
    -------
    The repaired unit, or None if it cannot be repaired, and the findings.
    """
    findings = []
    if shapely.has_z(geometry):
        geometry = shapely.force_2d(geometry)
        findings.append(Finding("three-dimensions", "repaired", f"{name}: heights were dropped"))
    parts = np.array(polygons(geometry), dtype=object)
    if tangle := find_tangle(parts):
        message = f"{name}: rings cross themselves more than {tangle.more_than:,} times; draw the outline again"
        return None, [*findings, Finding("self-crossing-rings", "refused", message)]
    kept = without_stray_holes(parts, SPECK_KM2)
    if kept.mainlands:
        message = f"{name}: the mainland is a hole of another ring; draw the outline again, it cannot be turned round"
        return None, [*findings, Finding("mainland-is-hole", "refused", message)]
    if kept.gone.parts:
        geometry = shapely.MultiPolygon(list(kept.polygons))
        findings.append(Finding("stray-holes", "repaired", f"{name}: specks of holes outside their ring were dropped"))
    if not geometry.is_valid:
        made, finding = _valid(geometry, name)
        findings.append(finding)
        if made is None:
            return None, findings
        geometry = made
    ground = multipolygon(geometry)
    if ground.is_empty:
        message = f"{name}: is a {geometry.geom_type} without ground; outlines are drawn as polygons"
        return None, [*findings, Finding("no-polygons", "refused", message)]
    if not all(polygon.exterior.is_ccw for polygon in ground.geoms):
        findings.append(Finding("clockwise-rings", "repaired", f"{name}: clockwise rings were turned"))
    return shapely.orient_polygons(ground), findings


def _valid(geometry: BaseGeometry, name: str) -> tuple[BaseGeometry | None, Finding]:
    before_km2 = area_km2(geometry)
    made = multipolygon(shapely.make_valid(geometry, method="structure", keep_collapsed=False))
    change_km2 = area_km2(made) - before_km2
    said = f"{name}: {shapely.is_valid_reason(geometry)}; mending changes its area by {change_km2:+,.2f} km²"
    if abs(change_km2) > MOST_REPAIR_PCT / 100 * before_km2:
        message = f"{said}, more than {MOST_REPAIR_PCT:g} %; mend the outline by hand"
        return None, Finding("self-crossing-rings", "refused", message)
    return made, Finding("self-crossing-rings", "repaired", said)


def check_together(
    units: Mapping[str, BaseGeometry], embedded: Mapping[str, Oblast]
) -> tuple[dict[str, BaseGeometry], list[Finding]]:
    """Return the units as a coverage, and what is wrong with them together.

    Overlaps and gaps of up to 1 km² each and 10 km² in all are removed and reported; larger ones are refused.

    Parameters
    ----------
    units
        Units by ISO 3166-2 code, in degrees, WGS 84.
    embedded
        The included oblasts by ISO 3166-2 code: areas that differ much from theirs are reported.

    Returns
    -------
    The units, unchanged if nothing is wrong, and the findings.
    """
    findings = _sizes(units, embedded)
    overlaps, gaps = list(_overlaps(units)), list(_gaps(units, embedded))
    if not overlaps and not gaps and shapely.coverage_is_valid(list(units.values())):
        return dict(units), findings
    for code, patches, remedy in (
        ("units-overlap", overlaps, "take it off one of them"),
        ("gaps-between-units", gaps, "draw it into one of them"),
    ):
        if _too_much(patches):
            findings.append(Finding(code, "refused", f"{_listed(patches, embedded)}; {remedy}"))
    if any(finding.verdict == "refused" for finding in findings):
        return dict(units), findings
    cleaned, finding = _cleaned(units, overlaps, gaps)
    return cleaned, [*findings, finding]


def _cleaned(
    units: Mapping[str, BaseGeometry], overlaps: list[Patch], gaps: list[Patch]
) -> tuple[dict[str, BaseGeometry], Finding]:
    try:
        cleaned: dict[str, BaseGeometry] = dict(zip(units, clean_coverage(list(units.values())), strict=True))
    except GeometryError as error:
        message = f"the units cannot be made to meet ({error}); clean them as a coverage"
        return dict(units), Finding("edges-differ", "refused", message)
    moved_km2 = sum(abs(area_km2(cleaned[iso]) - area_km2(unit)) for iso, unit in units.items())
    if moved_km2 > SLIVERS_KM2:
        message = f"to make the units meet, {moved_km2:,.1f} km² would have to move; clean them as a coverage"
        return dict(units), Finding("edges-differ", "refused", message)
    message = (
        f"edges of neighbours were made equal: overlaps of {_sum(overlaps):,.3f} km² and gaps of "
        f"{_sum(gaps):,.3f} km² were cleaned, areas changed by {moved_km2:,.3f} km² in all"
    )
    return cleaned, Finding("slivers-between-units", "repaired", message)


def _sizes(units: Mapping[str, BaseGeometry], embedded: Mapping[str, Oblast]) -> list[Finding]:
    areas = {iso: area_km2(unit) for iso, unit in units.items()}
    official = {iso: embedded[iso].official_km2 for iso in units}
    off_pct = {iso: 100 * (areas[iso] / official[iso] - 1) for iso in units}
    findings = [
        Finding(
            "unit-off",
            "told",
            f"{embedded[iso].names['en']} ({iso}): {areas[iso]:,.0f} km² is {off_pct[iso]:+.1f} % from the official "
            f"{official[iso]:,} km²; see whether it is the right unit",
        )
        for iso in units
        if abs(off_pct[iso]) > TOLD_UNIT_OFF_PCT
    ]
    total, whole = sum(areas.values()), sum(official.values())
    if len(units) == len(embedded) and abs(total / whole - 1) > MOST_SUM_OFF_PCT / 100:
        message = (
            f"all units together have {total:,.0f} km², {100 * (total / whole - 1):+.1f} % from the official "
            f"{whole:,} km², more than {MOST_SUM_OFF_PCT:g} %; take outlines of the land of the 27 units"
        )
        findings.append(Finding("sum-off", "refused", message))
    return findings


def _overlaps(units: Mapping[str, BaseGeometry]) -> Iterator[Patch]:
    isos, outlines = list(units), np.array(list(units.values()), dtype=object)
    wrong = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(outlines)))  # often only one of two
    near = shapely.STRtree(outlines).query(outlines[wrong], predicate="intersects")
    pairs = {(min(wrong[one], other), max(wrong[one], other)) for one, other in near.T if wrong[one] != other}
    for one, other in sorted(pairs):
        shared = shapely.intersection(outlines[one], outlines[other])
        yield from _patches(shared, (isos[one], isos[other]))


def _gaps(units: Mapping[str, BaseGeometry], embedded: Mapping[str, Oblast]) -> Iterator[Patch]:
    """Holes among the units, and areas well inside Ukraine that no unit covers; the sea is no gap.

    A strip between two units that opens to the outside is no hole, so every area more than 0.1 degrees inside the
    included boundaries must belong to a unit, too. A unit that is missing altogether is not reported as a gap.
    """
    if set(units) != set(embedded):
        return
    union = shapely.union_all(list(units.values()))
    ukraine = shapely.union_all([oblast.outline for oblast in embedded.values()])
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    inland = shapely.difference(shapely.buffer(ukraine, -INLAND_DEG), union)
    missing = shapely.union_all(
        [*(shapely.intersection(shapely.difference(hole, union), ukraine) for hole in holes), inland]
    )
    outlines = np.array(list(units.values()), dtype=object)
    tree = shapely.STRtree(outlines)
    for part in shapely.get_parts(missing):
        near = tree.query(part, predicate="intersects")
        yield from _patches(part, tuple(list(units)[place] for place in sorted(near)))


def _patches(geometry: BaseGeometry, isos: tuple[str, ...]) -> Iterator[Patch]:
    for part in multipolygon(geometry).geoms:
        size_km2 = area_km2(part)
        if size_km2 >= COUNTED_KM2:
            place = part.representative_point()
            yield Patch(isos, size_km2, place.x, place.y)


def _too_much(patches: list[Patch]) -> bool:
    return any(patch.area_km2 > SLIVER_KM2 for patch in patches) or _sum(patches) > SLIVERS_KM2


def _sum(patches: list[Patch]) -> float:
    return sum(patch.area_km2 for patch in patches)


def _listed(patches: list[Patch], embedded: Mapping[str, Oblast]) -> str:
    """The largest patches by name, and the number of the others."""
    largest = sorted(patches, key=lambda patch: -patch.area_km2)[:3]
    named = [
        f"{patch.area_km2:,.1f} km² of {' and '.join(embedded[iso].names['en'] for iso in patch.isos) or 'no unit'} "
        f"at {patch.lon:.3f}, {patch.lat:.3f}"
        for patch in largest
    ]
    rest = len(patches) - len(largest)
    return "; ".join(named) + (f"; {rest} more, {_sum(patches):,.1f} km² in all" if rest else "")
