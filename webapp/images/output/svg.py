"""The image of an edition as SVG: layout, text and map filled into one template."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import shapely
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geo.projection import outline
from layers.catalogue.model import Catalogue, Proposal, find_edition
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.images.changes import Changes
from webapp.images.description.description import headline_text, notes
from webapp.images.drawing import SAID, Drawing, MapView, draw, draw_all, frame_of, key_place
from webapp.images.labels.annotations import MARK_PX, check_placed
from webapp.images.labels.candidates import Said
from webapp.images.labels.grounds import Grounds
from webapp.images.labels.held import places_of
from webapp.images.labels.others_ground import group_of
from webapp.images.layout import samples
from webapp.images.layout.layout import NARROW_PX as NARROW_DESIGN_PX
from webapp.images.layout.layout import Layout, MapGrid, lay_out
from webapp.images.layout.legend import (
    BANDS,
    FRONT,
    REST,
    LegendGroup,
    LegendRow,
    is_small,
    key,
    key_of_changes,
    legend,
    together,
    without_figures,
)
from webapp.images.layout.panel import Words
from webapp.images.layout.style import Look, look_of
from webapp.images.map.changed import is_large
from webapp.images.map.coverage import TOLERANCE_PX
from webapp.images.map.framed import Framed, everything, framed_by, joined
from webapp.images.map.hatches import PREFIX, Hatches
from webapp.images.map.projection_frame import Rectangle
from webapp.images.map.scene import Files, Shape, files_of
from webapp.images.options.options import DEFAULTS, LONGEST, Options
from webapp.images.options.places import town_ids
from webapp.images.pairs import authored
from webapp.images.sides import MapSide, sides_of
from webapp.labels.places import home_of
from webapp.style.legend import MOST_KEYS, KeyEntry
from webapp.style.light import PLANT, dash_value
from webapp.svg_path import hundredths, number, path_data
from webapp.text.control_maps import contested_text
from webapp.text.interface import date_text, property_text, text
from webapp.text.legend import key_label, key_meaning, short_date
from webapp.text.zone_labels import set_label, zone_label
from webapp.typography.boxes import Setting
from webapp.typography.fonts import FAMILY
from webapp.typography.line_breaking import typographic
from webapp.typography.line_choices import SEGMENT
from webapp.typography.signs import check_words, drawable

TEMPLATES = Path(__file__).parents[2] / "templates"
TEMPLATE = "image.svg.j2"
ID = re.compile(rf'( id="| xlink:href="#|url\(#(?!{PREFIX}))([^")]+)(["\)])')
GROUP = re.compile(r'<g id="([a-z0-9-]+)"')  # what drawing programs list as layers
NARROW_PX = 640  # up to so wide, makers of two drafts stand without the names that the headline has
MAP_PART = 0.7  # of the surface of an article's image, wished for
KEYS_TRIED = 3
TEXTS_KEPT = 2  # of 100 KB
BRIEF_NOTES = 2  # the first of the notes that an article has room for


def svg_text(
    catalogue: Catalogue, proposal: Proposal, requested: str | None, options: Options, *, patterns: bool = False
) -> str:
    """Return the image as SVG text, that of the last images as it was made: other formats are made of it.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    requested
        ISO date, ``latest``, or None for the proposal's own date.
    options
        Options of the image.
    patterns
        Whether hatching is written as patterns, which drawing programs can change and ThorVG does not draw.

    Raises
    ------
    DateError, OptionError, LimitError, PanelError, FontError
        If the image cannot be drawn; the message says why.
    """
    return _svg_text(_Source(catalogue, proposal), requested, options, patterns=patterns)


@dataclass(frozen=True, eq=False)
class _Source:
    """What an image is drawn from."""

    catalogue: Catalogue
    proposal: Proposal

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Source):
            return NotImplemented
        return self.catalogue is other.catalogue and self.proposal is other.proposal

    def __hash__(self) -> int:
        return hash((id(self.catalogue), self.proposal.id))


@lru_cache(maxsize=TEXTS_KEPT)
def _svg_text(source: _Source, requested: str | None, options: Options, *, patterns: bool) -> str:
    catalogue, proposal = source.catalogue, source.proposal
    asked, edition = find_edition(proposal, requested)
    for name in LONGEST:
        check_words(name, getattr(options, name))
    lang, sides = catalogue.languages[options.lang], sides_of(catalogue, proposal, edition, options)
    words = words_of(catalogue, sides, options)
    layout, drawings = composed(catalogue, sides, words, options)
    keyed = frozenset(zone for placed in layout.groups for row in placed.group.rows for zone in row.zones)
    parts = [
        _part(side, drawing, place, options, keyed)
        for side, drawing, place in zip(sides, drawings, layout.maps, strict=True)
    ]
    drawn = _environment().get_template(TEMPLATE).render(
        lang=options.lang, family=FAMILY, size=options.size, transparent=options.transparent, plain=options.plain,
        proposal=proposal.id, requested=asked, as_of=edition.as_of, data_version=catalogue.data_version,
        headline=words.headline, description=_description(words, options, lang),
        layout=layout, parts=parts, look=parts[0].look, hatches=Hatches(patterns=patterns),
        name=lambda shape: drawable(property_text(lang, shape.properties, "name")),
    )  # fmt: skip
    drawn = GROUP.sub(r'<g id="\1" inkscape:groupmode="layer" inkscape:label="\1"', drawn)
    if options.text != "paths":
        return drawn
    from webapp.typography.text_to_path import outline_text  # reads the fonts themselves, with all that takes

    return outline_text(drawn)


def composed(
    catalogue: Catalogue, sides: Sequence[MapSide], words: Words, options: Options
) -> tuple[Layout, tuple[Drawing, ...]]:
    """Return layout and maps of an image.

    The key lies on the map if there is one map and it hides nothing that is chosen, else below.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    sides
        The maps of the image, in their order.
    words
        Text of the image besides its maps.
    options
        Options of the image.

    Raises
    ------
    LimitError
        If a note or a highlighted town is on none of the maps.
    """
    layout, drawings = _composed(catalogue, sides, words, options)
    check_placed(drawings, options.note, town_ids(options.highlight, catalogue))
    return layout, drawings


def _composed(
    catalogue: Catalogue, sides: Sequence[MapSide], words: Words, options: Options
) -> tuple[Layout, tuple[Drawing, ...]]:
    layout, found = _laid_out(catalogue, sides, words, options), None
    if len(sides) == 1 and words.brief and words.groups and not options.plain and layout.map_part < MAP_PART:
        found = _roomier(catalogue, sides, words, options, layout)
    return found or (layout, _drawn(catalogue, sides, layout, options))


def _laid_out(catalogue: Catalogue, sides: Sequence[MapSide], words: Words, options: Options) -> Layout:
    layout = lay_out(words, options.size, plain=options.plain, grid=_grid_of(sides))
    return _keyed(catalogue, sides[0], words, layout, options) if layout.keys else layout


def _roomier(
    catalogue: Catalogue, sides: Sequence[MapSide], words: Words, options: Options, usual: Layout
) -> tuple[Layout, tuple[Drawing, ...]] | None:
    """A layout whose key has no row for what a label on the map says; None if the map has no more room in it."""
    lang = catalogue.languages[options.lang]
    said = {one.zone: _run_on(one.words.replace(SEGMENT, "")) for one in said_of(sides[0], lang)}
    rows = [row for group in words.groups for row in group.rows]
    left = {row for row in rows if row.key == FRONT or (row.key in (REST, BANDS) and usual.width >= NARROW_DESIGN_PX)}
    for _ in range(KEYS_TRIED):
        groups = tuple(replace(one, rows=tuple(row for row in one.rows if row in left)) for one in words.groups)
        layout = _laid_out(catalogue, sides, replace(words, groups=groups if left else ()), options)
        if layout.map_part <= usual.map_part:
            return None
        for drawing in _in_steps(*_seen(sides[0], layout, layout.map, options, lang)):
            untold = _untold(rows, drawing, said, usual) - left
            if untold:
                break
        else:
            return layout, (drawing,)
        left |= untold
    return None


def _in_steps(files: Files, view: MapView) -> Iterator[Drawing]:
    """A map with the labels alone that could stand for a row of the key, then with all others beside them."""
    if view.labels == DEFAULTS.labels:
        first = draw(files, replace(view, labels=SAID))
        yield first
        held = places_of(first.labels)
        view = replace(view, held=tuple(held.items()), said=tuple(one for one in view.said if one.zone in held))
    yield draw(files, view)


def _untold(rows: Sequence[LegendRow], drawing: Drawing, said: Mapping[str, str], usual: Layout) -> set[LegendRow]:
    named = {one.wanted.id for one in drawing.labels}
    told = {said[zone] for zone in named if zone in said}
    return {row for row in rows if _is_untold(row, named, told, usual)}


def _is_untold(row: LegendRow, named: Collection[str], told: Collection[str], usual: Layout) -> bool:
    """Whether no label on the map says what a row says; on narrow maps, places that have no name are not drawn."""
    if is_small(row):
        return usual.width >= NARROW_DESIGN_PX and not set(row.zones) <= set(named)
    return _run_on(row.bare) not in told


def _run_on(words: str) -> str:
    return "".join(words.split())


def _keyed(catalogue: Catalogue, side: MapSide, words: Words, layout: Layout, options: Options) -> Layout:
    """The layout with its key on the map, or one with the key below where it would hide what is chosen."""
    view = view_of(layout, layout.map, side, options, catalogue.languages[options.lang])
    sizes = tuple((key.width, key.height) for key in layout.keys)
    place = key_place(files_of(side.catalogue, side.edition), view, sizes)
    return layout.with_key_at(place) if place else lay_out(words, options.size, over=False)


def _grid_of(sides: Sequence[MapSide]) -> MapGrid | None:
    """How several maps are set; the part beside the country is twice as large."""
    if len(sides) == 1:
        return None
    shares = tuple(1.0 if side.marked else 2.0 for side in sides)
    return MapGrid(tuple(side.caption for side in sides), shares)


def _drawn(catalogue: Catalogue, sides: Sequence[MapSide], layout: Layout, options: Options) -> tuple[Drawing, ...]:
    lang = catalogue.languages[options.lang]
    return draw_all([_seen(side, layout, place, options, lang) for place, side in zip(layout.maps, sides, strict=True)])


def _seen(side: MapSide, layout: Layout, place: Rectangle, options: Options, lang: Language) -> tuple[Files, MapView]:
    said = said_of(side, lang, numbered=options.legend == "full")
    return files_of(side.catalogue, side.edition), view_of(layout, place, side, options, lang, said)


def said_of(side: MapSide, lang: Language, *, numbered: bool = False) -> tuple[Said, ...]:
    """Return the text of each zone's label on a map, and where it stands on all dates; none if zones have no labels.

    Parameters
    ----------
    side
        One map of the image.
    lang
        Language of the text.
    numbered
        Whether labels have the numbers of clauses, which a full legend explains.
    """
    catalogue = side.catalogue
    if not side.said:
        return ()
    if side.changes:
        return _said_of_changes(side, side.changes, lang)
    words = ((zone, _label(lang, side.proposal, zone)) for zone in catalogue.areas(side.edition))
    return tuple(
        Said(zone["id"], said, zone["clause"] or "", home_of(catalogue, zone), group_of(zone), numbered)
        for zone, said in words
        if said
    )


def _label(lang: Language, proposal: Proposal, zone: ZoneProperties) -> str:
    """The words of a zone's label; of Russian-held territory that no clause covers those of its tint in the key."""
    is_alone = zone["partition"] and zone["held_by"] == "russia" and not zone["clause"]
    return set_label(text(lang, "compare.held_by_russia"), lang) if is_alone else zone_label(lang, proposal, zone)


