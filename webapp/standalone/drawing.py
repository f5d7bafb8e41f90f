"""A proposal's map as a Folium map that stands alone: layers and texts are inside the page."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import folium
from folium.map import CustomPane
from markupsafe import Markup

from layers.catalogue.entries import BuiltFile
from layers.kinds.table import KINDS, kind_of
from layers.reference.water_kinds import RIVER
from webapp.context import View, open_view, unserved
from webapp.images.description.description import statement_text
from webapp.jobs.editions import open_catalogue
from webapp.map.first_view import view_bounds
from webapp.map.folium_elements import attribute_value
from webapp.map.folium_map import (
    EXACTNESS_ZOOM,
    FRAME,
    GROUND_PANES,
    MARK_PANES,
    OPTIONS,
    OUTLINE_PANES,
    OVERLAY_PANES,
    PARTS,
    VIEW_PADDING_PX,
    ZONE_PANES,
)  # fmt: skip
from webapp.map.labels import Label
from webapp.map.path_options import halo_options, path_options
from webapp.pages.clauses import read_legend
from webapp.sharing.cards import page_title
from webapp.standalone.elements import MapSetup, StandaloneMap, StandalonePage
from webapp.standalone.inline_assets import script, stylesheet
from webapp.standalone.labels import labels
from webapp.style import light
from webapp.style.light import HELD_GROUND
from webapp.style.water import water_style
from webapp.text.control_maps import credit_text
from webapp.text.headlines import view_headline
from webapp.text.interface import text
from webapp.text.zones import ZoneWords, as_of_text, read_zones

PANES = GROUND_PANES | ZONE_PANES | OUTLINE_PANES | OVERLAY_PANES | MARK_PANES
POINTED_AT = {*ZONE_PANES, *OVERLAY_PANES}
PARTS_BY_PANE = {
    "ground": ("sea", "land", "neighbours"),
    "outlines": ("oblasts", "coast", "border"),
}
PLAIN = SimpleNamespace(
    CONTEXT=light.CONTEXT,
    PLANT=light.PLANT,
    on_page=lambda style: style,
    fill_value=light.fill_value,
    dash_value=light.dash_value,
)  # what the swatch of a legend asks, with the colours themselves in the place of custom properties
SETTINGS = {**OPTIONS, "attributionControl": False, "zoomControl": False, "maxBounds": FRAME}
SMALLEST = 2  # the level of waters that a map of this size leaves out
TEXTS = ("zoom_in", "zoom_out", "two_fingers", "ctrl_wheel", "cmd_wheel", "km", "m", "exactness")

Feature = Mapping[str, Any]


def folium_map(proposal: str, as_of: str | date | None = None, language: str = "en") -> folium.Map:
    """Return the map of a proposal, which a notebook shows and ``save`` writes as one HTML file.

    Leaflet and all layers are inside: nothing is loaded from the network. Further Folium layers can be added.

    Parameters
    ----------
    proposal
        Id of a proposal, such as ``us-28-points``.
    as_of
        Date as ``YYYY-MM-DD``, ``datetime.date`` or ``latest``; the last control map on or before it is drawn. Without
        one, the proposal's own date.
    language
        Language of all words: ``en``, ``uk`` or ``zh-Hant``.

    Raises
    ------
    UnknownError
        There is no such proposal or language.
    DateError
        The date is none, or before the first control map.
    """
    catalogue = open_catalogue()
    context = unserved(catalogue, catalogue.languages[language])
    return draw_map(open_view(context, proposal, f"{as_of:%Y-%m-%d}" if isinstance(as_of, date) else as_of))


def map_html(view: View, chosen: Sequence[str] = ()) -> bytes:
    """Return the map as an HTML file, the same bytes each time.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    chosen
        Ids of the zones to draw; none for all.
    """
    return draw_map(view, chosen).get_root().render().encode()


def draw_map(view: View, chosen: Sequence[str] = ()) -> folium.Map:
    """Return the map of an edition.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    chosen
        Ids of the zones to draw; none for all.
    """
    zones = {zone.id: zone for zone in read_zones(view) if not chosen or zone.id in chosen}
    display = view.catalogue.display
    shown = [one for one in _features(view, view.edition.products["display"]) if one["id"] in zones]
    ground = _features(view, display["ground"])
    towns = json.loads(view.catalogue.read(display[f"towns-{view.lang}"]))["towns"]
    drawn = StandaloneMap(SETTINGS)
    StandalonePage(_words(view, tuple(zones.values()))).add_child(drawn)
    for name, height in PANES.items():
        drawn.add_child(CustomPane(name, z_index=height, pointer_events=name in POINTED_AT))
    held = json.loads(view.catalogue.read(view.edition.products["display"]))["held"]
    for layer in (*_ground_layers(ground), _held_layer(held), _water_layer(ground), *_zone_layers(shown, zones)):
        drawn.add_child(layer)
    drawn.add_child(MapSetup(_setup(view, shown, zones, labels(view, zones, shown, ground, towns))))
    drawn.count_ids()
    return drawn


def _features(view: View, file: BuiltFile) -> list[Feature]:
    features: list[Feature] = json.loads(view.catalogue.read(file))["features"]
    return features


def _setup(
    view: View, shown: Sequence[Feature], zones: Mapping[str, ZoneWords], names: Sequence[Label]
) -> dict[str, Any]:
    lang = view.lang
    title = view.proposal.texts["short_title"][lang.tag]
    words = {name: text(lang, f"map.{name}") for name in TEXTS}
    return {
        "texts": words | {"label": text(lang, "map.label", title=title, date=as_of_text(view))},
        "frame": FRAME,
        "bounds": view_bounds(shown),
        "padding": VIEW_PADDING_PX,
        "exactness_zoom": EXACTNESS_ZOOM,
        "names": {zone.id: zone.label for zone in zones.values()},
        "labels": names,
        "likes": _likes(zones.values()),
    }


def _likes(zones: Iterable[ZoneWords]) -> dict[str, str | None]:
    """Clause and kind of each zone that parts the country: on one unlike its own no name stands. Of the line, None."""
    lines = {zone.id: None for zone in zones if kind_of(zone.properties).is_line_of_contact}
    return lines | {zone.id: f"{zone.clause} {zone.kind}" for zone in zones if zone.properties["partition"]}


def _ground_layers(ground: Sequence[Feature]) -> Iterator[folium.GeoJson]:
    for pane, parts in PARTS_BY_PANE.items():
        for part in parts:
            named = PARTS.get(part, part)
            features = [
                {"type": "Feature", "id": str(number), "properties": {}, "geometry": one["geometry"]}
                for number, one in enumerate(ground)
                if one["properties"]["part"] == named
            ]
            options = path_options(light.CONTEXT[part])
            yield _layer(part, features, pane, dict.fromkeys((one["id"] for one in features), options))


def _held_layer(held: Mapping[str, Any]) -> folium.GeoJson:
    """What is Russian-held, below all zones."""
    shape = {"type": "Feature", "id": HELD_GROUND, "properties": {}, "geometry": held}
    return _layer(HELD_GROUND, [shape], "held", {HELD_GROUND: path_options(light.CONTEXT[HELD_GROUND])})


def _water_layer(ground: Sequence[Feature]) -> folium.GeoJson:
    """Rivers and waters with names, rivers below the areas that they run through."""
    waters = [one for one in ground if one["properties"]["part"] == "water" and one["properties"]["level"] < SMALLEST]
    waters.sort(key=lambda one: one["properties"]["kind"] != RIVER)
    features = [{"type": "Feature", "id": one["id"], "properties": {}, "geometry": one["geometry"]} for one in waters]
    styles = {one["id"]: path_options(water_style(one["properties"])) for one in waters}
    return _layer("water", features, "water", styles)


def _zone_layers(shown: Sequence[Feature], zones: Mapping[str, ZoneWords]) -> Iterator[folium.GeoJson]:
    """The zones, a layer for each clause and pane, the wider areas of a pane below; lines have a halo below them."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for feature in shown:
        zone = zones[feature["id"]]
        pane: str = KINDS[zone.kind].pane or ("zones" if zone.partition else "overlays")
        groups.setdefault((pane, zone.heading), []).append(_told(feature, zone))
    for (pane, heading), features in groups.items():
        styles = {one["id"]: zones[one["id"]].style for one in features}
        paths = {name: path_options(style) for name, style in styles.items()}
        if pane == "lines":
            yield _layer(heading, features, pane, {name: halo_options(style) for name, style in styles.items()})
            yield _layer(heading, features, pane, paths)
        elif pane == "sites":
            radius = max(style.radius_px for style in styles.values())
            yield _layer(heading, features, pane, paths, marker=_mark(pane, radius), **_pointed_at())
        else:
            yield _layer(heading, features, pane, paths, **_pointed_at())


