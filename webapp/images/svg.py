"""The image of an edition as SVG: layout, words and map put into one template."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from layers.catalogue import Catalogue, Edition, Proposal, find_edition
from webapp.control import contested_text, credit_text, maker_text, source_text
from webapp.images import samples
from webapp.images.drawing import draw
from webapp.images.fonts import FAMILY
from webapp.images.frame import Rectangle
from webapp.images.legend import legend
from webapp.images.options import Options
from webapp.images.panel import Words, lay_out
from webapp.images.scene import files_of
from webapp.images.shapes import path_data
from webapp.images.styling import pattern
from webapp.images.wrapping import typographic
from webapp.language import date_text, property_text, text
from webapp.styles import CONTEXT, INK, INK_SOFT, all_zone_styles, dash_value, fill_value, zone_styles

TEMPLATES = Path(__file__).parents[1] / "templates"
TEMPLATE = "image.svg.j2"
PANEL_WIDTH_PX = 424


def svg_text(catalogue: Catalogue, proposal: Proposal, requested: str | None, options: Options) -> str:
    """The image as SVG text. Raises DateError, UnknownError, PanelError."""
    lang = options.lang
    asked, edition = find_edition(proposal, requested)
    width, height = options.size
    words = words_of(catalogue, proposal, edition, lang)
    area = Rectangle(PANEL_WIDTH_PX, 0, width - PANEL_WIDTH_PX, height)
    drawing = draw(files_of(catalogue, edition), area, lang)
    return _environment().get_template(TEMPLATE).render(
        width=width, height=height, lang=lang, family=FAMILY, map=area,
        proposal=proposal.id, requested=asked, as_of=edition.as_of, data_version=catalogue.data_version,
        headline=words.headline, description=_description(words, lang),
        panel=lay_out(words, Rectangle(0, 0, PANEL_WIDTH_PX, height)),
        drawing=drawing, scene=drawing.scene, bar=drawing.bar, inset=drawing.locator.rectangle,
        styles=zone_styles(catalogue.areas(edition)),
        name=lambda shape: property_text(lang, shape.properties, "name"),
    )  # fmt: skip


def words_of(catalogue: Catalogue, proposal: Proposal, edition: Edition, lang: str) -> Words:
    """What the panel of an image says, in a language."""
    contested = contested_text(lang, catalogue, "kind.contested")
    groups = legend(proposal, edition, catalogue.areas(edition), lang, contested)
    filled = {
        "how_known": proposal.texts["how_known"][lang],
        "date": date_text(lang, edition.as_of),
        "source": source_text(lang, catalogue),
    }
    known = text(lang, "statement.known", how_known=filled["how_known"])
    coverage = proposal.texts.get("coverage_note")
    maker = maker_text(lang, catalogue)
    notes = (
        *([coverage[lang]] if coverage else []),
        text(lang, "statement.full", **filled),
        text(lang, "format.sentence").join(
            (credit_text("map.credit", lang, catalogue, date=filled["date"]), text(lang, "images.made", maker=maker))
        ),
    )
    return Words(
        headline=typographic(proposal.texts["headline"][lang], lang),
        lead=typographic(text(lang, "images.lead", short=text(lang, "statement.short")), lang),
        known=typographic(text(lang, "images.known", known=known), lang),
        groups=groups,
        notes=tuple(typographic(note, lang) for note in notes),
    )


def _description(words: Words, lang: str) -> str:
    """What the image shows, for those who cannot see it: every row of the legend with its area."""
    entries = [_entry(row.label, row.figure, lang) for group in words.groups for row in group.rows]
    listed = text(lang, "format.clauses").join(entries)
    short = text(lang, "statement.short")
    return text(lang, "images.description", headline=words.headline, short=short, legend=listed)


def _entry(label: str, figure: str, lang: str) -> str:
    return text(lang, "images.entry", label=label, figure=figure) if figure else label


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"px": samples.number, "d": path_data}
    environment.globals |= _marks()
    return environment


def _marks() -> dict[str, Any]:
    return {
        "context": CONTEXT,
        "ink": INK,
        "soft": INK_SOFT,
        "patterns": [style for style in all_zone_styles() if style.hatch],
        "pattern": lambda style: Markup(pattern(style)),  # made from our own table
        "dash": dash_value,
        "fill": fill_value,
        "overlay": samples.overlay_attributes,
        "sample": samples.swatch,
        "diamond": samples.diamond,
    }