def _said_of_changes(side: MapSide, changes: Changes, lang: Language) -> tuple[Said, ...]:
    """What each large piece changes from and to, where that has a name."""
    large = {zone["id"] for zone in side.catalogue.areas(side.edition) if is_large(zone, changes)}
    return tuple(
        Said(piece, changes.words(lang, change), "", group=str(number))
        for number, change in enumerate(changes.named, 1)
        for piece in change.pieces
        if piece in large
    )


def halos(drawing: Drawing, look: Look) -> list[tuple[str, list[Setting]]]:
    """Return the texts on a map by the colour of their halo, which is that of the ground below.

    Parameters
    ----------
    drawing
        The map.
    look
        Theme and styles of the image.

    Returns
    -------
    Texts by colour as #rrggbb; empty for those without a halo.
    """
    grounds = Grounds(drawing.scene, look)
    names = drawing.graticule.names if drawing.graticule else ()
    settings = [*names, *(label.spot.setting for label in drawing.labels)]
    settings += [drawing.bar.label] if drawing.bar else []
    found: dict[str, list[Setting]] = {}
    for one in settings:
        found.setdefault(grounds.below(one.box) if one.lettering.halo else "", []).append(one)
    return list(found.items())


def view_of(
    layout: Layout, place: Rectangle, side: MapSide, options: Options, lang: Language, said: tuple[Said, ...] = ()
) -> MapView:
    """Return what one map of an image shows, and in which rectangle.

    Parameters
    ----------
    layout
        Layout of the image.
    place
        Rectangle of the map, in pixels.
    side
        One map of the image.
    options
        Options of the image.
    lang
        Language of the text.
    said
        Text of each zone's label.
    """
    return MapView(
        place,
        lang,
        side.chosen,
        side.extent,
        labels=side.labels,
        inset=side.inset,
        graticule=options.graticule,
        tolerance_px=round(TOLERANCE_PX / layout.factor, 3),
        said=said,
        key=layout.key,
        notes=side.notes,
        marked=side.towns,
        bar=side.bar,
        led=side.led,
    )


