"""The map of a proposal as a page, and as what other sites show in a frame."""

from typing import Any

from webapp.control import credit_text
from webapp.display import display_address
from webapp.language import text
from webapp.legend import read_legend, read_undrawn
from webapp.map import map_fragment
from webapp.pages import area_table, fill_page
from webapp.sharing import embed_code
from webapp.site import Tiles, current_site
from webapp.slider import read_slider, slider_data
from webapp.zones import Reading, read_zones

SPOKEN = ("day", "lit", "unlit", "gone", "copied", "missing")


def map_page(tiles: Tiles | None, reading: Reading, requested: str | None) -> str:
    """The map with its clauses, table and every zone in words."""
    embed = embed_code(reading, requested)
    return fill_page("map", reading, requested, embed=embed, **_map_parts(reading, tiles), **area_table(reading))


def embed_page(tiles: Tiles | None, reading: Reading, requested: str | None) -> str:
    """The map alone, for frames in other sites."""
    return fill_page("embed", reading, requested, **_map_parts(reading, tiles))


def _map_parts(reading: Reading, tiles: Tiles | None) -> dict[str, Any]:
    """What a map needs: Folium's part and the script that starts it, zones and clauses, days, data and credit."""
    zones, data = read_zones(reading), _page_data(reading)
    fragment = map_fragment(reading.catalogue, reading.proposal, reading.lang, tiles)
    path = f"/scripts/{reading.lang}/{reading.proposal.id}.js"
    return {
        "fragment": fragment.below(current_site().prefix),
        "script_url": reading.address(path, v=fragment.script_version),
        "zones": zones,
        "legend": read_legend(reading, zones),
        "undrawn": read_undrawn(reading, zones),
        "slider": read_slider(reading),
        "data": data,
        "preloads": (*data["layers"].values(), data["zones"][reading.edition.as_of]),
        "credit": _credit(reading, tiles),
    }


def _page_data(reading: Reading) -> dict[str, Any]:
    """What the scripts read: addresses of what they fetch, the days, and words that they show or speak."""
    lang = reading.lang
    layers = {"ground": display_address(reading, "ground"), "towns": display_address(reading, f"towns-{lang}")}
    zones = {as_of: display_address(reading, as_of) for as_of in reading.proposal.dates}
    spoken = {key: text(lang, f"said.{key}") for key in SPOKEN}
    return {
        "layers": layers,
        "zones": zones,
        "texts": {"failed": text(lang, "map.failed"), "pause": text(lang, "dates.pause")} | spoken,
        **slider_data(reading),
    }


def _credit(reading: Reading, tiles: Tiles | None) -> str:
    lang, catalogue = reading.lang, reading.catalogue
    credit = credit_text("map.credit", lang, catalogue, date=reading.as_of_text)
    return text(reading.lang, "format.sentence").join((credit, tiles.attribution)) if tiles else credit
