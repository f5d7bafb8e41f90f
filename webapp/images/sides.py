"""The maps of one image: one in an article, a part beside the country, two sides of a pair, six days of a series."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.geojson import Feature
from geo.projection import Extent
from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.kinds.table import kind_of
from layers.text.languages import Language
from webapp.images.changes import Changes, changes_between
from webapp.images.drawing import LOCATED
from webapp.images.map.changed import changed_catalogue, is_large
from webapp.images.map.extent import AUTO, NAMED, UKRAINE, chosen_extent, extent_around
from webapp.images.map.projection_frame import SOUTH_EAST
from webapp.images.options.notes import Note
from webapp.images.options.options import EXTENTS, WIDE_PX, Options
from webapp.images.options.places import place_degrees, town_ids
from webapp.images.options.zones import chosen_zones
from webapp.images.pairs import (
    PairSide,
    SeriesDay,
    are_dates,
    in_turn,
    main_zone,
    measured,
    series_of,
    side_beside,
    told_apart,
    would_lines,
)
from webapp.images.titles import zones_named
from webapp.text.interface import date_text, short_text, text
from webapp.text.totals import total

PHONE_PX = 480  # on narrower images several maps have no room for more words above them than their names


@dataclass(frozen=True)
class MapSide:
    """One map of an image: an edition, which of its zones are shown in full, the area, names, and the words above it.

    ``marked`` is the part of it that the map beside it shows; ``beside``: it is the other side of a pair;
    ``notes`` are the reader's own, ``towns`` the ids of those that stand out. ``changes`` are what it shows of two
    editions, whose catalogue has them in the place of the zones. ``bar``: whether it has the scale bar of all maps
    of its scale; ``said``: whether its zones have labels; ``led``: whether leaders lead to
    towns beside which there is no room.
    """

    catalogue: Catalogue
    proposal: Proposal
    edition: Edition
    chosen: frozenset[str]
    extent: Extent
    labels: str
    inset: bool
    caption: tuple[str, ...] = ()
    marked: Extent | None = None
    beside: bool = False
    notes: tuple[Note, ...] = ()
    towns: tuple[str, ...] = ()
    changes: Changes | None = None
    bar: bool = True
    said: bool = True
    led: bool = False

    @property
    def pair_side(self) -> PairSide:
        """The edition as a side of a pair."""
        return PairSide(self.catalogue, self.proposal, self.edition)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The proposals that it is about."""
        two = self.changes and (self.changes.left.proposal, self.changes.right.proposal)
        return two or (self.proposal,)

    @property
    def dates(self) -> tuple[str, ...]:
        """The ISO dates of the control maps that it is about."""
        two = self.changes and (self.changes.left.edition.as_of, self.changes.right.edition.as_of)
        return two or (self.edition.as_of,)

    @property
    def line_date(self) -> str:
        """The ISO date of its line of contact."""
        return self.dates[-1]


def sides_of(catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options) -> tuple[MapSide, ...]:
    """Return the maps of an image, by its template.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    edition
        The proposal on one control map.
    options
        Options of the image.

    Raises
    ------
    OptionError, LimitError, DateError
        If a zone, a place, a date or an extent does not exist or cannot be drawn.
    """
    chosen = chosen_zones(options, catalogue.areas(edition))
    extent = extent_of(catalogue, edition, options)
    own = MapSide(catalogue, proposal, edition, chosen, extent, options.labels, options.inset)
    own = replace(own, notes=options.note, towns=tuple(town_ids(options.highlight, catalogue)))
    made = {"zoom": _zoomed, "pair": _paired, "difference": _differing, "series": _series}.get(options.template)
    return made(own, options) if made else (replace(own, led=_is_chosen(options)),)


def extent_of(catalogue: Catalogue, edition: Edition, options: Options) -> Extent:
    """Return the extent of an image: as requested, else round the zones that are chosen.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    edition
        The proposal on one control map.
    options
        Options of the image.

    Raises
    ------
    OptionError, LimitError
        If the extent does not exist or cannot be drawn.
    """
    if options.extent in NAMED:
        return NAMED[options.extent]
    zones = _read(catalogue, edition)
    if options.extent != AUTO:
        place = place_degrees(options.extent, catalogue)
        return Extent(*place) if place else chosen_extent(options.extent, zones)
    chosen = chosen_zones(options, catalogue.areas(edition)) if options.zones or options.clauses else frozenset()
    framed = _divided(zones, chosen)
    return extent_around(framed) if framed else SOUTH_EAST


def _zoomed(own: MapSide, options: Options) -> tuple[MapSide, ...]:
    """The country, and beside it the part that is chosen or, without a choice, the ground that changes hands most."""
    part = own if _is_chosen(options) else replace(own, extent=extent_around([_main(own)]))
    country = replace(own, extent=UKRAINE, labels=LOCATED, inset=False, marked=part.extent, notes=(), towns=())
    part = replace(part, inset=False, led=True)
    if options.size[0] < PHONE_PX:
        return country, part
    return replace(country, caption=_located(own, options)), replace(part, caption=_enlarged(own, options))


def _located(own: MapSide, options: Options) -> tuple[str, ...]:
    """The country and the day."""
    lang = own.catalogue.languages[options.lang]
    return text(lang, "map.ukraine"), date_text(lang, own.edition.as_of)