@dataclass(frozen=True)
class Part:
    """One map of an image with its look; ``marked`` is the outline of what the map beside it shows, as path data.

    ``sites`` are the places of the proposal that it marks.
    """

    drawing: Drawing
    look: Look
    margins: tuple[Rectangle, ...]
    marked: str
    sites: tuple[Shape, ...]


def _part(side: MapSide, drawing: Drawing, place: Rectangle, options: Options, keyed: frozenset[str]) -> Part:
    look, frame = look_of(options, side.catalogue.areas(side.edition), side.chosen), drawing.scene.frame
    marked = path_data(frame.clip(shapely.Polygon(frame.to_px(outline(side.marked))))) if side.marked else ""
    return Part(drawing, look, place.around(frame.rectangle), marked, _marked_sites(drawing, options, keyed))


def _marked_sites(drawing: Drawing, options: Options, keyed: frozenset[str]) -> tuple[Shape, ...]:
    """The places of the proposal that a label or the short key names; all of them where there is no such key."""
    if options.legend != "key" or options.plain:
        return drawing.scene.sites
    told = keyed | {label.wanted.id for label in drawing.labels}
    return tuple(site for site in drawing.scene.sites if site.id in told)


def _framed(sides: Sequence[MapSide], words: Words, options: Options) -> tuple[Framed, ...]:
    """What each map shows: the legend names nothing else."""
    layout = lay_out(words, options.size, plain=options.plain, grid=_grid_of(sides))
    lang = sides[0].catalogue.languages[options.lang]
    frames = [
        frame_of(view_of(layout, place, side, options, lang)) for place, side in zip(layout.maps, sides, strict=True)
    ]
    return tuple(
        framed_by(files_of(side.catalogue, side.edition), frame, side.chosen)
        for side, frame in zip(sides, frames, strict=True)
    )


