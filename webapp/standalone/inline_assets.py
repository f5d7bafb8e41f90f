"""Leaflet and the project's own stylesheet and script as text to stand inside a page, images as data URIs."""

import base64
import json
import re
from functools import cache

from webapp.javascript import join_modules
from webapp.static_files import leaflet_script, read_asset

LEAFLET = "vendor/leaflet/"
ICONS = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
MODULES = ("labels.js", "shapes.js", "grounds.js", "gestures.js", "scale.js", "standalone.js")
_IMAGE = re.compile(r"url\((images/[^)]+)\)")


@cache
def stylesheet() -> str:
    """Return Leaflet's stylesheet and the one of a map that stands alone."""
    leaflet = _IMAGE.sub(lambda found: f"url({_data_uri(found[1])})", _text(f"{LEAFLET}leaflet.css"))
    return leaflet + _text("standalone.css")


@cache
def script() -> str:
    """Return Leaflet, its images of markers, and the script of a map that stands alone."""
    icons = {"imagePath": ""} | {option: _data_uri(f"images/{name}") for option, name in ICONS.items()}
    return f"{leaflet_script()}L.Icon.Default.mergeOptions({json.dumps(icons)});\n{join_modules(MODULES, _text)}"


def _text(name: str) -> str:
    return read_asset(name).decode().replace("\r\n", "\n")


def _data_uri(name: str) -> str:
    return f"data:image/png;base64,{base64.b64encode(read_asset(LEAFLET + name)).decode()}"
