"""The map of a proposal as a page, and as what other sites show in a frame."""

from collections.abc import Sequence
from typing import Any

from webapp.map import SCRIPTS, SHEETS, Fragment, map_fragment
from webapp.pages.base import asset_url
from webapp.pages.clauses import read_legend, read_undrawn
from webapp.pages.dates import read_slider, slider_data
from webapp.pages.map_layers import display_address
from webapp.pages.proposal import area_table, fill_page
from webapp.settings import Tiles
from webapp.sharing.cards import embed_code
from webapp.site import current_site
from webapp.text.control_maps import credit_text
from webapp.text.interface import text
from webapp.text.reading import Reading
from webapp.text.zones import Zone, read_zones

SPOKEN = ("day", "lit", "unlit", "gone", "copied", "missing")


def map_page(tiles: Tiles | None, reading: Reading, requested: str | None) -> str:
    """The map with its clauses, table and every zone in words."""
    embed = embed_code(reading, requested)
    return fill_page("map", reading, requested, embed=embed, **_map_parts(reading, tiles), **area_table(reading))


def embed_page(tiles: Tiles | None, reading: Reading, requested: str | None) -> str:
    """The map alone, for frames in other sites."""
    return fill_page("embed", reading, requested, **_map_parts(reading, tiles))


def early_links(tiles: Tiles | None, reading: Reading, *more_sheets: str) -> str:
    """A Link header (RFC 8288) with all that a map is drawn with: browsers ask for it before they read the page."""
    fragment = map_fragment(reading.catalogue, reading.proposal, reading.lang, tiles)
    sheets = [f"<{asset_url(name)}>; rel=preload; as=style" for name in (*SHEETS, *more_sheets)]
    scripts = [*map(asset_url, SCRIPTS), _script_address(reading, fragment)]
    layers = [*_layer_addresses(reading).values(), display_address(reading, reading.edition.as_of)]
    return ", ".join(
        (
            *sheets,
            *(f"<{script}>; rel=preload; as=script" for script in scripts),
            *(f"<{layer}>; rel=preload; as=fetch; crossorigin" for layer in layers),
        )
    )


def _script_address(reading: Reading, fragment: Fragment) -> str:
    return reading.address(f"/scripts/{reading.lang}/{reading.proposal.id}.js", v=fragment.script_version)


def _layer_addresses(reading: Reading) -> dict[str, str]:
    """What is drawn on every day."""
    return {
        "ground": display_address(reading, "ground"),
        "towns": display_address(reading, f"towns-{reading.lang}"),
    }


def _map_parts(reading: Reading, tiles: Tiles | None) -> dict[str, Any]:
    """What a map needs: Folium's part and the script that starts it, zones and clauses, days, data and credit."""
    zones = read_zones(reading)
    data = _page_data(reading, zones)
    fragment = map_fragment(reading.catalogue, reading.proposal, reading.lang, tiles)
    return {
        "fragment": fragment.below(current_site().prefix),
        "script_url": _script_address(reading, fragment),
        "zones": zones,
        "legend": read_legend(reading, zones),
        "undrawn": read_undrawn(reading, zones),
        "slider": read_slider(reading),
        "data": data,
        "credit": _credit(reading, tiles),
    }


def _page_data(reading: Reading, drawn: Sequence[Zone]) -> dict[str, Any]:
    """What the scripts read: addresses of what they fetch, the days, each zone's look and words, and words to speak."""
    lang = reading.lang
    zones = {as_of: display_address(reading, as_of) for as_of in reading.proposal.dates}
    spoken = {key: text(lang, f"said.{key}") for key in SPOKEN}
    return {
        "layers": _layer_addresses(reading),
        "zones": zones,
        "about": {zone.id: _about(zone) for zone in drawn},
        "texts": {"failed": text(lang, "map.failed"), "pause": text(lang, "dates.pause")} | spoken,
        **slider_data(reading),
    }


def _about(zone: Zone) -> dict[str, str]:
    return {
        "kind": zone.kind,
        "style": zone.style.key,
        "clause": zone.clause or "",
        "name": zone.name,
        "label": zone.label,
    }


def _credit(reading: Reading, tiles: Tiles | None) -> str:
    lang, catalogue = reading.lang, reading.catalogue
    credit = credit_text("map.credit", lang, catalogue, date=reading.as_of_text)
    return text(reading.lang, "format.sentence").join((credit, tiles.attribution)) if tiles else credit
