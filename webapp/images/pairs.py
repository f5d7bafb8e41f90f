"""The editions that one image shows side by side, and its title. Imports nothing heavy, for web workers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.kinds.table import kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.errors import OptionError
from webapp.images.options.options import EXTENTS, Options
from webapp.text.control_maps import control_title
from webapp.text.interface import date_text, property_text, read_area, short_text, text
from webapp.text.totals import LEAST_CHANGE_KM2, total, total_of_both_sides

IN_SERIES = 6
_UNTREATED = {"russia": "held", "ukraine": "unheld"}  # kinds of zones that stay as they are
CONTROL = "control:"  # what the name of another control map follows
WRITTEN = ("DATE", "PROPOSAL", "PROPOSAL@DATE", f"{CONTROL}NAME")


@dataclass(frozen=True)
class PairSide:
    """One side of a pair: a proposal on a control map's date."""

    catalogue: Catalogue
    proposal: Proposal
    edition: Edition


def control_beside(options: Options) -> str:
    """The name of the other control map that a pair shows; empty where it shows another date or proposal."""
    paired = options.template == "pair" and options.beside.startswith(CONTROL)
    return options.beside.removeprefix(CONTROL).strip() if paired else ""


def with_control_beside(catalogue: Catalogue, options: Options, known: Mapping[str, Catalogue]) -> Catalogue:
    """Return the catalogue with the other control map that a pair shows, if it shows one.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    options
        Options of the image.
    known
        Catalogues that may be shown beside it, by the id of the control map.

    Raises
    ------
    OptionError
        If the control map is not known.
    """
    name = control_beside(options)
    if not name:
        return catalogue
    if name not in known:
        raise OptionError("beside", options.beside, tuple(f"{CONTROL}{one}" for one in known))
    return replace(catalogue, others={name: known[name]})


def side_beside(own: PairSide, words: str) -> PairSide:
    """Return what stands beside an edition in a pair.

    Parameters
    ----------
    own
        The edition of the image.
    words
        Value of the option: an ISO date of the same proposal, another proposal, ``PROPOSAL@DATE``, or another control
        map of the same date as ``control:NAME``. Empty is the newest control map, and beside that the first.

    Raises
    ------
    OptionError
        If it is none of these.
    DateError
        If there is no control map for the date.
    """
    catalogue, proposal, edition = own.catalogue, own.proposal, own.edition
    if words.startswith(CONTROL):
        return _other_control(own, words.removeprefix(CONTROL).strip())
    if not words:
        days = proposal.control_dates
        return PairSide(
            catalogue, proposal, find_edition(proposal, days[-1] if edition.as_of != days[-1] else days[0])[1]
        )
    name, _, day = words.partition("@")
    if name in catalogue.proposals:
        other = catalogue.proposals[name]
        return PairSide(catalogue, other, find_edition(other, day or None)[1])
    if day or not (name[:1].isdigit() or name == "latest"):
        raise OptionError("beside", words, (*WRITTEN, *catalogue.proposals))
    return PairSide(catalogue, proposal, find_edition(proposal, name)[1])


def _other_control(own: PairSide, name: str) -> PairSide:
    """The same proposal on another control map, the last one on or before the same date."""
    if name not in own.catalogue.others:
        raise OptionError("beside", f"{CONTROL}{name}", (*WRITTEN, *own.catalogue.proposals))
    catalogue = own.catalogue.others[name].holding(own.proposal.id)
    proposal = catalogue.proposal(own.proposal.id)
    return PairSide(catalogue, proposal, find_edition(proposal, own.edition.as_of)[1])


def sources_of(catalogue: Catalogue, options: Options) -> tuple[Catalogue, ...]:
    """Return the catalogues behind an image; its credit names their makers.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    options
        Options of the image.

    Returns
    -------
    One catalogue, or two for a pair of control maps.
    """
    other = catalogue.others.get(control_beside(options))
    return (catalogue, other) if other else (catalogue,)


def series_days(proposal: Proposal) -> tuple[str, ...]:
    """Return control dates at about equal distances, the first and the last included, as ISO dates."""
    days = proposal.control_dates
    count = min(IN_SERIES, len(days))
    steps = max(count - 1, 1)
    return tuple(days[round(index * (len(days) - 1) / steps)] for index in range(count))


def main_zone(zones: Sequence[ZoneProperties]) -> ZoneProperties:
    """The zone that a proposal is most about: the largest that Ukraine holds and a clause treats, else the largest."""
    areas = [zone for zone in zones if zone["partition"] and zone["area_km2"]]
    treated = [zone for zone in areas if zone["clause"] and not kind_of(zone).remainder]
    given = [zone for zone in treated if zone["held_by"] == "ukraine"]
    return max(given or treated or areas, key=lambda zone: zone["area_km2"] or 0.0)