def words_of(catalogue: Catalogue, sides: Sequence[MapSide], options: Options) -> Words:
    """Return the text of an image besides its maps: the legend lists what they show, with areas of zones shown whole.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    sides
        The maps of the image, in their order.
    options
        Options of the image.
    """
    everywhere = [everything([zone["id"] for zone in side.catalogue.areas(side.edition)]) for side in sides]
    words = _words(catalogue, sides, options, everywhere)
    return _words(catalogue, sides, options, _framed(sides, words, options)) if words.groups else words


def _own(sides: Sequence[MapSide]) -> MapSide:
    """The map that was asked for, whatever is beside it."""
    return next(side for side in sides if not side.beside)


def _words(catalogue: Catalogue, sides: Sequence[MapSide], options: Options, framed: Sequence[Framed]) -> Words:
    lang, own, brief = catalogue.languages[options.lang], _own(sides), options.legend != "full"
    how_known = text(lang, "statement.known", how_known=own.proposal.texts["how_known"][lang.tag])
    joined = text(lang, "format.joined").join((own.proposal.texts["short_title"][lang.tag], how_known))
    known = text(lang, "images.known", known=joined)
    drafts = len({one.id for side in sides for one in side.proposals})
    known = text(lang, "compare.uncoloured") if own.changes else known if drafts == 1 else ""
    if options.template == "series" and catalogue.control.maps > 1:
        known = text(lang, "format.sentence").join((known, text(lang, "image_words.unsure_ranges")))
    return Words(
        headline=typographic(headline_text(catalogue, own.proposal, own.edition, options), lang),
        subtitle=typographic(options.subtitle, lang),
        lead=typographic(_lead(lang, sides, brief=options.size[0] <= NARROW_PX), lang),
        known=typographic(known, lang),
        groups=_rows(catalogue, sides, options, framed),
        notes=_notes(catalogue, sides, options)[BRIEF_NOTES if brief else 0 :],
        brief=brief,
    )


def _lead(lang: Language, sides: Sequence[MapSide], *, brief: bool) -> str:
    """What the image says of its proposals beside its headline: that they are none, and whose, unless captions do."""
    drafts = list({one.id: one for side in sides for one in side.proposals}.values())
    if len(drafts) == 1:
        return text(lang, "images.lead_by", by=drafts[0].texts["put_forward_by"][lang.tag])
    short = text(lang, "statement.short_several")
    if len(sides) > 1:
        return text(lang, "images.lead", short=short)
    makers = (one.texts["put_forward_by"][lang.tag] if brief else authored(lang, one) for one in drafts)
    return text(lang, "images.lead_drafts", short=short, drafts=text(lang, "format.clauses").join(makers))


