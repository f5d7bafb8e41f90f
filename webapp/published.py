"""Figures that others published, each beside ours for the same ground on the same day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from layers.catalogue import Edition
from layers.figures import round_area
from webapp.language import (
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
from webapp.zones import Reading

Areas = tuple[float, float | None, float | None]


@dataclass(frozen=True)
class Row:
    """A published figure in one language, and ours with the day of its control map."""

    ground: str
    figure: str
    by: str
    ours: str
    control: str
    difference: str


def read_published(reading: Reading) -> tuple[Row, ...]:
    """All published figures of a proposal, in the order of its file; the same whatever day the page shows.

    None where no control map is near any of their dates, so that there is nothing to set beside them.
    """
    listed = reading.proposal.published
    if not any(published["as_of"] for published in listed):
        return ()
    return tuple(_row(reading, published, figure) for published in listed for figure in published["figures"])


def published_sources(reading: Reading) -> tuple[str, ...]:
    """For each publisher what its figures count, and who carried them when; none where nothing is known."""
    return tuple(_sources(reading.lang, reading.proposal.published))


def _sources(lang: str, published: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for entry in published:
        details = [entry["basis"][lang]] if "basis" in entry else []
        carried = [
            text(lang, "published.dated", name=source["name"][lang], date=date_text(lang, source["date"]))
            for source in entry["carried_by"]
        ]
        if carried:
            details.append(text(lang, "published.carried", sources=text(lang, "format.list").join(carried)))
        if details:
            yield text(
                lang, "published.source", by=entry["by"][lang], details=text(lang, "format.clauses").join(details)
            )


def _row(reading: Reading, published: Mapping[str, Any], figure: Mapping[str, Any]) -> Row:
    lang, edition = reading.lang, reading.proposal.editions.get(published["as_of"])
    day = date_text(lang, published["date"]) if published["date"] else month_text(lang, published["month"])
    ours, difference = _ours(reading, edition, figure)
    if published["as_of"] is None:
        ours = text(lang, "published.no_map")
    return Row(
        ground=_ground(reading, figure),
        figure=_figure(lang, figure),
        by=text(lang, "format.comma").join((published["by"][lang], day)),
        ours=ours,
        control=text(lang, "published.map", date=date_text(lang, published["as_of"])) if published["as_of"] else "",
        difference=difference,
    )


def _ground(reading: Reading, figure: Mapping[str, Any]) -> str:
    lang = reading.lang
    if figure["oblast"]:
        region = region_text(lang, figure["oblast"], figure["oblast_name"][lang])
        return text(lang, "published.held_in", region=region)
    if figure["zone"] is None:
        return text(lang, "published.all")
    named = (_zone(reading, edition, figure["zone"]) for edition in reading.proposal.editions.values())
    return next((property_text(lang, zone, "name") for zone in named if zone), figure["zone"])


def _figure(lang: str, figure: Mapping[str, Any]) -> str:
    """The figure with the words and the digits that it was published with."""
    area, share = figure["area_km2"], figure["share_of_ukraine_pct"]
    words = []
    if area is not None:
        words.append(text(lang, "published.area", area=number_text(lang, area, _decimals(area))))
    if share is not None:
        percent = text(lang, "format.percent", value=number_text(lang, share, _decimals(share)))
        words.append(text(lang, "published.share", share=percent))
    said = words[0] if len(words) == 1 else text(lang, "published.both", area=words[0], share=words[1])
    return text(lang, f"published.{figure['qualifier']}", figure=said) if figure["qualifier"] else said


def _ours(reading: Reading, edition: Edition | None, figure: Mapping[str, Any]) -> tuple[str, str]:
    """Our figure and the difference; dashes where there is none."""
    lang, none = reading.lang, text(reading.lang, "format.none")
    if edition is None:
        return text(lang, "published.not_built"), none
    if figure["area_km2"] is None:
        share = _share(reading, edition, figure)
        if share is None:
            return none, none
        points = signed_text(lang, share - figure["share_of_ukraine_pct"], _decimals(figure["share_of_ukraine_pct"]))
        words = text(lang, "published.share", share=percent_text(lang, share))
        return words, text(lang, "published.points", points=points)
    areas = _areas(reading, edition, figure)
    if areas is None:
        return none, none
    words = short_text(lang, *areas) if areas[2] or areas[0] else text(lang, "published.nothing")
    published_km2, decimals = figure["area_km2"], round_area(*areas).decimals
    return words, difference_text(lang, areas[0] - published_km2, published_km2, decimals)


def _areas(reading: Reading, edition: Edition, figure: Mapping[str, Any]) -> Areas | None:
    """Our area with low and high in km², or None where the zone does not exist on that day."""
    found: Mapping[str, Any] | None = edition.held
    if figure["oblast"]:
        found = edition.held_by_oblast.get(figure["oblast"], {"area_km2": 0.0, "area_low_km2": 0.0, "area_high_km2": 0})
    elif figure["zone"]:
        found = _zone(reading, edition, figure["zone"])
    return (found["area_km2"], found["area_low_km2"], found["area_high_km2"]) if found else None


def _share(reading: Reading, edition: Edition, figure: Mapping[str, Any]) -> float | None:
    areas = _areas(reading, edition, figure)
    return 100 * areas[0] / reading.catalogue.ukraine_km2 if areas else None


def _zone(reading: Reading, edition: Edition, zone_id: str) -> Mapping[str, Any] | None:
    if zone_id not in edition.zones:
        return None
    return next(zone for zone in reading.catalogue.areas(edition) if zone["id"] == zone_id)


def _decimals(value: float) -> int:
    """How many decimals a figure was published with."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(0, -int(exponent))
