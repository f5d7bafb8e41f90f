"""The maps of one image: one in an article, a part beside the country, two sides of a pair, six days of a series."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.geojson import Feature
from geo.projection import Extent
from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.kinds.table import kind_of
from layers.text.languages import Language
from webapp.images.beside import edition_beside, main_zone, series_days
from webapp.images.map.extent import AUTO, NAMED, UKRAINE, chosen_extent, extent_around
from webapp.images.map.projection_frame import SOUTH_EAST
from webapp.images.options.options import Options
from webapp.images.options.places import place_degrees
from webapp.images.options.zones import chosen_zones
from webapp.text.headlines import headline_of
from webapp.text.interface import date_text, short_text, text
from webapp.text.totals import total


@dataclass(frozen=True)
class MapSide:
    """One map of an image: an edition, which of its zones are shown in full, the area, names, and the words above it.

    ``marked`` is the part of it that the map beside it shows.
    """

    proposal: Proposal
    edition: Edition
    chosen: frozenset[str]
    extent: Extent
    labels: str
    inset: bool
    caption: tuple[str, str] = ("", "")
    marked: Extent | None = None


def sides_of(catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options) -> tuple[MapSide, ...]:
    """The maps of an image by its template. Raises OptionError, LimitError, DateError."""
    chosen = chosen_zones(options, catalogue.areas(edition))
    own = MapSide(proposal, edition, chosen, extent_of(catalogue, edition, options), options.labels, options.inset)
    if options.template == "zoom":
        return _zoomed(catalogue, own, options)
    if options.template == "pair":
        return _paired(catalogue, own, options)
    return _series(catalogue, own, options) if options.template == "series" else (own,)


def extent_of(catalogue: Catalogue, edition: Edition, options: Options) -> Extent:
    """Return the extent requested; without one, what is chosen of the zones. Raises OptionError, LimitError."""
    if options.extent in NAMED:
        return NAMED[options.extent]
    zones = _features(catalogue, edition)
    if options.extent != AUTO:
        place = place_degrees(options.extent, catalogue)
        return Extent(*place) if place else chosen_extent(options.extent, zones)
    chosen = chosen_zones(options, catalogue.areas(edition)) if options.zones or options.clauses else frozenset()
    framed = _divided(zones, chosen)
    return extent_around(framed) if framed else SOUTH_EAST


def _zoomed(catalogue: Catalogue, own: MapSide, options: Options) -> tuple[MapSide, ...]:
    """The country, and beside it the part that is chosen or, without a choice, the ground that changes hands most."""
    part = own if _is_chosen(options) else _around_main(catalogue, own)
    country = replace(own, extent=UKRAINE, labels="none", inset=False, marked=part.extent)
    return country, replace(part, inset=False)


def _paired(catalogue: Catalogue, own: MapSide, options: Options) -> tuple[MapSide, ...]:
    """The edition and the one beside it, at one scale."""
    lang = catalogue.languages[options.lang]
    proposal, edition = edition_beside(catalogue, own.proposal, own.edition, options.beside)
    zones = catalogue.areas(edition)
    named = frozenset({zone["id"] for zone in zones} & set(own.chosen)) if _is_chosen(options) else frozenset()
    chosen = named or frozenset(zone["id"] for zone in zones)
    other = replace(own, proposal=proposal, edition=edition, chosen=chosen)
    both = (own, other)
    if options.extent == AUTO and _is_chosen(options):
        framed = [one for side in both for one in _divided(_features(catalogue, side.edition), side.chosen)]
        both = (replace(own, extent=extent_around(framed)), replace(other, extent=extent_around(framed)))
    dated = own.proposal.id == proposal.id
    return tuple(replace(side, caption=_caption(catalogue, side, lang, dated=dated), inset=False) for side in both)


def _series(catalogue: Catalogue, own: MapSide, options: Options) -> tuple[MapSide, ...]:
    """Some days from the first to the newest, at one scale."""
    lang = catalogue.languages[options.lang]
    start = own if _is_chosen(options) else _around_main(catalogue, own)
    sides = [
        replace(start, edition=find_edition(own.proposal, day)[1], labels=_fewer(options.labels), inset=False)
        for day in series_days(own.proposal)
    ]
    if options.extent == AUTO:
        framed = [one for side in sides for one in _divided(_features(catalogue, side.edition), side.chosen)]
        sides = [replace(side, extent=extent_around(framed)) for side in sides]
    return tuple(replace(side, caption=_sum(catalogue, side, lang)) for side in sides)


def _around_main(catalogue: Catalogue, own: MapSide) -> MapSide:
    """The zone that a proposal is most about, with what shows control."""
    zones = catalogue.areas(own.edition)
    main = main_zone(zones)["id"]
    (feature,) = (one for one in _features(catalogue, own.edition) if one.id == main)
    always = {zone["id"] for zone in zones if kind_of(zone).on_every_map}
    return replace(own, chosen=frozenset({main, *always}), extent=extent_around([feature]))


def _caption(catalogue: Catalogue, side: MapSide, lang: Language, *, dated: bool) -> tuple[str, str]:
    """The day or the proposal, and what it would do in few words."""
    day, zones = date_text(lang, side.edition.as_of), catalogue.areas(side.edition)
    short = headline_of(lang, side.proposal, zones, side.chosen).short
    title = side.proposal.texts["short_title"][lang.tag]
    return (day if dated else text(lang, "images.on_day", what=title, date=day)), short


def _sum(catalogue: Catalogue, side: MapSide, lang: Language) -> tuple[str, str]:
    """The day, and how large what is chosen is on it."""
    zones = [zone for zone in catalogue.areas(side.edition) if zone["id"] in side.chosen and zone["partition"]]
    summed = total(zones)
    size = short_text(lang, summed.area_km2, summed.low_km2, summed.high_km2) if zones else text(lang, "images.none")
    return date_text(lang, side.edition.as_of), size


def _divided(zones: Sequence[Feature], chosen: frozenset[str]) -> list[Feature]:
    return [zone for zone in zones if zone.id in chosen and zone.properties["partition"]]


def _features(catalogue: Catalogue, edition: Edition) -> tuple[Feature, ...]:
    return catalogue.store.features(edition.products["layer"].path)


def _is_chosen(options: Options) -> bool:
    return bool(options.zones or options.clauses or options.extent not in (AUTO, *NAMED))


def _fewer(labels: str) -> str:
    return "none" if labels == "none" else "few"