def _rows(
    catalogue: Catalogue, sides: Sequence[MapSide], options: Options, framed: Sequence[Framed]
) -> tuple[LegendGroup, ...]:
    """The legend of all maps; figures stand above several maps, since each has its own."""
    lang, dates = catalogue.languages[options.lang], {side.edition.as_of for side in sides}
    if options.legend == "off":
        return ()
    drafts = len({side.proposal.id for side in sides})
    if changes := sides[0].changes:
        rows = key_of_changes(changes, lang, framed[0], sides[0].catalogue.areas(sides[0].edition))
        return rows if options.areas else without_figures(rows)
    date = text(lang, "images.each_date") if len(dates) > 1 else date_text(lang, *dates)
    short = "" if len(dates) > 1 else short_date(lang, min(dates))
    editions = {(side.catalogue.control.id, side.proposal.id, side.edition.as_of) for side in sides}
    several = len(editions) > 1 or (len(sides) > 1 and options.legend == "key")
    if len(editions) == 1:
        sides, framed = sides[:1], [joined(framed)]
    found = []
    for side, seen in zip(sides, framed, strict=True):
        zones = side.catalogue.areas(side.edition)
        contested = contested_text(lang, side.catalogue, "kind.contested")
        if options.legend == "full":
            found.append(legend(side.proposal, zones, lang, date, contested, side.chosen, seen))
        else:
            words_of = partial(_key_words, lang, side.proposal, short, contested)
            found.append(key(zones, lang, short, words_of, side.chosen, seen, drafts == 1))
    groups = together(found, lang, None if options.legend == "full" else MOST_KEYS * drafts)
    return without_figures(groups) if several or not options.areas else groups


def _key_words(lang: Language, proposal: Proposal, date: str, contested: str, entry: KeyEntry) -> tuple[str, str]:
    return key_label(lang, proposal, entry, date, contested), key_meaning(lang, proposal, entry)


def _notes(catalogue: Catalogue, sides: Sequence[MapSide], options: Options) -> tuple[tuple[str, ...], ...]:
    lang, own = catalogue.languages[options.lang], _own(sides)
    dates = sorted({date for side in sides for date in side.dates})
    drawn = {side.line_date for side in sides}
    date = text(lang, "images.each_date") if len(drawn) > 1 else date_text(lang, *drawn)
    variants = notes(catalogue, own.proposal, own.edition, options, dates)
    if options.legend == "off" or own.changes:
        line, short = text(lang, "images.dashed", date=date), text(lang, "images.dashed_short")
        lines = [line] * (len(variants) - 3) + [short] * 3  # the shortest say the date right after it
        variants = tuple(
            (*variant[:-1], text(lang, "format.sentence").join((line, variant[-1])))
            for line, variant in zip(lines, variants, strict=True)
        )
    return tuple(tuple(typographic(note, lang) for note in variant) for variant in variants)


def _description(words: Words, options: Options, lang: Language) -> str:
    """What the image shows, for those who cannot see it: every row of the legend with its area, and what it states."""
    entries = [_entry(row.label, row.figure, lang) for group in words.groups for row in group.rows]
    listed = text(lang, "format.clauses").join(entries)
    short = text(lang, "statement.short")
    described = text(lang, "images.description", headline=words.headline, short=short, legend=listed)
    stated = words.notes[0] if options.plain else words.notes[-1]
    noted = [text(lang, "images.noted", notes=_noted(options, lang))] if options.note else []
    return text(lang, "format.sentence").join((described, *noted, *stated))


def _noted(options: Options, lang: Language) -> str:
    return text(lang, "format.clauses").join(note.words for note in options.note)


def _entry(label: str, figure: str, lang: Language) -> str:
    return text(lang, "images.entry", label=label, figure=figure) if figure else label


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"numbered": _numbered}
    environment.filters |= {
        "px": number,
        "px2": hundredths,
        "d": path_data,
    }
    environment.globals |= _marks()
    return environment


def _numbered(part: Markup, number: int) -> Markup:
    """A map whose ids end in its number, so that no id stands twice in an image; those of the first stay."""
    if number == 1:
        return part
    return Markup(ID.sub(rf"\g<1>\g<2>-{number}\g<3>", str(part)))


def _marks() -> Mapping[str, Any]:
    return {
        "dash": dash_value,
        "overlay": samples.overlay_attributes,
        "sample": samples.swatch,
        "mark": samples.mark,
        "plant": PLANT,
        "note_mark_px": MARK_PX,
        "halos": halos,
    }
