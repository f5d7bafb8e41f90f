"""What the tools over the map read: URLs of places and changes, and texts for what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.kinds.style import Style
from layers.kinds.table import word_key
from layers.products.registry import PRODUCTS
from webapp.changes.jobs import URL as CHANGES
from webapp.changes.jobs import can_compare
from webapp.context import View
from webapp.pages.base import asset_url
from webapp.pages.map_layers import display_address
from webapp.static_files import TOOLS
from webapp.style.light import CONTEXT, fill_value, on_page
from webapp.text.control_maps import contested_text
from webapp.text.interface import PLAIN_REGIONS, has_text, number_text, text, texts
from webapp.text.totals import LEAST_CHANGE_KM2
from webapp.text.zones import ZoneWords

SAID = (
    "none", "search_failed", "held_russia", "held_ukraine", "outside", "line_km", "line_near", "measure_first",
    "measure_next", "length", "area", "crosses", "position", "remove", "same_day", "no_day", "loading",
    "changes_failed", "sum", "caption", "all", "about",
)  # fmt: skip
# The tools, each with what it reads of a map's URL.
TOOL_STATES = {"search": "place", "measure": "", "changes": "since"}
LOOKS = ("to-russia", "to-ukraine")


@dataclass(frozen=True)
class ChangesWords:
    """The comparison of two days: a note on how small a change means something, and what contested areas are called."""

    note: str
    contested: str


def read_changes(view: View) -> ChangesWords | None:
    """What stands with the comparison of two days; None where the control maps cannot be compared."""
    if not can_compare(view.catalogue) or len(view.dates) == 1:
        return None
    lang = view.lang
    return ChangesWords(
        note=text(lang, "published.note_change", area=number_text(lang, LEAST_CHANGE_KM2)),
        contested=contested_text(lang, view.catalogue, "tools.contested"),
    )


def tools_data(view: View, changes: ChangesWords | None) -> dict[str, Any]:
    """Return the data for the scripts of the tools; URLs have a placeholder for each date.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    changes
        What stands with a comparison; None where there is none.
    """
    version = view.catalogue.data_version
    states = PRODUCTS["places"].url.format(proposal=view.proposal.id, date="{date}")
    return {
        "script": asset_url(view.context.site, TOOLS),
        "places": display_address(view, "places"),
        "states": view.address(states, v=version),
        "changes": view.address(CHANGES, v=version) if changes else "",
        "styles": {name: _look(on_page(CONTEXT[name])) for name in LOOKS},
        "found": _forms(view, "tools.found."),
        "texts": _texts(view),
    }


def _look(style: Style) -> dict[str, Any]:
    """A style of an area as Leaflet's path options."""
    fill = {"fillColor": fill_value(style), "fillOpacity": 1}
    return {**fill, "color": style.stroke, "weight": style.stroke_width_px, "opacity": 1}


def _texts(view: View) -> dict[str, str]:
    lang = view.lang
    why = contested_text(lang, view.catalogue, "zone.town_contested")
    why = why[:1].lower() + why[1:]  # within a sentence
    contested = {
        key: text(lang, f"tools.{key}").replace("{why}", why) for key in ("contested_russia", "contested_ukraine")
    }
    return {
        **{key: text(lang, f"tools.{key}") for key in SAID},
        **contested,
        "oblast": text(lang, "map.region"),
        "plain": ",".join(PLAIN_REGIONS),
        "between": text(lang, "format.clauses"),
        "end": text(lang, "format.joined").strip(),
    }


def _forms(view: View, table: str) -> Mapping[str, str]:
    """The plural forms of a text by CLDR category."""
    return {key.removeprefix(table): words for key, words in texts(view.lang).items() if key.startswith(table)}


def within_text(view: View, zone: ZoneWords) -> str:
    """Return the part of a sentence that a place lies in a zone; empty for kinds without such a text.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zone
        The zone with its texts.
    """
    lang = view.lang
    if zone.clause is None:
        return text(lang, "tools.within_none")
    known = view.clause(zone.clause)
    clause = text(lang, "tools.clause", id=zone.clause) if known else text(lang, "tools.point", number=zone.clause)
    keys = (f"tools.within_{key.replace('-', '_')}" for key in (word_key(zone.properties), zone.kind))
    return next((text(lang, key, clause=clause) for key in keys if has_text(lang, key)), "")
