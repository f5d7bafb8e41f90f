"""The style of a layer for QGIS (QML): the fills, hatches, lines and dots of the map page, a rule for each look."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as Xml

from geo.geojson import Feature
from layers.kinds.style import Hatch, Style
from layers.kinds.table import ids_by_style

VERSION = "3.28"  # of QGIS; later ones read it
ANGLES_DEG = {"horizontal": 0, "up": 45, "vertical": 90, "down": 135}
GEOMETRIES = {"Point": (0, "marker"), "LineString": (1, "line"), "Polygon": (2, "fill")}
PX = "Pixel"
Options = Mapping[str, object]
Part = tuple[str, Options, "tuple[Part, ...]"]  # a layer of a symbol: class, options, layers of the symbol inside it


def qml(zones: Sequence[Feature]) -> str:
    """Return the style of a layer of zones of one shape; at least one zone."""
    number, shape = GEOMETRIES[zones[0].geometry.geom_type.removeprefix("Multi")]
    root = Xml.Element("qgis", version=VERSION, styleCategories="Symbology")
    renderer = Xml.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0")
    rules, symbols = Xml.SubElement(renderer, "rules", key="looks"), Xml.SubElement(renderer, "symbols")
    for place, (style, ids) in enumerate(ids_by_style(zone.properties for zone in zones).items()):
        chosen = '"id" IN ({})'.format(", ".join(f"'{one}'" for one in ids))
        label = style.key.replace("-", " ")
        Xml.SubElement(rules, "rule", key=style.key, filter=chosen, label=label, symbol=str(place))
        _symbol(symbols, str(place), shape, tuple(_parts(style, shape)))
    Xml.SubElement(root, "layerGeometryType").text = str(number)
    return Xml.tostring(root, encoding="unicode")


def _parts(style: Style, shape: str) -> Iterator[Part]:
    """The layers of a symbol, from below."""
    if shape == "marker":
        yield _dot(style.fill, style.stroke, style.radius_px * 2, style.stroke_width_px)
    elif shape == "line":
        if style.halo:
            yield _line(style.halo, style.halo_width_px)
        yield _line(style.stroke, style.stroke_width_px, style.dash_px)
    else:
        if style.fill:
            yield "SimpleFill", {"color": style.fill, "style": "solid", "outline_style": "no"}, ()
        if style.hatch:
            yield _hatch(style.hatch)
        yield _line(style.stroke, style.stroke_width_px, style.dash_px)


def _line(colour: str | None, width_px: float, dash_px: tuple[float, ...] = ()) -> Part:
    dashes = {"use_custom_dash": 1, "customdash": ";".join(map(str, dash_px)), "customdash_unit": PX} if dash_px else {}
    return "SimpleLine", {"line_color": colour, "line_width": width_px, "line_width_unit": PX, **dashes}, ()


def _dot(fill: str | None, stroke: str | None, size_px: float, width_px: float) -> Part:
    outline = {"outline_color": stroke, "outline_width": width_px, "outline_width_unit": PX} if stroke else {}
    drawn = {"outline_style": "solid" if stroke else "no"}
    return "SimpleMarker", {"name": "circle", "color": fill, "size": size_px, "size_unit": PX, **outline, **drawn}, ()


def _hatch(hatch: Hatch) -> Part:
    """A pattern of lines, or of dots in rows."""
    apart = hatch.spacing_px
    if hatch.form == "dots":
        sides = {"distance_x": apart, "distance_x_unit": PX, "distance_y": apart, "distance_y_unit": PX}
        return "PointPatternFill", sides, (_dot(hatch.colour, None, hatch.width_px, 0),)
    turned = {"angle": ANGLES_DEG[hatch.form], "distance": apart, "distance_unit": PX}
    return "LinePatternFill", turned, (_line(hatch.colour, hatch.width_px),)


def _symbol(parent: Xml.Element, name: str, shape: str, parts: Sequence[Part]) -> None:
    symbol = Xml.SubElement(parent, "symbol", type=shape, name=name, alpha="1", clip_to_extent="1")
    for place, (kind, options, inside) in enumerate(parts):
        layer = Xml.SubElement(symbol, "layer", {"class": kind, "pass": "0", "locked": "0", "enabled": "1"})
        listed = Xml.SubElement(layer, "Option", type="Map")
        for option, value in options.items():
            Xml.SubElement(listed, "Option", name=option, value=str(value), type="QString")
        if inside:
            _symbol(layer, f"@{name}@{place}", "marker" if kind == "PointPatternFill" else "line", inside)
