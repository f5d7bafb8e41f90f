"""A zone is the product of a proposal's entry, a derivation and the control map of a day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from geo.errors import GeometryError
from geo.geojson import Feature
from geo.measure import length_km
from geo.overlay import Crumbs
from layers.catalogue.entries import HeldInOblast, HeldInUkraine
from layers.control_map import ControlMap, Split, split
from layers.derivations.parameters import Parameters
from layers.derivations.registry import DERIVATIONS, DayGround, Piece
from layers.errors import ProposalError
from layers.kinds.table import KINDS
from layers.proposal.model import ProposalFile, Text, Zone
from layers.proposal.placeholders import contested_words, filled_with
from layers.reference.inland_water import water_in
from layers.reference.reference_data import Oblast, ReferenceData
from layers.reference.study_data import StudyData
from layers.text.languages import flat
from layers.zone_properties import ZoneProperties


@dataclass(frozen=True)
class Day:
    """A control map with every oblast split at each of its levels.

    What a derivation gives on it is derived once, whichever proposals ask for it.
    """

    control: ControlMap
    splits: Mapping[str, Split]
    _derived: dict[tuple[str, Parameters], list[Piece]] = field(default_factory=dict, compare=False)

    def derive(self, reference: ReferenceData, given: Parameters, level: str | None = None) -> list[Piece]:
        """Return the pieces that a derivation gives on this date, computed once.

        Parameters
        ----------
        reference
            Reference data: oblasts, neighbours, sea, rivers.
        given
            Name and parameters of the derivation.
        level
            Level of the control map; None for the drawn one.

        Raises
        ------
        GeometryError
            If the derivation cannot be computed, such as a band along too long a line.
        """
        key = (level or self.control.drawn, given)
        if key not in self._derived:
            scene = DayGround(reference, key[0], self.splits[key[0]], self.control)
            self._derived[key] = DERIVATIONS[given.function].derive(scene, given)
        return self._derived[key]


@dataclass(frozen=True)
class Dropped:
    """Parts of a zone that were too small to draw, by oblast (``None``: not known by oblast)."""

    zone: str
    oblast: str | None
    crumbs: Crumbs


@dataclass(frozen=True)
class Derived:
    """The zones of a proposal on one day, what was dropped from them, and the control map behind them."""

    features: tuple[Feature, ...]
    dropped: tuple[Dropped, ...]
    control_id: str
    control_sha256: str


@dataclass(frozen=True)
class ZoneGround:
    """The territory of a zone at one level of a control map: the zone's id, its entry, and the piece."""

    id: str
    zone: Zone
    piece: Piece


def split_day(study: StudyData, as_of: str) -> Day:
    """Split every oblast by each level of the control map of a date.

    Parameters
    ----------
    study
        Reference data and control maps.
    as_of
        ISO date of a control map of ``study``.
    """
    control = study.control[as_of]
    outlines = {iso: oblast.outline for iso, oblast in study.reference.oblasts.items()}
    return Day(control, {level: split(ground_held, outlines) for level, ground_held in control.levels.items()})


def derive_zones(study: StudyData, proposal: ProposalFile, day: Day, data_version: str) -> Derived:
    """Return all zones of a proposal on a date as features with the properties of the codebook.

    The order is that of the proposal's file. A zone without territory on that date is left out.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposal
        The proposal, loaded from its file and checked.
    day
        The control map of the date, split by oblast.
    data_version
        Version of the data, written into each zone.

    Returns
    -------
    The zones, what was dropped from them, and the control map's id and hash.

    Raises
    ------
    ProposalError
        If two entries give the same zone.
    """
    features: list[Feature] = []
    dropped: list[Dropped] = []
    for zone in proposal.zones:
        for piece, areas in _pieces(study.reference, day, zone):
            zone_id = _filled(zone.id, study.reference, piece, "slug")
            if not piece.geometry.is_empty:
                properties = _properties(study, proposal, day, zone, zone_id, piece, areas)
                properties["data_version"] = data_version
                properties["licence"] = study.licence
                features.append(Feature(zone_id, properties, piece.geometry))
            dropped += _dropped(zone_id, piece)
    _check_ids(proposal.id, features)
    return Derived(tuple(features), tuple(dropped), study.control.source.id, day.control.sha256)


def properties_of(zone: Feature) -> ZoneProperties:
    """Return the properties of a derived zone."""
    return cast(ZoneProperties, zone.properties)


