"""Figures that others published, each beside Clausemap's for the same territory and date, in one language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from layers.catalogue.entries import CarrierEntry, FigureEntry, PublishedEntry
from layers.embedded import EMBEDDED
from layers.text.figures import round_area
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.context import View, own_view
from webapp.pages.areas_estimates import (
    Estimate,
    decimals,
    difference,
    estimate,
    is_built,
    is_outside,
    printed,
)
from webapp.text.interface import (
    date_text,
    difference_text,
    month_text,
    number_text,
    percent_text,
    property_text,
    region_text,
    short_text,
    signed_text,
    text,
)
from webapp.text.totals import LEAST_CHANGE_KM2, Total, total

NEAR = timedelta(days=31)


@dataclass(frozen=True)
class Link:
    """A source: its name with the date, and its URL, which may be empty."""

    label: str
    url: str


@dataclass(frozen=True)
class PublishedRow:
    """A published figure, and ours with its control map; ``why`` says why it lies outside our interval, or nothing."""

    ground: str
    figure: str
    by: str
    carried_by: tuple[Link, ...]
    ours: str
    control: str
    difference: str
    why: str


@dataclass(frozen=True)
class PublishedComparison:
    """The figures of a proposal and those near the page's date, the further ones, sentences on sums, and notes."""

    rows: tuple[PublishedRow, ...]
    further: tuple[PublishedRow, ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]


def read_published(view: View) -> PublishedComparison | None:
    """All published figures that there is a control map for; None where there is none for any.

    Those of the proposal come first, in the order of its file; the general ones are those nearest to the page's date,
    and then the others, newest first.
    """
    embedded = view.catalogue.control.id == EMBEDDED
    general = sorted(view.catalogue.published, key=lambda entry: str(entry.until), reverse=True)
    own = [(entry, figure) for entry in view.proposal.published for figure in entry.figures]
    others = [(entry, figure) for entry in general for figure in entry.figures if embedded or figure.as_of]
    if not any(figure.as_of for _, figure in (*own, *others)):
        return None
    near = [(entry, figure) for entry, figure in others if _is_near(view, entry)]
    far = [(entry, figure) for entry, figure in others if not _is_near(view, entry)]
    return PublishedComparison(
        rows=tuple(_row(view, entry, figure) for entry, figure in (*own, *near) if not figure.plus),
        further=tuple(_row(view, entry, figure) for entry, figure in far),
        sums=tuple(_sum(view, entry, figure) for entry, figure in own if figure.plus and figure.as_of),
        notes=tuple(dict.fromkeys(_notes(view.lang, [entry for entry, _ in (*own, *others)]))),
    )


def _is_near(view: View, entry: PublishedEntry) -> bool:
    return abs(date.fromisoformat(entry.until) - date.fromisoformat(view.edition.as_of)) <= NEAR


def _notes(lang: Language, entries: Sequence[PublishedEntry]) -> Iterator[str]:
    """What a change is, and for each publisher what its figures count, where that is known."""
    if any(figure.change_km2 is not None for entry in entries for figure in entry.figures):
        yield text(lang, "published.note_change", area=number_text(lang, LEAST_CHANGE_KM2))
    for entry in entries:
        if entry.basis:
            yield text(lang, "published.source", by=entry.by[lang.tag], details=entry.basis[lang.tag])


def _row(view: View, entry: PublishedEntry, figure: FigureEntry) -> PublishedRow:
    lang = view.lang
    ours = estimate(view, figure) if figure.as_of else None
    return PublishedRow(
        ground=_ground(view, figure),
        figure=_figure(lang, figure),
        by=text(lang, "format.comma").join((entry.by[lang.tag], _when(lang, entry))),
        carried_by=tuple(_link(lang, carrier) for carrier in entry.carried_by),
        ours=_ours(lang, figure, ours) if ours else _missing(view, figure),
        control=_control(lang, figure),
        difference=_difference(lang, figure, ours) if ours else text(lang, "format.none"),
        why=_why(view, figure) if ours and is_outside(figure, ours) else "",
    )


