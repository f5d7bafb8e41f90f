"""Folium elements of a map that stands alone: a page with its own texts, a map, and what the script adds."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webapp.map.folium_elements import script_value

TEMPLATES = Path(__file__).parents[1] / "templates"
TEMPLATE = "standalone.html"


class StandalonePage(Figure):
    """The page around a map: language, title, stylesheet, Leaflet and texts; it loads nothing from elsewhere.

    ``words`` are the values of the template.
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        super().__init__(title=str(words["title"]))
        self.header._children.clear()  # the template names the charset itself
        self.words = words

    def render(self, **kwargs: Any) -> str:
        """Return the page as HTML, the same each time: Folium adds some scripts again at every rendering."""
        own = self.script._children.copy()
        for child in self._children.values():
            child.render(**kwargs)
        page = _environment().get_template(TEMPLATE).render(figure=self, **self.words)
        self.script._children = own
        return page


class StandaloneMap(folium.Map):
    """A Folium map without links to other hosts: the page around it holds Leaflet."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}"></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map({{ this.get_name() | tojson }}, {{ this.settings }});
        {% endmacro %}
        """
    )

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(tiles=None, zoom_control=False)
        self.default_js = []
        self.default_css = []
        self.settings = script_value(settings)

    def count_ids(self) -> None:
        """Number the map and all that is in it, in the place of Folium's random ids."""
        for number, element in enumerate(_family(self), 1):
            element._id = str(number)


class MapSetup(MacroElement):
    """What ``standalone.js`` adds once all layers are there: controls, the view, keys and labels."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            clausemap.standalone({{ this._parent.get_name() }}, {{ this.settings }});
        {% endmacro %}
        """
    )

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MapSetup"
        self.settings = script_value(settings)


def _family(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():
        yield from _family(child)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