def grounds_at(reference: ReferenceData, proposal: ProposalFile, day: Day, level: str) -> Iterator[ZoneGround]:
    """Yield the zones that have an area at a level of the control map, with the territory that they have there.

    Parameters
    ----------
    reference
        Reference data with the oblasts.
    proposal
        The proposal, loaded from its file and checked.
    day
        The control map of the date, split by oblast.
    level
        Level of the control map. A zone that does not depend on levels is the same at each.

    Raises
    ------
    ProposalError
        If a zone cannot be derived.
    """
    for zone in proposal.zones:
        if KINDS[zone.kind].has_area and not KINDS[zone.kind].is_contested:
            derivation = DERIVATIONS[str(zone.derivation["function"])]
            given = derivation.parameters.model_validate(zone.derivation)
            at = level if derivation.has_levels else day.control.drawn
            for piece in _derive(zone, given, reference, day, at):
                if not piece.geometry.is_empty:
                    yield ZoneGround(_filled(zone.id, reference, piece, "slug"), zone, piece)


def _check_ids(proposal_id: str, features: list[Feature]) -> None:
    for zone_id, count in Counter(feature.id for feature in features).items():
        if count > 1:
            raise ProposalError(f"{proposal_id}: zones.{zone_id}: {count} entries give this zone; leave one")


def held_ground(reference: ReferenceData, day: Day) -> HeldInUkraine:
    """Return all Russian-held territory in Ukraine on a date with its low and high, in km², slivers included.

    A single map has no low and high.

    Parameters
    ----------
    reference
        Reference data with the oblasts.
    day
        The control map of the date, split by oblast.
    """
    area, held = _held_in(day, reference.oblasts)
    share_pct = round(100 * area / reference.ukraine_km2, 2)
    return HeldInUkraine(held.area_km2, held.area_low_km2, held.area_high_km2, share_pct)


def held_by_oblast(reference: ReferenceData, day: Day) -> dict[str, HeldInOblast]:
    """Return Russian-held territory by ISO 3166-2 code, for every oblast that has any, as ``held_ground`` does.

    Parameters
    ----------
    reference
        Reference data with the oblasts.
    day
        The control map of the date, split by oblast.
    """
    by_oblast = {iso: _held_in(day, [iso])[1] for iso in reference.oblasts}
    return {iso: held for iso, held in by_oblast.items() if held.area_km2 > 0 or (held.area_high_km2 or 0) > 0}


def _held_in(day: Day, codes: Iterable[str]) -> tuple[float, HeldInOblast]:
    """The exact area at the drawn level, and area, low and high to one decimal, in km²."""
    listed = list(codes)
    by_level = {
        level: sum(side.area_km2 + side.crumbs.area_km2 for side in (parts[iso].held for iso in listed))
        for level, parts in day.splits.items()
    }
    area = by_level[day.control.drawn]
    ends = list(by_level.values()) if len(by_level) > 1 else []
    low, high = (_rounded(end(ends, default=None), 1) for end in (min, max))
    return area, HeldInOblast(round(area, 1), low, high)


def _pieces(reference: ReferenceData, day: Day, zone: Zone) -> Iterator[tuple[Piece, list[float]]]:
    """Each piece at the drawn level, with its areas at all levels; none where one map or no control bears on it."""
    derivation, drawn = DERIVATIONS[str(zone.derivation["function"])], day.control.drawn
    levels = tuple(day.control.levels) if derivation.has_levels else (drawn,)
    given = derivation.parameters.model_validate(zone.derivation)
    pieces = {level: _derive(zone, given, reference, day, level) for level in levels}
    for piece in pieces[drawn]:
        areas = [_area_in(pieces[level], piece.oblast) for level in levels] if len(levels) > 1 else []
        yield piece, areas


def _derive(zone: Zone, given: Parameters, reference: ReferenceData, day: Day, level: str) -> list[Piece]:
    try:
        return day.derive(reference, given, level)
    except GeometryError as error:
        raise ProposalError(f"zones.{zone.id}: {error}") from error


def _area_in(pieces: list[Piece], oblast: str | None) -> float:
    return sum((piece.area_km2 for piece in pieces if piece.oblast == oblast), 0.0)


def _dropped(zone_id: str, piece: Piece) -> list[Dropped]:
    return [
        Dropped(zone_id, oblast or None, crumbs) for oblast, crumbs in (piece.dropped or {}).items() if crumbs.parts
    ]


