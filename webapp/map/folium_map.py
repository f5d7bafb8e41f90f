"""A proposal's map as Folium elements: panes from the bottom up, layers to fetch, the view."""

from collections.abc import Iterator
from typing import Any

from folium.map import CustomPane

from layers.kinds.table import KINDS
from layers.reference.extent import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG
from layers.text.languages import Language
from webapp.javascript import NAMESPACE
from webapp.map.first_view import Bounds
from webapp.map.folium_elements import BackgroundTiles, FetchedLayer, FirstView, ProposalMap
from webapp.map.names import name_settings, water_settings
from webapp.map.parts import SCRIPTS, SHEETS, Fragment
from webapp.map.path_options import path_options, zone_options
from webapp.settings import Tiles
from webapp.static_files import asset_path
from webapp.style.light import CONTEXT, HELD_GROUND, OWN_LINE, all_zone_styles, on_page
from webapp.text.interface import text

# Panes from below, each with its z-index; what readers can hit is in those of zones and overlays.
GROUND_PANES = {"ground": 300, "held": 305}
ZONE_PANES = {"zones": 400}
OUTLINE_PANES = {"water": 405, "outlines": 410}
OVERLAY_PANES = {"overlays": 420, "lines": 430, "sites": 440}
MARK_PANES = {"marks": 450, "labels": 460}

# Parts of the base map with another name where they are drawn.
PARTS = {"neighbours": "neighbour"}

# What the elements call.
IMPORT = f"const {{ createMap, drawLayer, showFirstView }} = {NAMESPACE};"
TEXTS = (
    "zoom_in", "zoom_out", "reset", "full", "leave_full", "two_fingers", "ctrl_wheel", "cmd_wheel", "km", "m",
    "exactness",
)  # fmt: skip

# What is seen stays a little inside the frame of the context layers: [[south, west], [north, east]].
INSET_DEG = 0.05
FRAME = [
    [round(SOUTH_DEG + INSET_DEG, 2), round(WEST_DEG + INSET_DEG, 2)],
    [round(NORTH_DEG - INSET_DEG, 2), round(EAST_DEG - INSET_DEG, 2)],
]
# The data end at about 1:500,000: a pixel of 0.28 mm is 140 m there. Near that zoom the map says how exact it is.
NEAREST_ZOOM, EXACTNESS_ZOOM = 9.5, 8.75
OPTIONS = {
    "maxBoundsViscosity": 1,
    "zoomSnap": 0.01,
    "zoomDelta": 0.75,
    "wheelPxPerZoomLevel": 110,
    "maxZoom": NEAREST_ZOOM,
}
OVER_TILES = 0.55
VIEW_PADDING_PX = (14, 14)


def draw(title: str, view: Bounds, lang: Language, tiles: Tiles | None = None) -> Fragment:
    """Return the fragment of a proposal's map in a language, the same for every date.

    Parameters
    ----------
    title
        The proposal's title in the language.
    view
        Bounds that the map shows at first, in degrees.
    lang
        Language of the text.
    tiles
        The operator's background tiles; None for the included base map.
    """
    chart = _empty_map(title, lang)
    for panes, pointed_at in (
        (GROUND_PANES, False),
        (ZONE_PANES, True),
        (OUTLINE_PANES, False),
        (OVERLAY_PANES, True),
        (MARK_PANES, False),
    ):
        for name, height in panes.items():
            chart.add_child(CustomPane(name, z_index=height, pointer_events=pointed_at))
    if tiles:
        chart.add_child(BackgroundTiles(tiles.url))
    for layer in _layers(lang, ground=tiles is None):
        chart.add_child(layer)
    chart.add_child(FirstView(view, padding=VIEW_PADDING_PX))
    return _fragment(chart)


def _empty_map(title: str, lang: Language) -> ProposalMap:
    return ProposalMap(
        label=title,
        settings={
            "frame": FRAME,
            "options": OPTIONS,
            "exactnessZoom": EXACTNESS_ZOOM,
            "texts": {name: text(lang, f"map.{name}") for name in TEXTS},
        },
        scripts=[(name, asset_path(name)) for name in SCRIPTS],
        sheets=[(name, asset_path(name)) for name in SHEETS],
    )


def _layers(lang: Language, ground: bool) -> Iterator[FetchedLayer]:
    """The layers as they are drawn, the zones first: panes put them in their order from below.

    Without the ground where an operator's tiles show it.
    """
    styles = {style.key: zone_options(style) for style in all_zone_styles()}
    yield FetchedLayer(
        "zones", "zones", kinds=_kinds(), styles=styles, own=zone_options(OWN_LINE), held=held_options(ground)
    )
    if ground:
        for part in ("sea", "land", "neighbours"):
            yield FetchedLayer(
                "ground", "part", part=PARTS.get(part, part), pane="ground", style=path_options(on_page(CONTEXT[part]))
            )
    yield FetchedLayer("ground", "water", **water_settings())
    for part in ("oblasts", "coast", "border"):
        yield FetchedLayer("ground", "part", part=part, pane="outlines", style=path_options(on_page(CONTEXT[part])))
    for what, settings in name_settings(lang).items():
        yield FetchedLayer("towns" if what == "towns" else "ground", what, **settings)


def _kinds() -> dict[str, dict[str, Any]]:
    """What the page's scripts know of each kind of zone.

    Its pane, whether no clause treats it, whether its zones lie in one another, whether it is the line of contact.
    """
    return {
        kind.key: {
            "pane": kind.pane,
            "minor": kind.minor,
            "nested": kind.nested,
            "contact": kind.is_line_of_contact,
        }
        for kind in KINDS.values()
    }


def held_options(ground: bool) -> dict[str, Any]:
    """What is Russian-held as Leaflet's path options; over an operator's tiles it lets them through."""
    return path_options(on_page(CONTEXT[HELD_GROUND])) | ({} if ground else {"fillOpacity": OVER_TILES})


def _fragment(chart: ProposalMap) -> Fragment:
    figure: Any = chart.get_root()
    figure.render()
    links = {name: child.render() for name, child in figure.header._children.items()}
    return Fragment(
        sheets="\n".join(links[name].replace("/>", ">") for name in SHEETS),  # as the rest of a page ends its links
        body=_tidy(figure.html.render()),
        scripts="\n".join(links[name] for name in SCRIPTS),
        start=f"{IMPORT}\n{_tidy(figure.script.render())}",
    )


def _tidy(rendered: str) -> str:
    lines = (line.strip() for line in rendered.splitlines())
    return "\n".join(line for line in lines if line)
