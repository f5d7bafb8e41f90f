"""How the scripts of maps draw waters and write names, on the map page and on the page to draw on."""

from typing import Any

from layers.reference.water_kinds import DRAINED
from layers.text.languages import Language, suffix
from webapp.labels.ranks import RANKS
from webapp.map.path_options import path_options
from webapp.style.light import on_page
from webapp.style.water import LEVELS, water_style
from webapp.text.interface import PLAIN_REGIONS, text, texts

# Where names of countries and seas stand: longitude, latitude; the countries by their id in the neighbours' layer.
COUNTRY_LABELS = {
    "RUS": (41.2, 49.4),
    "BLR": (28.3, 52.8),
    "POL": (22.3, 51.6),
    "SVK": (20.9, 48.75),
    "HUN": (21.0, 47.2),
    "ROU": (25.3, 45.9),
    "MDA": (28.4, 47.25),
    "BGR": (25.6, 42.7),
    "TUR": (33.5, 41.45),
    "GEO": (42.6, 42.25),
}
SEA_LABELS = {"black_sea": (32.3, 43.9), "sea_of_azov": (36.6, 46.12)}
UKRAINE_LABEL = (30.7, 49.15)


def name_settings(lang: Language) -> dict[str, dict[str, Any]]:
    """Return how names are written on a map, by what they are of, in the order in which they are drawn."""
    name = f"name_{suffix(lang.tag)}"
    return {
        "countries": {"name": name, "places": COUNTRY_LABELS, "seas": named_places(lang), "ranks": RANKS},
        "waters": {**water_names(lang), "ranks": RANKS},
        "regions": {"name": name, "pattern": texts(lang)["map.region"], "plain": PLAIN_REGIONS, "ranks": RANKS},
        "towns": {"ranks": RANKS},
    }


def water_settings() -> dict[str, Any]:
    """Return how waters are drawn: rivers, drained beds and (by ``water``) all others, by level, from which zoom on."""
    kinds = {"river": "river", DRAINED: DRAINED, "water": "lake"}
    styles = {
        name: [path_options(on_page(water_style({"kind": kind, "level": level}))) for level in range(len(LEVELS))]
        for name, kind in kinds.items()
    }
    return {"pane": "water", "styles": styles, "zooms": [level.drawn_zoom for level in LEVELS]}


def water_names(lang: Language) -> dict[str, Any]:
    """What names waters: the property with their name, the pattern for a drained bed, and the zooms of their levels."""
    zooms = [level.named_zoom for level in LEVELS]
    return {"name": f"name_{suffix(lang.tag)}", "drained": texts(lang)["map.drained"], "zooms": zooms}


def named_places(lang: Language) -> list[dict[str, Any]]:
    """Return the names of Ukraine and the seas, each with its place and kind."""
    seas = [{"text": text(lang, f"map.{key}"), "at": place, "kind": "sea"} for key, place in SEA_LABELS.items()]
    return [{"text": text(lang, "map.ukraine"), "at": UKRAINE_LABEL, "kind": "land"}, *seas]