def _filled(template: str, reference: ReferenceData, piece: Piece, value: str) -> str:
    """A template with ``{oblast}`` replaced by the oblast's slug or by its name in a language."""
    if "{oblast}" not in template or piece.oblast is None:
        return template
    oblast = reference.oblasts[piece.oblast]
    return template.replace("{oblast}", oblast.slug if value == "slug" else oblast.names[value])


def _properties(
    study: StudyData, proposal: ProposalFile, day: Day, zone: Zone, zone_id: str, piece: Piece,
    areas: list[float],
) -> dict[str, Any]:  # fmt: skip
    oblast = study.reference.oblasts.get(piece.oblast or "")
    recognition = zone.recognition
    return {
        "id": zone_id,
        # QGIS names features by the first field with "name" in it
        **flat("name", _told("name", zone, study, day, piece)),
        "proposal": proposal.id,
        **flat("title", proposal.title.by_language()),
        "clause": zone.clause,
        "also_clauses": ",".join(zone.also_clauses) or None,
        "kind": zone.kind,
        "partition": zone.partition,
        "status": "proposal",
        "requested_as_of": day.control.as_of,
        "as_of": day.control.as_of,
        "oblast": piece.oblast,
        **flat("oblast_name", oblast.names if oblast else dict.fromkeys(study.reference.languages.tags)),
        "held_by": zone.held_by,
        "legal_status": _legal_status(zone, piece),
        "recognition_mode": recognition.mode if recognition else None,
        "recognition_by": ",".join(recognition.by) if recognition else None,
        **_measures(study.reference, zone, piece, oblast, areas),
        **flat("says", _told("says", zone, study, day, piece)),
        **flat("open", _told("open", zone, study, day, piece)),
        "control_source": f"{day.control.citation}, {day.control.as_of}",
        "control_sha256": day.control.sha256,
        "boundary_source": study.reference.outlines,
    }


def _legal_status(zone: Zone, piece: Piece) -> str | None:
    """Ukraine for all territory inside its internationally recognised border, None for what lies outside."""
    kind = KINDS[zone.kind]
    outside = kind.abroad or (kind.shape == "place" and piece.oblast is None)
    return None if outside else "ukraine"


def _named(text: Text, reference: ReferenceData, piece: Piece) -> dict[str, str]:
    return {language: _filled(words, reference, piece, language) for language, words in text.by_language().items()}


def _told(
    part: Literal["name", "says", "open"], zone: Zone, study: StudyData, day: Day, piece: Piece
) -> dict[str, str]:
    """What is said of a zone, with the blanks of the oblast and of the control maps filled."""
    words: Mapping[str, str] = _named(getattr(zone, part), study.reference, piece)
    if KINDS[zone.kind].is_contested:
        words = contested_words(part, words, day.control, study.reference.languages)
    return filled_with(words, study.control.source, study.reference.languages)


def _measures(
    reference: ReferenceData, zone: Zone, piece: Piece, oblast: Oblast | None, areas: list[float]
) -> dict[str, float | None]:
    kind = KINDS[zone.kind]
    area = piece.area_km2 if kind.has_area else None
    length = length_km(piece.geometry) if kind.shape == "line" else None
    return {
        "area_km2": _rounded(area, 1),
        "area_low_km2": _rounded(min(areas, default=None), 1),
        "area_high_km2": _rounded(max(areas, default=None), 1),
        **_water(reference, piece, area),
        "share_of_oblast_pct": _share(area, oblast.area_km2 if oblast else None),
        "share_of_ukraine_pct": _share(area, reference.ukraine_km2),
        "share_of_oblast_official_pct": _share(area, oblast.official_km2 if oblast else None),
        "length_km": _rounded(length, 1),
    }


def _water(reference: ReferenceData, piece: Piece, area: float | None) -> dict[str, float | None]:
    """The inland water in a zone that has an area, and the beds of drained reservoirs, which are land now."""
    if area is None:
        return {"inland_water_km2": None, "drained_bed_km2": None}
    water = water_in(piece.geometry, reference.water)
    return {"inland_water_km2": round(water.standing_km2, 1), "drained_bed_km2": round(water.drained_km2, 1)}


def _share(area: float | None, whole: float | None) -> float | None:
    return None if area is None or whole is None else round(100 * area / whole, 2)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
