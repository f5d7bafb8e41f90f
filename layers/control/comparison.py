"""The differences between two control maps: two dates of one source, or two sources of one date."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.lines import distances_km, length_apart_km
from geo.measure import area_km2, length_km
from geo.overlay import Crumbs, drop_crumbs, halve, intersect, merged_lines, subtract
from layers.control_map import ControlMap, Cut
from layers.reference.reference_data import Oblast, ReferenceData
from layers.text.languages import flat

STEP_KM = 0.5
MOVED_KM = 0.1
SMALLEST_KM2 = 0.01
FIGURES = ("held_in_second_only_km2", "held_in_first_only_km2", "contested_first_km2", "contested_second_km2")
CHANGES = {"second only": "came under Russian control", "first only": "came under Ukrainian control"}

Which = Literal["first", "second"]


@dataclass(frozen=True)
class OblastChange:
    """The differences in one oblast, in km²: held in one map only, and contested in each."""

    iso: str
    names: Mapping[str, str]
    held_in_second_only_km2: float
    held_in_first_only_km2: float
    contested_first_km2: float
    contested_second_km2: float


@dataclass(frozen=True)
class LineChange:
    """Two lines of contact, in km: lengths, how much of the second is apart from the first, and how far."""

    length_first_km: float
    length_second_km: float
    moved_km: float
    mean_distance_km: float
    p95_distance_km: float


@dataclass(frozen=True)
class Comparison:
    """Two control maps compared: citations, differences by oblast and along the line, and the areas that differ."""

    first: str
    second: str
    oblasts: tuple[OblastChange, ...]
    line: LineChange
    ground: tuple[Feature, ...]
    dropped: Crumbs

    @property
    def differing(self) -> tuple[OblastChange, ...]:
        """The oblasts in which the maps differ."""
        return tuple(filter(_differs, self.oblasts))

    def total(self, name: str) -> float:
        """Return a figure for all oblasts together, in km²."""
        return float(sum(getattr(change, name) for change in self.oblasts))


@dataclass(frozen=True)
class _Side:
    """One map cut by one oblast: held, contested, and the line of contact without the edges of slivers."""

    held: shapely.MultiPolygon
    contested: shapely.MultiPolygon
    edge: shapely.MultiLineString


def compare(first: ControlMap, second: ControlMap, reference: ReferenceData) -> Comparison:
    """Return what the second map shows differently from the first, by oblast and along the line of contact.

    The level that each map draws is compared: the majority of several maps, or what a single one shows. Parts under
    0.01 km² are left out of the areas and counted. The line is the one that zones have, without parts under 1 km², most
    of which lie along coasts. Distances are measured both ways from places every 0.5 km along each line.

    Parameters
    ----------
    first, second
        The maps, edges filled.
    reference
        Reference data with the oblasts.
    """
    changes, features, dropped = [], [], Crumbs()
    edges: tuple[list[BaseGeometry], list[BaseGeometry]] = ([], [])
    for oblast in reference.oblasts.values():
        one, two = (_cut(control, oblast) for control in (first, second))
        edges[0].append(one.edge)
        edges[1].append(two.edge)
        changes.append(_change(oblast, one, two))
        for feature, crumbs in _changed_ground(oblast, one, two):
            dropped += crumbs
            features += [feature] if not feature.geometry.is_empty else []
    lines = [merged_lines(found) for found in edges]
    return Comparison(
        f"{first.citation}, {first.as_of}",
        f"{second.citation}, {second.as_of}",
        tuple(changes),
        _line_change(*lines),
        tuple(features),
        dropped,
    )


def comparison_figures(found: Comparison) -> dict[str, Any]:
    """Return the figures of a comparison, in km² and km: in total, by oblast that differs, and along the line."""
    return {
        "first": found.first,
        "second": found.second,
        "total": {name: round(found.total(name), 2) for name in FIGURES},
        "oblasts": [asdict(change) for change in found.differing],
        "line": asdict(found.line),
        "left_out_of_ground": asdict(found.dropped),
    }


def changed_ground(found: Comparison, since: str, as_of: str) -> list[Feature]:
    """Return the areas that differ between two dates of one source, each with its change and both dates.

    Parameters
    ----------
    found
        Comparison of the two maps.
    since, as_of
        ISO dates of the first and of the second map.
    """
    when = {"since": since, "as_of": as_of}
    return [
        replace(one, properties={**one.properties, "change": CHANGES[one.properties["held_in"]], **when})
        for one in found.ground
    ]


def contested_ground(control: ControlMap) -> BaseGeometry:
    """Return where maps disagree, or what a single map gives to neither side; empty if it has no such class."""
    if control.drawn == "majority":
        return subtract(control.levels["any"], control.levels["agreed"])
    return control.contested if control.contested is not None else shapely.MultiPolygon()


def _cut(control: ControlMap, oblast: Oblast) -> _Side:
    cut = Cut(halve(oblast.outline, control.levels[control.drawn]))
    contested = halve(oblast.outline, contested_ground(control)).inside
    return _Side(cut.halves.inside, contested, cut.edge)


def _change(oblast: Oblast, one: _Side, two: _Side) -> OblastChange:
    return OblastChange(
        oblast.iso,
        oblast.names,
        round(area_km2(subtract(two.held, one.held)), 2),
        round(area_km2(subtract(one.held, two.held)), 2),
        round(area_km2(one.contested), 2),
        round(area_km2(two.contested), 2),
    )


def _differs(change: OblastChange) -> bool:
    return any((
        change.held_in_second_only_km2, change.held_in_first_only_km2,
        change.contested_first_km2 != change.contested_second_km2,
    ))  # fmt: skip


def _changed_ground(oblast: Oblast, one: _Side, two: _Side) -> Iterator[tuple[Feature, Crumbs]]:
    for which, ground in (("second", subtract(two.held, one.held)), ("first", subtract(one.held, two.held))):
        kept, crumbs = drop_crumbs(intersect(ground, oblast.outline), SMALLEST_KM2)
        properties: dict[str, Any] = {
            "held_in": f"{which} only",
            "oblast": oblast.iso,
            **flat("oblast_name", oblast.names),
            "area_km2": round(area_km2(kept), 2),
        }
        yield Feature(f"{oblast.slug}-{which}", properties, kept), crumbs


def _line_change(first: BaseGeometry, second: BaseGeometry) -> LineChange:
    apart = np.concatenate([distances_km(second, first, STEP_KM), distances_km(first, second, STEP_KM)])
    return LineChange(
        round(length_km(first), 1),
        round(length_km(second), 1),
        round(length_apart_km(second, first, MOVED_KM), 1),
        round(float(apart.mean()), 2) if len(apart) else 0.0,
        round(float(np.percentile(apart, 95)), 2) if len(apart) else 0.0,
    )
