"""Which editions one image shows beside each other, and what it is called; light enough for web workers."""

from collections.abc import Collection, Sequence

from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.kinds.table import kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.errors import OptionError
from webapp.images.options.options import Options
from webapp.text.interface import date_text, property_text, text

IN_SERIES = 6
WRITTEN = ("DATE", "PROPOSAL", "PROPOSAL@DATE")


def edition_beside(catalogue: Catalogue, proposal: Proposal, edition: Edition, words: str) -> tuple[Proposal, Edition]:
    """What stands beside an edition in a pair.

    Parameters
    ----------
    catalogue
        The catalogue.
    proposal, edition
        The other side.
    words
        A date of the same proposal, another proposal, or ``PROPOSAL@DATE``. Empty is the newest control map, and
        beside that the first.

    Raises
    ------
    OptionError
        If it is none of these.
    DateError
        If there is no control map for the date.
    """
    if not words:
        days = proposal.control_dates
        return proposal, find_edition(proposal, days[-1] if edition.as_of != days[-1] else days[0])[1]
    name, _, day = words.partition("@")
    if name in catalogue.proposals:
        other = catalogue.proposals[name]
        return other, find_edition(other, day or None)[1]
    if day or not (name[:1].isdigit() or name == "latest"):
        raise OptionError("beside", words, (*WRITTEN, *catalogue.proposals))
    return proposal, find_edition(proposal, name)[1]


def series_days(proposal: Proposal) -> tuple[str, ...]:
    """Days at like distances among those of the control maps, the first and the last with them, as ISO dates."""
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


def template_title(
    catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options, chosen: Collection[str]
) -> str:
    """What an image of several days or proposals is called; empty for one of a single edition.

    Raises OptionError, DateError, as ``edition_beside`` does.
    """
    lang = catalogue.languages[options.lang]
    if options.template == "series":
        days = series_days(proposal)
        what = _zones_named(lang, catalogue.areas(edition), chosen if options.zones or options.clauses else ())
        return text(lang, "images.series", what=what, first=date_text(lang, days[0]), last=date_text(lang, days[-1]))
    if options.template != "pair":
        return ""
    other, at = edition_beside(catalogue, proposal, edition, options.beside)
    titles = [one.texts["short_title"][lang.tag] for one in (proposal, other)]
    if other.id != proposal.id:
        return text(lang, "images.pair_drafts", left=titles[0], right=titles[1])
    left, right = (date_text(lang, one.as_of) for one in (edition, at))
    return text(lang, "images.pair_days", what=titles[0], left=left, right=right)


def _zones_named(lang: Language, zones: Sequence[ZoneProperties], chosen: Collection[str]) -> str:
    """The zones that are chosen by their names, or the main one."""
    named = [zone for zone in zones if zone["id"] in chosen and zone["partition"]] or [main_zone(zones)]
    return text(lang, "format.list").join(property_text(lang, zone, "name") for zone in named)
