"""The title of an image of several dates, proposals or control maps. Imports nothing heavy, for web workers."""

from collections.abc import Collection, Sequence

from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.comparing.jobs import can_be_compared
from webapp.images.changes import changes_between
from webapp.images.options.options import EXTENTS, Options
from webapp.images.pairs import (
    TWO_SIDED,
    PairSide,
    SeriesDay,
    are_dates,
    control_beside,
    divided,
    in_turn,
    main_zone,
    measured,
    series_of,
    side_beside,
    side_names,
)
from webapp.text.control_maps import control_title
from webapp.text.interface import about_text, date_text, property_text, read_area, text
from webapp.text.totals import LEAST_CHANGE_KM2, Total, total

LEAST_DIFFERENCE_KM2 = 1.0  # less is taken for none


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
    BuildError, BusyError
        As ``changes_between`` does.
    """
    lang, named = own.catalogue.languages[options.lang], chosen if options.zones or options.clauses else ()
    if options.template == "series":
        return _of_series(lang, own, named)
    if options.template not in TWO_SIDED:
        return ""
    other = side_beside(own, options.beside)
    if options.template == "difference" or other.proposal.id != own.proposal.id:
        return _differing(lang, in_turn(own, other), named)
    if control_beside(options):
        return _of_controls(lang, own, other, named)
    first, last = sorted((own, other), key=lambda one: one.edition.as_of)
    if options.extent not in EXTENTS and not named:  # what changed in all of Ukraine says nothing of a part of it
        two = {"left": date_text(lang, first.edition.as_of), "right": date_text(lang, last.edition.as_of)}
        return text(lang, "images.pair_days", what=own.proposal.texts["short_title"][lang.tag], **two)
    return _of_days(lang, first, last, named)


def _of_series(lang: Language, own: PairSide, named: Collection[str]) -> str:
    """How large what is shown is on the last day, and how large it was on the first."""
    days = series_of(own, named)
    ends = days[0].size or Total(0.0, None, None), days[-1].size or Total(0.0, None, None)
    sizes = [_size_on(lang, one) for one in (days[0], days[-1])]
    direction = "same" if sizes[0] == sizes[1] else _direction(ends[1].area_km2 - ends[0].area_km2)
    return text(
        lang,
        f"images.series_{direction}",
        what=zones_named(lang, own.catalogue.areas(own.edition), named),
        first=date_text(lang, days[0].date),
        last=date_text(lang, days[-1].date),
        before=sizes[0],
        after=sizes[1],
    )


def _size_on(lang: Language, day: SeriesDay) -> str:
    size = day.size
    return about_text(lang, size.area_km2, size.low_km2, size.high_km2) if size else text(lang, "compare.none")


def _of_days(lang: Language, first: PairSide, last: PairSide, named: Collection[str]) -> str:
    """What changed from one date to another: the zones that are chosen, else what Russia holds."""
    areas = [_area(one, named) for one in (first, last)]
    change = areas[1] - areas[0]
    dates = {"first": date_text(lang, first.edition.as_of), "last": date_text(lang, last.edition.as_of)}
    key = f"images.{'zones' if named else 'held'}_{_direction(change, least=0.0 if named else LEAST_CHANGE_KM2)}"
    what = zones_named(lang, _zones(first, last), named)
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
    what, day = zones_named(lang, _zones(own, other), named), date_text(lang, own.edition.as_of)
    return text(lang, key, **names, what=what, date=day, n=read_area(lang, change).area)


def _differing(lang: Language, sides: tuple[PairSide, PairSide], named: Collection[str]) -> str:
    """The territory that two sides treat differently, of the zones that are chosen, if any are."""
    left, right = sides
    names = side_names(lang, left, right)
    if not can_be_compared(left):
        return text(lang, "images.drafts_beside", left=names[0], right=names[1])
    found = changes_between(left, right, named).differs
    if named and found.area_km2 < LEAST_DIFFERENCE_KM2:
        what = zones_named(lang, _zones(left, right), named)
        return text(lang, "images.drafts_zones_same", what=what, left=names[0], right=names[1])
    return difference_title(lang, left, right, found)


def difference_title(lang: Language, left: PairSide, right: PairSide, differs: Total) -> str:
    """Return on how much territory two sides differ, and which of two proposals is the later one.

    Parameters
    ----------
    lang
        Language of the text.
    left, right
        The sides.
    differs
        The territory that they treat differently, in km².
    """
    sides = dict(zip(("left", "right"), side_names(lang, left, right), strict=True))
    if differs.area_km2 < LEAST_DIFFERENCE_KM2:
        return text(lang, "images.drafts_same", **sides)
    area = about_text(lang, differs.area_km2, differs.low_km2, differs.high_km2)
    if are_dates(left, right):
        days = {"left": date_text(lang, left.edition.as_of), "right": date_text(lang, right.edition.as_of)}
        return text(lang, "images.dates_differ", what=left.proposal.texts["short_title"][lang.tag], area=area, **days)
    return text(lang, f"images.drafts_{_order(left, right)}", **sides, area=area)


def _order(left: PairSide, right: PairSide) -> str:
    """Whether the right one of two proposals is later or earlier than the left one; that they differ on equal dates."""
    first, second = left.proposal.date, right.proposal.date
    return "differ" if first == second else "later" if first < second else "earlier"


def _zones(*sides: PairSide) -> list[ZoneProperties]:
    return [zone for side in sides for zone in side.catalogue.areas(side.edition)]


def _direction(change_km2: float, least: float = 0.0) -> str:
    if abs(change_km2) <= max(least, 0.5):
        return "same"
    return "more" if change_km2 > 0 else "less"


def zones_named(lang: Language, zones: Sequence[ZoneProperties], chosen: Collection[str]) -> str:
    """Return the zones that are chosen by their names, or that of the main one.

    Parameters
    ----------
    lang
        Language of the names.
    zones
        Properties of the edition's zones.
    chosen
        Ids of the zones that are chosen.
    """
    named = measured(zones, chosen) or [main_zone(zones)]
    return text(lang, "format.list").join(dict.fromkeys(property_text(lang, zone, "name") for zone in named))
