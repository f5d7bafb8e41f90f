"""The map of a proposal as a page, and as what other sites show in a frame."""

from collections.abc import Collection, Sequence
from typing import Any

from layers.kinds.table import kind_of
from webapp.context import View
from webapp.map import SCRIPTS, SHEETS, Fragment, map_fragment
from webapp.map.labels import chief_towns, label_of, shared_labels
from webapp.pages.base import asset_url, day_choices
from webapp.pages.clauses import read_key, read_legend, read_undrawn
from webapp.pages.dates import read_slider, slider_data
from webapp.pages.map_layers import display_address, zones_data
from webapp.pages.proposal import area_table, fill_page, page_path
from webapp.pages.tools import TOOL_STATES, read_changes, tools_data, within_text
from webapp.settings import EMBED
from webapp.sharing.cards import embed_code
from webapp.text.control_maps import credit_text
from webapp.text.headlines import headlines
from webapp.text.interface import text
from webapp.text.zones import ZoneWords, as_of_text, read_zones
from webapp.typography.line_breaking import unbroken

LIGHT = "light"
# What a frame may look like, each with the color-scheme of its page. Most sites that frame a map have no dark side.
THEMES = {LIGHT: "light", "dark": "dark", "auto": "light dark"}
SHOWN = {"failed": "map.failed", "pause": "dates.pause", "also": "zone.also_here", "copy": "zone.copy"}
SPOKEN = ("day", "lit", "unlit", "gone", "copied", "missing")


def map_page(view: View, requested: str | None) -> str:
    """Return the page of a map, with clauses, table and every zone in words.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    """
    embed = embed_code(view, requested)
    parts = _map_parts("map", view, tuple(TOOL_STATES))
    return fill_page("map", view, requested, embed=embed, **parts, **area_table(view))


def embed_page(view: View, requested: str | None, theme: str = LIGHT, tools: Collection[str] = ()) -> str:
    """Return the map alone, for frames in other sites.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    theme
        A name of THEMES: that of the site, or of the reader's screen.
    tools
        Names of TOOL_STATES that lie over the map.
    """
    looks = {"theme": theme, "sheet": themed_sheet("map", theme), "scheme": THEMES[theme]}
    return fill_page("embed", view, requested, **looks, **_map_parts(EMBED, view, tools))


def early_links(view: View, sheets: Sequence[str] = SHEETS) -> str:
    """Return a Link header (RFC 8288) with all that a map loads, so that browsers request it before they read the page.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    sheets
        File names of the stylesheets.
    """
    fragment, site = _fragment(view), view.context.site
    styles = [f"<{asset_url(site, name)}>; rel=preload; as=style" for name in sheets]
    layers = [display_address(view, view.edition.as_of), *_layer_addresses(view).values()]
    return ", ".join(
        (
            *styles,
            *(f"<{asset_url(site, name)}>; rel=preload; as=script" for name in SCRIPTS),
            f"<{_start_url(view, fragment)}>; rel=preload; as=script",
            *(f"<{layer}>; rel=preload; as=fetch; crossorigin" for layer in layers),
        )
    )


def themed_sheet(bundle: str, theme: str) -> str:
    """Return the name of a bundle of stylesheets in a theme.

    Parameters
    ----------
    bundle
        Name of the bundle, such as ``map``.
    theme
        A name of THEMES.
    """
    return f"{bundle}.bundle.css" if theme == "auto" else f"{bundle}.{theme}.css"


def _fragment(view: View) -> Fragment:
    return map_fragment(view.catalogue, view.proposal, view.lang, view.context.site.tiles)


def _start_url(view: View, fragment: Fragment) -> str:
    """The URL of the script that starts this map with what all maps share."""
    return view.address(f"/scripts/{view.lang}/{view.proposal.id}.js", v=fragment.script_version)


def _layer_addresses(view: View) -> dict[str, str]:
    """What is drawn on every day."""
    return {
        "ground": display_address(view, "ground"),
        "towns": display_address(view, f"towns-{view.lang}"),
    }


def _map_parts(name: str, view: View, tools: Collection[str]) -> dict[str, Any]:
    """What a map needs: Folium's part and the script that starts it, zones, clauses, days, tools, data, credit."""
    zones = read_zones(view)
    changes = read_changes(view) if "changes" in tools else None
    data = _page_data(view, zones) | {"page": view.dated_address(page_path(name, view))}
    data |= {"tools": tools_data(view, changes)} if tools else {}
    fragment = _fragment(view)
    return {
        "fragment": fragment.below(view.context.site.prefix),
        "start_url": _start_url(view, fragment),
        "zones": zones,
        "key": read_key(view, zones),
        "legend": read_legend(view, zones),
        "undrawn": read_undrawn(view, zones),
        "slider": read_slider(view),
        "days": day_choices(view, text(view.lang, "timeline.day")),
        "tools": [tool for tool in tools if tool != "changes" or changes],
        "changes": changes,
        "data": data,
        "credit": _credit(view),
    }


def _page_data(view: View, drawn: Sequence[ZoneWords]) -> dict[str, Any]:
    """What the scripts read: URLs to fetch, the dates, style and text of each zone, and texts for screen readers."""
    lang = view.lang
    spoken = {key: text(lang, f"said.{key}") for key in SPOKEN}
    return {
        "layers": _layer_addresses(view),
        "zones": zones_data(view),
        "about": {zone.id: _about(view, zone) for zone in drawn},
        "sharedLabels": shared_labels(view, drawn),
        "chiefTowns": chief_towns(drawn),
        "headlines": _headlines(view, drawn),
        "texts": {name: text(lang, key) for name, key in SHOWN.items()} | spoken,
        **slider_data(view),
    }


def _headlines(view: View, zones: Sequence[ZoneWords]) -> list[tuple[str, tuple[str, ...], str]]:
    """All headlines of a date, each with the zones of its figures: a script shows the first without hidden ones."""
    found = headlines(view.lang, view.proposal, [zone.properties for zone in zones])
    return [(unbroken(one.text), one.zones, unbroken(one.short)) for one in found]


def _about(view: View, zone: ZoneWords) -> dict[str, Any]:
    """What the scripts read of a zone; ``onMap`` is its label."""
    return {
        "kind": zone.kind,
        "style": zone.style.key,
        "clause": zone.clause or "",
        "name": zone.name,
        "label": zone.label,
        "onMap": label_of(view, zone),
        "within": within_text(view, zone) if kind_of(zone.properties).has_area else "",
    }


def _credit(view: View) -> str:
    lang, catalogue, tiles = view.lang, view.catalogue, view.context.site.tiles
    credit = credit_text("map.credit", lang, catalogue, date=as_of_text(view))
    return text(view.lang, "format.sentence").join((credit, tiles.attribution)) if tiles else credit
