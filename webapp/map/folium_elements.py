"""The project's Folium elements: a map with its own assets and counted ids, and layers that the page fetches."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.template import Template
from markupsafe import escape


class ProposalMap(folium.Map):
    """A Folium map without foreign hosts: its lists of assets are its own, its ids count from 1."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}" role="group" aria-label="{{ this.label }}"></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = createMap({{ this.get_name() | tojson }}, {{ this.settings }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        label: str,
        settings: Mapping[str, Any],
        scripts: Sequence[tuple[str, str]],
        sheets: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(tiles=None, zoom_control=False, prefer_canvas=False)
        self.default_js = list(scripts)
        self.default_css = list(sheets)
        self.label = attribute_value(label)
        self.settings = script_value(settings)
        self._id = "1"

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Element:
        """Add an element under the next number."""
        child._id = str(len(self._children) + 2)
        return super().add_child(child, name=name, index=index)


class FetchedLayer(MacroElement):
    """A layer that the page fetches by its name and draws in a pane; nothing of it stands in the page."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            drawLayer({{ this.settings }});
        {% endmacro %}
        """
    )

    def __init__(self, source: str, draw: str, **options: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "FetchedLayer"
        self.settings = script_value({"source": source, "draw": draw, **options})


class FirstView(MacroElement):
    """The initial view of the map, unless the page's URL says otherwise: [[south, west], [north, east]]."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            showFirstView({{ this.bounds }}, {{ this.settings }});
        {% endmacro %}
        """
    )

    def __init__(self, bounds: Sequence[Sequence[float]], **options: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "FirstView"
        self.bounds = script_value(bounds)
        self.settings = script_value(options)


class BackgroundTiles(MacroElement):
    """Tiles under the map. Their credit stands below it, with the others."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            L.tileLayer({{ this.url }}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "BackgroundTiles"
        self.url = script_value(url)


def attribute_value(value: str) -> str:
    """A text that is safe inside an attribute and inside branca's second reading as a template."""
    return str(escape(value)).replace("{", "&#123;")


def script_value(value: object) -> str:
    """A value as JSON that is safe inside a script and inside branca's second reading as a template."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    for sign in "{%#":  # an opening brace before these is always within a string
        text = text.replace("{" + sign, f"{{\\u{ord(sign):04x}")
    return text