def _when(lang: Language, entry: PublishedEntry) -> str:
    """The date, month or period of a figure."""
    if entry.month:
        return month_text(lang, entry.month)
    if entry.since:
        first, last = date_text(lang, entry.since), date_text(lang, entry.until)
        return text(lang, "timeline.period", first=first, last=last)
    return date_text(lang, entry.until)


def _link(lang: Language, carrier: CarrierEntry) -> Link:
    name = str(carrier.name[lang.tag])
    if carrier.date:
        name = text(lang, "published.dated", name=name, date=date_text(lang, carrier.date))
    return Link(name, carrier.url or "")


def _control(lang: Language, figure: FigureEntry) -> str:
    """The control maps that our figure is of; nothing where there is none."""
    if figure.as_of is None:
        return ""
    last = date_text(lang, figure.as_of)
    if figure.since_as_of is None:
        return text(lang, "published.map", date=last)
    return text(lang, "published.maps", first=date_text(lang, figure.since_as_of), last=last)


def _ground(view: View, figure: FigureEntry) -> str:
    lang = view.lang
    if figure.change_km2 is not None:
        return text(lang, "published.change")
    if figure.oblasts:
        regions = [region_text(lang, oblast.iso, oblast.name[lang.tag]) for oblast in figure.oblasts]
        key = "published.held_in" if figure.held_by == "russia" else "published.left_in"
        return text(lang, key, region=text(lang, "format.list").join(regions))
    if figure.zone is None:
        return text(lang, "published.all")
    own, newest = own_view(view.context, view.proposal).edition.as_of, tuple(view.proposal.editions)[-1:]
    days = (figure.as_of, view.edition.as_of, own, *newest)
    named = (_zone(view, day, figure.zone) for day in days)
    return next((property_text(lang, zone, "name") for zone in named if zone), figure.zone)


def _zone(view: View, day: str | None, zone_id: str) -> ZoneProperties | None:
    if day is None or day not in view.proposal.dates:
        return None
    edition = view.proposal.edition_on(day)
    if zone_id not in edition.zones:
        return None
    return next(zone for zone in view.catalogue.areas(edition) if zone["id"] == zone_id)


def _figure(lang: Language, figure: FigureEntry) -> str:
    """The figure with the words and the digits that it was published with."""
    words = list(_measures(lang, figure))
    said = words[0] if len(words) == 1 else text(lang, "published.both", area=words[0], share=words[1])
    return text(lang, f"published.{figure.qualifier}", figure=said) if figure.qualifier else said


def _measures(lang: Language, figure: FigureEntry) -> Iterator[str]:
    area, change, share = figure.area_km2, figure.change_km2, figure.share_of_ukraine_pct
    if area is not None:
        yield text(lang, "published.area", area=number_text(lang, area, decimals(area)))
    if change is not None:
        yield text(lang, "published.area", area=signed_text(lang, change, decimals(change)))
    if share is not None:
        percent = text(lang, "format.percent", value=number_text(lang, share, decimals(share)))
        yield text(lang, "published.share", share=percent)
    if figure.share_of_oblasts_pct is not None:
        yield _share_of_oblasts(lang, figure, _printed_percent(lang, figure))


def _printed_percent(lang: Language, figure: FigureEntry) -> str:
    share, end = figure.share_of_oblasts_pct, figure.share_of_oblasts_high_pct
    written = [number_text(lang, value, decimals(value)) for value in (share, end) if value is not None]
    value = text(lang, "area.interval", low=written[0], high=written[1]) if end is not None else written[0]
    return text(lang, "format.percent", value=value)


def _share_of_oblasts(lang: Language, figure: FigureEntry, percent: str) -> str:
    key = "published.of_oblast" if len(figure.oblasts) == 1 else "published.of_oblasts"
    return text(lang, key, share=percent)


