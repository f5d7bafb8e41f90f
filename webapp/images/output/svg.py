"""The image of an edition as SVG: layout, words and map put into one template."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo.projection import Extent
from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.text.languages import Language
from webapp.images.description.description import headline_text, notes
from webapp.images.drawing import Drawing, MapView, draw, frame_of
from webapp.images.layout import samples
from webapp.images.layout.layout import Layout, lay_out
from webapp.images.layout.legend import LegendGroup, key, legend, without_figures
from webapp.images.layout.panel import Words
from webapp.images.layout.style import look_of
from webapp.images.map.coverage import TOLERANCE_PX
from webapp.images.map.extent import AUTO, NAMED, chosen_extent, extent_around
from webapp.images.map.hatching import hatch_data
from webapp.images.map.held import held_ground, is_seen
from webapp.images.map.projection_frame import SOUTH_EAST
from webapp.images.map.scene import files_of
from webapp.images.options.options import LONGEST, Options
from webapp.images.options.places import place_degrees
from webapp.images.options.zones import chosen_zones
from webapp.style.light import dash_value
from webapp.svg_path import hundredths, number, path_data
from webapp.text.control_maps import contested_text
from webapp.text.interface import property_text, text
from webapp.typography.fonts import FAMILY
from webapp.typography.line_breaking import typographic
from webapp.typography.signs import check_words, drawable

TEMPLATES = Path(__file__).parents[2] / "templates"
TEMPLATE = "image.svg.j2"
BRIEF_NOTES = 2  # the first of the notes that an article has room for


def svg_text(catalogue: Catalogue, proposal: Proposal, requested: str | None, options: Options) -> str:
    """Return the image as SVG text.

    Parameters
    ----------
    catalogue
        The catalogue.
    proposal
        The proposal.
    requested
        ISO date, ``latest``, or None for the proposal's own date.
    options
        Options of the image.

    Raises
    ------
    DateError, OptionError, LimitError, PanelError, FontError
        If the image cannot be drawn; the message says why.
    """
    asked, edition = find_edition(proposal, requested)
    for name in LONGEST:
        check_words(name, getattr(options, name))
    lang, chosen = catalogue.languages[options.lang], chosen_zones(options, catalogue.areas(edition))
    words = words_of(catalogue, proposal, edition, options)
    layout, drawing = composed(catalogue, edition, words, options)
    look = look_of(options, catalogue.areas(edition), chosen)
    drawn = _environment().get_template(TEMPLATE).render(
        lang=options.lang, family=FAMILY, size=options.size, transparent=options.transparent, plain=options.plain,
        proposal=proposal.id, requested=asked, as_of=edition.as_of, data_version=catalogue.data_version,
        headline=words.headline, description=_description(words, options, lang),
        layout=layout, map=drawing.scene.frame.rectangle, drawing=drawing, scene=drawing.scene, bar=drawing.bar,
        look=look,
        margins=layout.map.around(drawing.scene.frame.rectangle),
        name=lambda shape: drawable(property_text(lang, shape.properties, "name")),
    )  # fmt: skip
    if options.text != "paths":
        return drawn
    from webapp.typography.text_to_path import outline_text  # reads the fonts themselves, with all that takes

    return outline_text(drawn)


def composed(catalogue: Catalogue, edition: Edition, words: Words, options: Options) -> tuple[Layout, Drawing]:
    """Layout and map of an image: the key on the map where it hides nothing of what is chosen, else below it."""
    lang, chosen = catalogue.languages[options.lang], chosen_zones(options, catalogue.areas(edition))
    files, extent = files_of(catalogue, edition), extent_of(catalogue, edition, options)
    layout = lay_out(words, options.size, plain=options.plain)
    drawing = draw(files, view_of(layout, options, lang, chosen, extent))
    if not layout.keys:
        return layout, drawing
    if drawing.key is not None:
        return layout.with_key_at(drawing.key), drawing
    layout = lay_out(words, options.size, over=False)
    return layout, draw(files, view_of(layout, options, lang, chosen, extent))


def extent_of(catalogue: Catalogue, edition: Edition, options: Options) -> Extent:
    """Return the extent requested; without one, what is chosen of the zones. Raises OptionError, LimitError."""
    if options.extent in NAMED:
        return NAMED[options.extent]
    zones = catalogue.store.features(edition.products["layer"].path)
    if options.extent != AUTO:
        place = place_degrees(options.extent, catalogue)
        return Extent(*place) if place else chosen_extent(options.extent, zones)
    chosen = chosen_zones(options, catalogue.areas(edition)) if options.zones or options.clauses else frozenset()
    framed = [zone for zone in zones if zone.id in chosen and zone.properties["partition"]]
    return extent_around(framed) if framed else SOUTH_EAST


def view_of(
    layout: Layout, options: Options, lang: Language, chosen: frozenset[str], extent: Extent = SOUTH_EAST
) -> MapView:
    """What the map of an image shows."""
    return MapView(
        layout.map,
        lang,
        chosen,
        extent,
        labels=options.labels,
        inset=options.inset,
        graticule=options.graticule,
        tolerance_px=round(TOLERANCE_PX / layout.factor, 3),
        keys=tuple((key.width, key.height) for key in layout.keys),
    )


def _shows_held(catalogue: Catalogue, edition: Edition, words: Words, options: Options) -> bool:
    """Whether the map shows Russian-held territory as such: then the legend names it."""
    chosen, files = chosen_zones(options, catalogue.areas(edition)), files_of(catalogue, edition)
    layout, extent = lay_out(words, options.size, plain=options.plain), extent_of(catalogue, edition, options)
    frame = frame_of(view_of(layout, options, catalogue.languages[options.lang], chosen, extent))
    above = [zone for zone in files.store.features(files.layer.path) if zone.id in chosen]
    return is_seen(held_ground(files.store, files.display), above, frame)


def words_of(catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options) -> Words:
    """What an image says besides its map."""
    words = _words(catalogue, proposal, edition, options, held=True)
    if not words.groups or _shows_held(catalogue, edition, words, options):
        return words
    return _words(catalogue, proposal, edition, options, held=False)


def _words(catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options, *, held: bool) -> Words:
    """The same; ``held``: the map shows Russian-held territory beside the zones."""
    lang, zones = catalogue.languages[options.lang], catalogue.areas(edition)
    contested = contested_text(lang, catalogue, "kind.contested")
    groups = legend(proposal, edition, zones, lang, contested, chosen_zones(options, zones), held)
    groups = groups if options.areas else without_figures(groups)
    brief = options.legend != "full"
    how_known = text(lang, "statement.known", how_known=proposal.texts["how_known"][lang.tag])
    known = text(lang, "format.joined").join((proposal.texts["short_title"][lang.tag], how_known))
    return Words(
        headline=typographic(headline_text(catalogue, proposal, edition, options), lang),
        subtitle=typographic(options.subtitle, lang),
        lead=typographic(text(lang, "images.lead", short=text(lang, "statement.short")), lang),
        known=typographic(text(lang, "images.known", known=known), lang),
        groups=_groups(groups, options),
        notes=_notes(catalogue, proposal, edition, options)[BRIEF_NOTES if brief else 0 :],
        brief=brief,
    )


def _groups(groups: tuple[LegendGroup, ...], options: Options) -> tuple[LegendGroup, ...]:
    """The rows that an image has: all, the few of a key, or none."""
    return {"full": groups, "key": key(groups), "off": ()}[options.legend]


def _notes(catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options) -> tuple[tuple[str, ...], ...]:
    lang, variants = catalogue.languages[options.lang], notes(catalogue, proposal, edition, options)
    return tuple(tuple(typographic(note, lang) for note in variant) for variant in variants)


def _description(words: Words, options: Options, lang: Language) -> str:
    """What the image shows, for those who cannot see it: every row of the legend with its area, and what it states."""
    entries = [_entry(row.label, row.figure, lang) for group in words.groups for row in group.rows]
    listed = text(lang, "format.clauses").join(entries)
    short = text(lang, "statement.short")
    described = text(lang, "images.description", headline=words.headline, short=short, legend=listed)
    stated = words.notes[0] if options.plain else words.notes[-1]
    return text(lang, "format.sentence").join((described, *stated))


def _entry(label: str, figure: str, lang: Language) -> str:
    return text(lang, "images.entry", label=label, figure=figure) if figure else label


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"px": number, "px2": hundredths, "d": path_data, "hatched": hatch_data}
    environment.globals |= _marks()
    return environment


def _marks() -> Mapping[str, Any]:
    return {
        "dash": dash_value,
        "overlay": samples.overlay_attributes,
        "marks": samples.hatch_attributes,
        "sample": samples.swatch,
        "diamond": samples.diamond,
    }
