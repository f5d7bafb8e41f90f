"""The editions that one image shows. Imports nothing heavy, for web workers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.kinds.outcomes import OUTCOMES
from layers.kinds.table import kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.errors import OptionError
from webapp.images.options.options import Options
from webapp.text.control_maps import control_title
from webapp.text.headlines import headline_of
from webapp.text.interface import date_text, text
from webapp.text.outcomes import outcome_lines
from webapp.text.totals import Total, total

IN_SERIES = 6
TWO_SIDED = ("pair", "difference")  # templates that compare an edition with what is beside it
CONTROL = "control:"  # what the name of another control map follows
WRITTEN = ("DATE", "PROPOSAL", "PROPOSAL@DATE", f"{CONTROL}NAME")


@dataclass(frozen=True)
class PairSide:
    """One side of a pair: a proposal on a control map's date."""

    catalogue: Catalogue
    proposal: Proposal
    edition: Edition

    @property
    def asked(self) -> str:
        """The date that a comparison of it asks for."""
        return self.edition.as_of


def control_beside(options: Options) -> str:
    """The name of the other control map that a pair shows; empty where it shows another date or proposal."""
    paired = options.template in TWO_SIDED and options.beside.startswith(CONTROL)
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
    """The zone that a proposal is most about: the largest that Ukraine holds and a clause treats.

    Else the one where control maps differ most, since the front is there.
    """
    areas = [zone for zone in zones if zone["partition"] and zone["area_km2"]]
    treated = [zone for zone in areas if zone["clause"] and not kind_of(zone).remainder]
    treated = treated or [zone for zone in zones if any(belongs(zone) for belongs in OUTCOMES.values())]
    given = [zone for zone in treated if zone["held_by"] == "ukraine"]
    if given:
        return max(given, key=lambda zone: zone["area_km2"] or 0.0)
    return max(treated or areas, key=lambda zone: (_spread_km2(zone), zone["area_km2"] or 0.0))


def _spread_km2(zone: ZoneProperties) -> float:
    return (zone["area_high_km2"] or 0.0) - (zone["area_low_km2"] or 0.0)


def in_turn(own: PairSide, other: PairSide) -> tuple[PairSide, PairSide]:
    """Return two sides in the order in which they are shown: of two dates of one proposal the earlier one first.

    Parameters
    ----------
    own
        The edition of the image.
    other
        What stands beside it.
    """
    return (other, own) if are_dates(own, other) and other.edition.as_of < own.edition.as_of else (own, other)


def are_dates(left: PairSide, right: PairSide) -> bool:
    """Return whether two sides are one proposal on two dates of one control map.

    Parameters
    ----------
    left, right
        The sides.
    """
    return left.proposal.id == right.proposal.id and left.catalogue.control.id == right.catalogue.control.id


def side_names(lang: Language, left: PairSide, right: PairSide) -> tuple[str, str]:
    """Return what tells two sides apart: their proposals, else their dates, else their control maps, too.

    Parameters
    ----------
    lang
        Language of the text.
    left, right
        The sides.
    """
    controls = left.catalogue.control.id != right.catalogue.control.id
    dates = controls or left.proposal.id == right.proposal.id
    first, second = (_side_name(lang, one, dates=dates, controls=controls) for one in (left, right))
    return first, second


def told_apart(lang: Language, side: PairSide, other: PairSide) -> str:
    """Return what one side of a pair is called: its date, after what else it has that the other has not.

    That is its control map, or its proposal and who put that forward.

    Parameters
    ----------
    lang
        Language of the text.
    side, other
        The sides.
    """
    day = date_text(lang, side.edition.as_of)
    if side.catalogue.control.id != other.catalogue.control.id:
        return text(lang, "images.on_day", what=control_title(lang, side.catalogue), date=day)
    if side.proposal.id != other.proposal.id:
        return text(lang, "images.on_day", what=authored(lang, side.proposal), date=day)
    return day


def would_lines(lang: Language, side: PairSide, chosen: Collection[str] = ()) -> tuple[str, ...]:
    """Return what one side of a pair would do, the most important line first, in the same terms as the other side.

    Parameters
    ----------
    lang
        Language of the text.
    side
        The side.
    chosen
        Ids of the zones that are chosen on either side; empty for all.
    """
    zones = side.catalogue.areas(side.edition)
    some = {zone["id"] for zone in zones}.intersection(chosen)
    lines = () if some else outcome_lines(lang, zones)
    return lines or (headline_of(lang, side.proposal, zones, some or None).short,)


def authored(lang: Language, proposal: Proposal) -> str:
    """Return the name of a proposal and who put it forward, such as "28-point draft, United States".

    Parameters
    ----------
    lang
        Language of the text.
    proposal
        A proposal of the catalogue.
    """
    texts = proposal.texts
    return text(lang, "images.draft_by", draft=texts["short_title"][lang.tag], by=texts["put_forward_by"][lang.tag])


def _side_name(lang: Language, side: PairSide, *, dates: bool, controls: bool) -> str:
    name = side.proposal.texts["short_title"][lang.tag]
    if dates:
        name = text(lang, "images.on_day", what=name, date=date_text(lang, side.edition.as_of))
    return text(lang, "images.on_day", what=name, date=control_title(lang, side.catalogue)) if controls else name


@dataclass(frozen=True)
class SeriesDay:
    """A day of a series: an ISO date and the area of what is shown, None where there is none."""

    date: str
    size: Total | None


def series_of(own: PairSide, chosen: Collection[str] = ()) -> tuple[SeriesDay, ...]:
    """Return the days of a series with the area of what it shows.

    Parameters
    ----------
    own
        The edition of the image.
    chosen
        Ids of the zones that are chosen; empty for the main one.
    """
    ids = chosen or {main_zone(own.catalogue.areas(own.edition))["id"]}
    days = series_days(own.proposal)
    found = [measured(own.catalogue.areas(find_edition(own.proposal, day)[1]), ids) for day in days]
    return tuple(SeriesDay(day, total(zones) if zones else None) for day, zones in zip(days, found, strict=True))


def measured(zones: Sequence[ZoneProperties], chosen: Collection[str]) -> list[ZoneProperties]:
    """Return the zones whose areas add up to what is chosen: those that divide the territory, else the largest.

    Parameters
    ----------
    zones
        Properties of the edition's zones.
    chosen
        Ids of the zones that are chosen.
    """
    over = [zone for zone in zones if zone["id"] in chosen and zone["area_km2"] and not kind_of(zone).on_every_map]
    largest = sorted(over, key=lambda zone: zone["area_km2"] or 0.0)[-1:]
    return [zone for zone in divided(zones, chosen) if zone["area_km2"]] or largest


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