def _missing(view: View, figure: FigureEntry) -> str:
    """Why there is no figure of ours."""
    if figure.as_of is None:
        return text(view.lang, "published.no_map")
    if not is_built(view.catalogue, figure):
        return text(view.lang, "published.not_built")
    return text(view.lang, "published.nothing")


def _ours(lang: Language, figure: FigureEntry, ours: Estimate) -> str:
    if figure.change_km2 is not None:
        return _changed(lang, ours)
    if figure.area_km2 is not None:
        nothing = not round(ours.value, 1)
        return text(lang, "published.nothing") if nothing else short_text(lang, ours.value, ours.low, ours.high)
    share = _spread(lang, *(percent_text(lang, end) for end in (ours.value, ours.low, ours.high)))
    if figure.share_of_ukraine_pct is not None:
        return text(lang, "published.share", share=share)
    return _share_of_oblasts(lang, figure, share)


def _spread(lang: Language, value: str, low: str, high: str) -> str:
    """A share with its interval, where that is wide enough to be seen."""
    return value if low == high else text(lang, "published.spread", share=value, low=low, high=high)


def _changed(lang: Language, ours: Estimate) -> str:
    """A change with its sign: "about +460 km² (+430 to +520)"."""
    value = _signed_area(lang, ours.value)
    if ours.low is None or ours.high is None:
        return text(lang, "published.about", figure=text(lang, "published.area", area=value))
    low, high = (_signed_area(lang, end) for end in (ours.low, ours.high))
    return text(lang, "published.changed", area=value, low=low, high=high)


def _signed_area(lang: Language, area_km2: float) -> str:
    step = round_area(abs(area_km2)).decimals
    return signed_text(lang, round(area_km2, step), max(step, 0))


def _difference(lang: Language, figure: FigureEntry, ours: Estimate) -> str:
    off, value = difference(figure, ours), printed(figure)[0]
    if figure.change_km2 is not None:
        return text(lang, "published.area", area=_signed_area(lang, off))
    if figure.area_km2 is not None:
        step = round_area(ours.value, ours.low, ours.high).decimals if round(ours.value, 1) else 0
        return difference_text(lang, off, value, step)
    return text(lang, "published.points", points=signed_text(lang, off, max(1, decimals(value))))


def _why(view: View, figure: FigureEntry) -> str:
    """What sets a figure apart; one of the three embedded maps is just another one beside other control maps."""
    lang, embedded = view.lang, view.catalogue.control.id == EMBEDDED
    reasons = dict.fromkeys(reason if embedded or reason != "one_map" else "other_map" for reason in figure.why)
    words = [text(lang, f"published.why_{reason}") for reason in reasons]
    return text(lang, "published.outside", why=text(lang, "format.clauses").join(words))


def _sum(view: View, entry: PublishedEntry, figure: FigureEntry) -> str:
    """What one side would leave more than the other, by others and by us: a sentence; empty where a map is missing."""
    lang, ours = view.lang, estimate(view, figure)
    if ours is None:
        return ""
    plus, minus = (_total(view, figure, zone_ids) for zone_ids in (figure.plus, figure.minus))
    sentence = text(
        lang,
        "published.net",
        by=entry.by[lang.tag],
        figure=_figure(lang, figure),
        ours=short_text(lang, ours.value, ours.low, ours.high),
        plus=_short(lang, plus),
        minus=_short(lang, minus),
    )
    why = [_why(view, figure)] if is_outside(figure, ours) else []
    return text(lang, "format.sentence").join((sentence, *why))


def _total(view: View, figure: FigureEntry, zone_ids: Sequence[str]) -> Total:
    found = (_zone(view, figure.as_of, zone_id) for zone_id in zone_ids)
    return total(zone for zone in found if zone)


def _short(lang: Language, area: Total) -> str:
    rounded = round_area(area.area_km2, area.low_km2, area.high_km2)
    return text(lang, "published.area", area=number_text(lang, rounded.area_km2, max(rounded.decimals, 0)))