def _mark(pane: str, radius_px: float) -> folium.CircleMarker:
    mark = folium.CircleMarker(radius=radius_px)
    mark.options["pane"] = pane
    return mark


def _pointed_at() -> dict[str, Any]:
    """Options of a layer whose shapes say what they are."""
    return {"interactive": True, "tooltip": folium.GeoJsonTooltip(["tooltip"], labels=False, sticky=True)}


def _layer(
    name: str, features: list[dict[str, Any]], pane: str, styles: Mapping[str, Mapping[str, Any]], **options: Any
) -> folium.GeoJson:
    """Shapes of a pane, each with its style by id; edges are drawn as they come, or neighbours would move apart."""
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: dict(styles[feature["id"]]),
        name=name, pane=pane, smooth_factor=0, no_clip=True, **{"interactive": False, **options},
    )  # fmt: skip


def _told(feature: Feature, zone: ZoneWords) -> dict[str, Any]:
    """A zone as it stands in the page, with its tooltip, which is HTML."""
    lines = (zone.heading, zone.about, zone.held, zone.proposed)
    tooltip = f"<b>{attribute_value(zone.name)}</b>" + "<br>".join(attribute_value(line) for line in lines if line)
    return {"type": "Feature", "id": zone.id, "properties": {"tooltip": tooltip}, "geometry": feature["geometry"]}


def _words(view: View, zones: Sequence[ZoneWords]) -> dict[str, Any]:
    """The values of the page's template."""
    lang, catalogue, proposal = view.lang, view.catalogue, view.proposal
    texts = {name: words[lang.tag] for name, words in proposal.texts.items()}
    headline = view_headline(view)
    return {
        "lang": lang.tag,
        "t": partial(text, lang),
        "title": page_title(lang, headline.short),
        "headline": headline,
        "texts": texts,
        "as_of": as_of_text(view),
        "data_version": catalogue.data_version,
        "stylesheet": Markup(stylesheet()),
        "script": Markup(script()),
        "patterns": Markup("".join(light.pattern_svg(style) for style in light.patterned_styles())),
        "legend": read_legend(view, zones),
        "style": PLAIN,
        "statement": statement_text(catalogue, proposal, view.edition, lang),
        "credit": credit_text("map.credit", lang, catalogue, date=as_of_text(view)),
    }
