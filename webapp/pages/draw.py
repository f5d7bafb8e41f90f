"""The page to draw a line or an area on: what its script reads, and its texts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from layers.catalogue.model import Proposal
from layers.kinds.table import kind_of
from layers.places.registered import WHOLE_UNITS
from layers.products.registry import PRODUCTS
from layers.proposal.starting import drawing_file
from layers.reference.extent import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG
from layers.text.languages import Language, suffix
from webapp.context import Context, View, own_view
from webapp.map.first_view import first_view
from webapp.map.names import name_settings, water_settings
from webapp.map.path_options import path_options, zone_options
from webapp.pages.base import Choice, render
from webapp.pages.clauses import Key, KeyRow, read_key
from webapp.pages.days import days_data
from webapp.pages.map_layers import display_address
from webapp.sharing.cards import share_home
from webapp.style.light import CONTEXT, HELD_GROUND, all_zone_styles, on_page, zone_styles
from webapp.text.interface import text, texts
from webapp.text.zones import read_zones

PATH = "/draw"
PARTS = ("sea", "land", "neighbours", "oblasts", "coast", "border")
LAYERS = {"oblasts": "/context/oblasts.geojson", "rivers": "/context/hydrography.geojson"}

# Texts that other pages have, too.
SHOWN = {
    "position": "tools.position",
    "oblast": "map.region",
    "zoom_in": "map.zoom_in",
    "zoom_out": "map.zoom_out",
    "and": "format.clauses",
    "colon": "format.colon",
    "sentence": "format.sentence",
}


def draw_page(context: Context) -> str:
    """Return the page to draw on; proposal, date and drawing are read by its script from the URL.

    Parameters
    ----------
    context
        Site, language and control map.
    """
    lang = context.lang
    views = [own_view(context, proposal) for proposal in _latest_first(context)]
    return render(
        "draw.html",
        context,
        path=PATH,
        shared=share_home(context, PATH),
        proposals=[Choice(view.proposal.id, view.proposal.texts["short_title"][lang.tag]) for view in views],
        name="draw",
        keys={view.proposal.id: _key(view) for view in views},
        data=_data(context, views),
    )


def _latest_first(context: Context) -> list[Proposal]:
    return sorted(context.catalogue.proposals.values(), key=lambda one: (one.date, one.id), reverse=True)


# Entries of a key that name the date of the proposal's own control map, and what they are called here on any date.
UNDATED = {HELD_GROUND: "kind.held", "line": "kind.line"}


def _key(view: View) -> Key:
    """The key of what lies below a drawing, on any date: without figures, numbers of clauses and places."""
    drawn = [zone for zone in read_zones(view) if zone.partition or kind_of(zone.properties).is_line_of_contact]
    key = read_key(view, drawn)
    return Key(tuple(_undated(view.lang, key.entries)), tuple(_undated(view.lang, key.signs)))


def _undated(lang: Language, rows: tuple[KeyRow, ...]) -> Iterator[KeyRow]:
    for row in rows:
        label = text(lang, UNDATED[row.key]) if row.key in UNDATED else row.label
        yield replace(row, label=label, figure="", numbers="", folded=False)


def _data(context: Context, views: list[View]) -> dict[str, Any]:
    """What the script reads: URLs of files, dates, names, styles and texts."""
    lang, version = context.lang, context.catalogue.data_version
    first = views[0]
    shared = {name: context.address(path, v=version) for name, path in LAYERS.items()}
    return {
        "map": {"west": WEST_DEG, "south": SOUTH_DEG, "east": EAST_DEG, "north": NORTH_DEG},
        "files": shared | {name: display_address(first, file) for name, file in _files(lang).items()},
        "proposals": {view.proposal.id: _proposal(view) for view in views},
        "name": f"name_{suffix(lang.tag)}",
        "names": name_settings(lang),
        "water": water_settings(),
        "wholeUnits": WHOLE_UNITS,
        "styles": {
            **{part: path_options(on_page(CONTEXT[part])) for part in (*PARTS, HELD_GROUND)},
            **{style.key: zone_options(style) for style in all_zone_styles()},
        },
        "proposalFile": drawing_file(),
        "texts": _texts(lang),
    }


def _files(lang: Language) -> dict[str, str]:
    return {"ground": "ground", "places": "places", "towns": f"towns-{lang.tag}"}


def _texts(lang: Language) -> dict[str, str]:
    own = {key.removeprefix("draw."): words for key, words in texts(lang).items() if key.startswith("draw.")}
    return own | {name: text(lang, key) for name, key in SHOWN.items()}


def _proposal(view: View) -> dict[str, Any]:
    """The dates of a proposal, the URL of the zones of one, and the styles of zones."""
    layer, zones = PRODUCTS["layer"].url, view.catalogue.areas(view.edition)
    return {
        "looks": {zone_id: style.key for zone_id, style in zone_styles(zones).items()},
        "own": view.edition.as_of,
        "view": first_view(view.catalogue, view.proposal),
        "images": view.address(f"/{view.lang}/images/{view.proposal.id}"),
        "dates": days_data(view.lang, view.dates),
        "layer": view.address(layer.format(proposal=view.proposal.id, date="{date}")),
    }
