"""A comparison as rows: of pieces, of clauses and of kinds, for tables, files and pages."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import shapely

from geo.geojson import Feature, canonical, feature_collection
from layers.build.edition import DerivedEdition
from layers.comparing.comparison import ComparedPiece, EditionComparison, Measured, sum_levels
from layers.comparing.treatment import Treatment
from layers.files import cell, json_bytes
from layers.kinds.outcomes import OPEN, OUTCOMES
from layers.kinds.table import LEFT_ALONE
from layers.places.registered import SOURCE
from layers.text.languages import flat

LARGEST_PLACES = 5
Row = dict[str, Any]


def comparison_document(found: EditionComparison) -> Row:
    """Return all figures of a comparison, without geometry.

    ``differs`` is the territory that the sides treat otherwise, with its towns and people; ``moved`` the part of it
    that the control maps show under different control, ``unmoved`` the rest. ``outcomes`` has a row for what would
    become of territory, ``clauses`` one for each pair of treatments, ``kinds`` one for each kind of zone with the area
    on either side and the difference, ``pieces`` one for each piece. Areas are in km², rounded to 0.1; low and high
    are None where they do not differ.
    """
    return {
        "name": name_of(found),
        "left": _side(found.left),
        "right": _side(found.right),
        "differs": {**measures_of(found.sum_of(_differs)), **_people(found, found.differing)},
        "moved": measures_of(found.sum_of(lambda piece: int(piece.differs and piece.changed_hands))),
        "unmoved": measures_of(found.sum_of(lambda piece: int(piece.differs and not piece.changed_hands))),
        "outcomes": outcome_rows(found),
        "clauses": clause_rows(found),
        "kinds": kind_rows(found),
        "pieces": [feature.properties for feature in piece_features(found)],
        "people_source": SOURCE,
    }


def comparison_json(found: EditionComparison) -> bytes:
    """Return all figures of a comparison as JSON bytes."""
    return json_bytes(comparison_document(found))


def comparison_geojson(found: EditionComparison) -> bytes:
    """Return the pieces of a comparison as GeoJSON bytes, each with its treatment on either side.

    The member ``differing`` is the territory that differs as one geometry.
    """
    sides = {"left": _side(found.left), "right": _side(found.right)}
    described = "How two editions treat each piece of territory; proposals, not in force."
    members = {"name": name_of(found), "description": described, **sides, "people_source": SOURCE}
    members["differing"] = json.loads(shapely.to_geojson(canonical(found.differing_territory)))
    return feature_collection(piece_features(found), members)


def comparison_csv(found: EditionComparison) -> bytes:
    """Return the pieces of a comparison as CSV bytes, one a row, with both editions in each."""
    sides = {f"{which}_{name}": value for which in ("left", "right") for name, value in _short(found, which).items()}
    rows = [{**feature.properties, **sides} for feature in piece_features(found)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0] if rows else sides)
    writer.writerows(map(cell, row.values()) for row in rows)
    return text.getvalue().encode()


def name_of(found: EditionComparison) -> str:
    """Return the name of a comparison, and of its files without ending."""
    return "_".join(["comparison", *(f"{side.proposal_id}_{side.as_of}" for side in (found.left, found.right))])


def numbered_pieces(found: EditionComparison) -> Iterator[tuple[str, ComparedPiece]]:
    """Yield the drawn pieces with their ids, in the order of the oblasts, differences first in each."""
    oblasts, numbers = found.left.setting.reference.oblasts, dict[str, int]()
    for piece in found.drawn:
        numbers[piece.oblast] = numbers.get(piece.oblast, 0) + 1
        yield f"{oblasts[piece.oblast].slug}-{numbers[piece.oblast]}", piece


def piece_features(found: EditionComparison) -> list[Feature]:
    """Return the pieces of a comparison as features, in the order of ``numbered_pieces``."""
    features = []
    for piece_id, piece in numbered_pieces(found):
        oblast = found.left.setting.reference.oblasts[piece.oblast]
        about = {"id": piece_id, "oblast": oblast.iso, **flat("oblast_name", oblast.names), "differs": piece.differs}
        treated = {**_treated("left", piece.left), **_treated("right", piece.right)}
        figures = {**measures_of(piece.measured), **_people(found, [piece])}
        features.append(Feature(piece_id, {**about, **treated, **figures}, piece.geometry))
    return features


def clause_rows(found: EditionComparison) -> list[Row]:
    """Return a row for each pair of treatments, whatever the oblast: differences first, largest first."""
    grouped: dict[tuple[object, ...], list[ComparedPiece]] = {}
    for piece in found.pieces:
        key = piece.left.clause, piece.left.keys, piece.right.clause, piece.right.keys
        grouped.setdefault(key, []).append(piece)
    there = (pieces for pieces in grouped.values() if any(not piece.geometry.is_empty for piece in pieces))
    rows = [_clause_row(found, pieces) for pieces in there]
    return sorted(rows, key=lambda row: (not row["differs"], -row["area_km2"]))


def kind_rows(found: EditionComparison) -> list[Row]:
    """Return a row for each kind of zone, or variant of it: the area on either side, and the right less the left."""
    keys = dict.fromkeys(key for piece in found.pieces for key in (*piece.left.names, *piece.right.names))
    return [{"kind": key, **_sides_of(found, partial(_is_named, key))} for key in keys if key != LEFT_ALONE]


def outcome_rows(found: EditionComparison) -> list[Row]:
    """Return a row for each key of ``OUTCOMES`` and ``OPEN``: the area on either side, and the right less the left."""
    return [_outcome_row(found, key) for key in (*OUTCOMES, *OPEN)]


def _outcome_row(found: EditionComparison, key: str) -> Row:
    """``difference_moved`` is the part of the difference on territory that the maps show under different control."""
    comes_to = partial(_comes_to, key)
    moved = found.sum_of(lambda piece: piece.changed_hands * (comes_to(piece.right) - comes_to(piece.left)))
    return {"outcome": key, **_sides_of(found, comes_to), **measures_of(moved, "difference_moved_")}


def _is_named(key: str, treatment: Treatment) -> bool:
    return key in treatment.names


def _comes_to(key: str, treatment: Treatment) -> bool:
    return key in treatment.outcomes


def _sides_of(found: EditionComparison, belongs: Callable[[Treatment], bool]) -> Row:
    """The area that belongs to something on either side, and the difference with its towns and people."""
    left = found.sum_of(lambda piece: int(belongs(piece.left)))
    right = found.sum_of(lambda piece: int(belongs(piece.right)))
    difference = found.sum_of(lambda piece: belongs(piece.right) - belongs(piece.left))
    moved = [piece for piece in found.drawn if belongs(piece.left) != belongs(piece.right)]
    measures = {**measures_of(left, "left_"), **measures_of(right, "right_"), **measures_of(difference, "difference_")}
    return {**measures, **_people(found, moved)}


def _clause_row(found: EditionComparison, pieces: Sequence[ComparedPiece]) -> Row:
    first, drawn = pieces[0], [piece for piece in pieces if not piece.geometry.is_empty]
    oblasts = list(dict.fromkeys(piece.oblast for piece in drawn))
    treated = {**_treated("left", first.left, zones=False), **_treated("right", first.right, zones=False)}
    measures = measures_of(sum_levels(pieces))
    return {"differs": first.differs, **treated, "oblasts": oblasts, **measures, **_people(found, drawn)}


def _treated(which: str, treatment: Treatment, *, zones: bool = True) -> Row:
    about = {"clause": treatment.clause, "kind": "+".join(treatment.names), "status": treatment.status}
    named = {"zones": ",".join(zone.id for zone in treatment.zones) or None} if zones else {}
    return {f"{which}_{name}": value for name, value in (named | about).items()}


def measures_of(measured: Measured, before: str = "") -> Row:
    """Return an area as the members of a row, rounded to 0.1 km².

    Parameters
    ----------
    measured
        The area with its low and high.
    before
        What the names of the members begin with.
    """
    values = {"area_km2": measured.area_km2, "area_low_km2": measured.low_km2, "area_high_km2": measured.high_km2}
    return {f"{before}{name}": None if value is None else round(value, 1) for name, value in values.items()}


def _people(found: EditionComparison, pieces: Iterable[ComparedPiece]) -> Row:
    """The number of towns and villages, the largest that have a name in a language, and the people before the war."""
    counted = [piece.people for piece in pieces]
    places = sorted((place for people in counted for place in people.places), key=lambda place: -place.population)
    named = {}
    for tag in found.left.languages.tags:
        known = [place.names[tag] for place in places if tag in place.own]
        named[tag] = ", ".join(known[:LARGEST_PLACES])
    people = sum(people.registered_before_war for people in counted)
    return {"places": len(places), **flat("largest_places", named), "people_before_war": people}


def _differs(piece: ComparedPiece) -> int:
    return int(piece.differs)


def _short(found: EditionComparison, which: str) -> Mapping[str, Any]:
    side = _side(getattr(found, which))
    return {name: side[name] for name in ("proposal", "as_of", "control_source")}


def _side(edition: DerivedEdition) -> Row:
    return {
        "proposal": edition.proposal_id,
        **flat("title", edition.proposal.short_title.by_language()),
        "requested_as_of": edition.requested_as_of,
        "as_of": edition.as_of,
        "control_source": edition.control_source,
    }