def _enlarged(own: MapSide, options: Options) -> tuple[str, ...]:
    """The zones that are enlarged and how large they are; nothing for a place."""
    if options.extent not in EXTENTS:
        return ()
    lang, zones = own.catalogue.languages[options.lang], own.catalogue.areas(own.edition)
    chosen = own.chosen if options.zones or options.clauses else {main_zone(zones)["id"]}
    size = total(measured(zones, chosen))
    words = short_text(lang, size.area_km2, size.low_km2, size.high_km2) if size.area_km2 and options.areas else ""
    return zones_named(lang, zones, chosen), words


def _paired(own: MapSide, options: Options) -> tuple[MapSide, ...]:
    """The edition and the one beside it, at one scale; of two dates the earlier one first."""
    lang = own.catalogue.languages[options.lang]
    found = side_beside(own.pair_side, options.beside)
    zones = found.catalogue.areas(found.edition)
    named = frozenset({zone["id"] for zone in zones} & set(own.chosen)) if _is_chosen(options) else frozenset()
    chosen = named or frozenset(zone["id"] for zone in zones)
    other = replace(own, catalogue=found.catalogue, proposal=found.proposal, edition=found.edition, chosen=chosen)
    other = replace(other, beside=True)
    both: Sequence[MapSide] = (own, other)
    if options.extent == AUTO and _is_chosen(options):
        framed = [one for side in both for one in _divided(_features(side), side.chosen)]
        both = (replace(own, extent=extent_around(framed)), replace(other, extent=extent_around(framed)))
    by_date = are_dates(own.pair_side, other.pair_side)
    left, right = sorted(both, key=lambda side: side.edition.as_of) if by_date else both
    return replace(_captioned(left, right, lang, options), bar=False), _captioned(right, left, lang, options)


def _differing(own: MapSide, options: Options) -> tuple[MapSide, ...]:
    """What is different between the edition and the one beside it."""
    side = own.pair_side
    named = own.chosen if options.zones or options.clauses else ()
    changes = changes_between(*in_turn(side, side_beside(side, options.beside)), named)
    shown = replace(own, catalogue=changed_catalogue(side, changes), changes=changes)
    zones = shown.catalogue.areas(own.edition)
    shown = replace(shown, chosen=frozenset(zone["id"] for zone in zones))
    if options.extent != AUTO:
        return (shown,)
    large = [one for one in _features(shown) if is_large(one.properties, changes)]
    return (replace(shown, extent=extent_around(large)) if large else shown,)


def _series(own: MapSide, options: Options) -> tuple[MapSide, ...]:
    """Some days from the first to the newest, at one scale."""
    lang = own.catalogue.languages[options.lang]
    named = own.chosen if options.zones or options.clauses else ()
    start, days = own if named else _main_alone(own), series_of(own.pair_side, named)
    start = replace(start, extent=own.extent, labels=_fewer(options.labels), inset=False)
    sides = [replace(start, edition=find_edition(own.proposal, day.date)[1]) for day in days]
    if options.extent == AUTO:
        framed = [one for side in sides for one in _measured(side)]
        sides = [replace(side, extent=extent_around(framed)) for side in sides]
    last = len(sides) - 1
    return tuple(
        replace(side, caption=_sum(day, lang), bar=place == last, said=place == 0)
        for place, (side, day) in enumerate(zip(sides, days, strict=True))
    )


def _main(own: MapSide) -> Feature:
    """The zone that a proposal is most about."""
    main = main_zone(own.catalogue.areas(own.edition))["id"]
    return next(one for one in _features(own) if one.id == main)


def _main_alone(own: MapSide) -> MapSide:
    """The same zone, with what shows control."""
    main = _main(own)
    always = {zone["id"] for zone in own.catalogue.areas(own.edition) if kind_of(zone).on_every_map}
    return replace(own, chosen=frozenset({main.id, *always}), extent=extent_around([main]))


def _captioned(side: MapSide, other: MapSide, lang: Language, options: Options) -> MapSide:
    """A side under its name and what the proposal would do: on a small image in a line, on a phone or of a part not.

    Figures of all of it would say nothing of a part.
    """
    bare = options.extent not in EXTENTS or options.size[0] < PHONE_PX
    most = 0 if bare else None if options.size[0] >= WIDE_PX else 1
    lines = would_lines(lang, side.pair_side, side.chosen if options.zones or options.clauses else ())
    would = (line[:1].upper() + line[1:] for line in lines[:most])
    return replace(side, caption=(told_apart(lang, side.pair_side, other.pair_side), *would), inset=False)


def _sum(day: SeriesDay, lang: Language) -> tuple[str, str]:
    """The day, and how large what is chosen is on it."""
    size = day.size
    words = short_text(lang, size.area_km2, size.low_km2, size.high_km2) if size else text(lang, "images.none")
    return date_text(lang, day.date), words


def _divided(zones: Sequence[Feature], chosen: frozenset[str]) -> list[Feature]:
    return [zone for zone in zones if zone.id in chosen and zone.properties["partition"]]


def _measured(side: MapSide) -> list[Feature]:
    """The zones that are chosen, of those that lie over others the one that is measured."""
    ids = {zone["id"] for zone in measured(side.catalogue.areas(side.edition), side.chosen)}
    return [one for one in _features(side) if one.id in ids]


def _features(side: MapSide) -> tuple[Feature, ...]:
    return _read(side.catalogue, side.edition)


def _read(catalogue: Catalogue, edition: Edition) -> tuple[Feature, ...]:
    return catalogue.store.features(edition.products["layer"].path)


def _is_chosen(options: Options) -> bool:
    return bool(options.zones or options.clauses or options.extent not in (AUTO, *NAMED))


def _fewer(labels: str) -> str:
    return "none" if labels == "none" else "few"