def template_title(own: PairSide, options: Options, chosen: Collection[str]) -> str:
    """Return the title of an image of several dates, proposals or control maps; empty for one of a single edition.

    Parameters
    ----------
    own
        The edition of the image.
    options
        Options of the image.
    chosen
        Ids of the zones that are shown in full.

    Raises
    ------
    OptionError, DateError
        As ``side_beside`` does.
    """
    lang, named = own.catalogue.languages[options.lang], chosen if options.zones or options.clauses else ()
    if options.template == "series":
        days = series_days(own.proposal)
        what = _zones_named(lang, own.catalogue.areas(own.edition), named)
        return text(lang, "images.series", what=what, first=date_text(lang, days[0]), last=date_text(lang, days[-1]))
    if options.template != "pair":
        return ""
    other = side_beside(own, options.beside)
    if control_beside(options):
        return _of_controls(lang, own, other, named)
    if other.proposal.id != own.proposal.id:
        return _of_proposals(lang, own, other, named)
    first, last = sorted((own, other), key=lambda one: one.edition.as_of)
    if options.extent not in EXTENTS and not named:  # what changed in all of Ukraine says nothing of a part of it
        two = {"left": date_text(lang, first.edition.as_of), "right": date_text(lang, last.edition.as_of)}
        return text(lang, "images.pair_days", what=own.proposal.texts["short_title"][lang.tag], **two)
    return _of_days(lang, first, last, named)


def _of_days(lang: Language, first: PairSide, last: PairSide, named: Collection[str]) -> str:
    """What changed from one date to another: the zones that are chosen, else what Russia holds."""
    areas = [_area(one, named) for one in (first, last)]
    change = areas[1] - areas[0]
    dates = {"first": date_text(lang, first.edition.as_of), "last": date_text(lang, last.edition.as_of)}
    key = f"images.{'zones' if named else 'held'}_{_direction(change, least=0.0 if named else LEAST_CHANGE_KM2)}"
    what = _zones_named(lang, _zones(first, last), named)
    return text(lang, key, **dates, what=what, n=read_area(lang, abs(change)).area)


def _area(side: PairSide, named: Collection[str]) -> float:
    if not named:
        return side.edition.held.area_km2
    return total(divided(side.catalogue.areas(side.edition), named)).area_km2


def _of_controls(lang: Language, own: PairSide, other: PairSide, named: Collection[str]) -> str:
    """By how much two control maps differ: in the zones that are chosen, else in what they show as Russian-held."""
    less, more = sorted((own, other), key=lambda one: _area(one, named))
    change = _area(more, named) - _area(less, named)
    names = {"more": control_title(lang, more.catalogue), "less": control_title(lang, less.catalogue)}
    key = "images.controls_zones" if named else "images.controls_differ"
    key = "images.controls_same" if _direction(change) == "same" else key
    what, day = _zones_named(lang, _zones(own, other), named), date_text(lang, own.edition.as_of)
    return text(lang, key, **names, what=what, date=day, n=read_area(lang, change).area)


def _of_proposals(lang: Language, own: PairSide, other: PairSide, named: Collection[str]) -> str:
    """The territory of which two proposals say different things, of the zones that are chosen, if any are."""
    titles = [one.proposal.texts["short_title"][lang.tag] for one in (own, other)]
    differing = [*_not_in(own, other), *(zone for zone in _not_in(other, own) if not _is_in(zone, own))]
    found = total_of_both_sides(zone for zone in differing if not named or zone["id"] in named)
    if not found.area_km2:
        key, what = "images.drafts_zones_same" if named else "images.drafts_same", _zones(own, other)
        return text(lang, key, what=_zones_named(lang, what, named), left=titles[0], right=titles[1])
    area = short_text(lang, found.area_km2, found.low_km2, found.high_km2)
    return text(lang, "images.drafts_differ", left=titles[0], right=titles[1], area=area)


def _not_in(side: PairSide, other: PairSide) -> list[ZoneProperties]:
    """The zones of which the other proposal says something else, or nothing where this one has a clause."""
    others = {(zone["oblast"], zone["held_by"]): zone["kind"] for zone in _dividing(other)}
    return [
        zone
        for zone in _dividing(side)
        if others.get((zone["oblast"], zone["held_by"]), _UNTREATED.get(zone["held_by"] or "")) != zone["kind"]
    ]


def _is_in(zone: ZoneProperties, side: PairSide) -> bool:
    return any((one["oblast"], one["held_by"]) == (zone["oblast"], zone["held_by"]) for one in _dividing(side))


def _dividing(side: PairSide) -> list[ZoneProperties]:
    return [zone for zone in side.catalogue.areas(side.edition) if zone["partition"] and zone["area_km2"]]


def _zones(*sides: PairSide) -> list[ZoneProperties]:
    return [zone for side in sides for zone in side.catalogue.areas(side.edition)]


def _direction(change_km2: float, least: float = 0.0) -> str:
    if abs(change_km2) <= max(least, 0.5):
        return "same"
    return "more" if change_km2 > 0 else "less"


def divided(zones: Sequence[ZoneProperties], chosen: Collection[str]) -> list[ZoneProperties]:
    """Return the chosen zones that divide the territory.

    Parameters
    ----------
    zones
        Properties of the edition's zones.
    chosen
        Ids of the zones that are chosen.
    """
    return [zone for zone in zones if zone["id"] in chosen and zone["partition"]]


def _zones_named(lang: Language, zones: Sequence[ZoneProperties], chosen: Collection[str]) -> str:
    """The zones that are chosen by their names, or the main one."""
    named = divided(zones, chosen) or [main_zone(zones)]
    return text(lang, "format.list").join(dict.fromkeys(property_text(lang, zone, "name") for zone in named))
