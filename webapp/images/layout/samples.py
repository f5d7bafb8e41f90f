"""SVG attributes and small marks that follow from a style: fills, overlays, swatches, diamonds."""

import shapely
from markupsafe import Markup

from layers.kinds.style import Style
from webapp.images.layout.panel import Placed
from webapp.images.map.hatches import Hatches
from webapp.style.light import PLANT, dash_value
from webapp.svg_path import hundredths, number

PORT_PART = 0.85  # half the side of a port's square, as a part of the radius


def overlay_attributes(style: Style) -> Markup:
    """Return fill and outline of territory that overlaps other zones: an outline, or a fill for dots."""
    if style.narrow:  # so narrow that an outline would hide the dots
        return Markup('fill="{}"').format(style.fill or "none")
    return stroke_attributes(style)


def mark(x: float, y: float, style: Style) -> str:
    """Return the path of a place's mark: a port's square, a plant's disc below its sign, else a square on its corner.

    Parameters
    ----------
    x
        Distance of its middle from the left, in pixels.
    y
        Distance from the top, in pixels.
    style
        Style of the place, with the radius in pixels.
    """
    radius = number(style.radius_px)
    if style.key == "site-port":
        half, side = style.radius_px * PORT_PART, number(2 * style.radius_px * PORT_PART)
        return f"M{number(x - half)} {number(y - half)}h{side}v{side}h-{side}z"
    if style.key != "site-plant":
        return diamond(x, y, style.radius_px)
    arc, across = f"a{radius} {radius} 0 1 0", number(2 * style.radius_px)
    return f"M{number(x - style.radius_px)} {number(y)}{arc} {across} 0{arc} -{across} 0z"


def diamond(x: float, y: float, radius_px: float) -> str:
    """Return the path of a square on its corner.

    Parameters
    ----------
    x
        Distance of its middle from the left, in pixels.
    y
        Distance from the top, in pixels.
    radius_px
        Distance from the middle to a corner, in pixels.
    """
    step = number(radius_px)
    return f"M{number(x)} {number(y - radius_px)}l{step} {step}l-{step} {step}l-{step}-{step}z"


def swatch(placed: Placed, style: Style, hatches: Hatches) -> Markup:
    """Return the sample of a legend's row as SVG markup.

    Parameters
    ----------
    placed
        The row, with the rectangle of the sample in pixels.
    style
        Style of the row in the image's theme.
    hatches
        How hatching is written.
    """
    row, area = placed.row, placed.swatch
    middle = area.y + area.height / 2
    if row.sample == "place":
        return _placed_mark(area.x + area.width / 2, middle, area.height, style)
    if row.sample == "line":
        path = f"M{number(area.x)} {number(middle)}h{number(area.width)}"
        return Markup('<path {} d="{}"/>').format(stroke_attributes(style), path)
    rectangle = Markup('<rect x="{}" y="{}" width="{}" height="{}" {}/>').format
    places = (number(area.x), number(area.y), number(area.width), number(area.height))
    ground = Markup('fill="{}"').format(style.fill or "none")
    marks = Markup()
    if style.hatch:
        box = shapely.box(area.x, area.y, area.right, area.bottom)
        marks = Markup("<path {}/>").format(hatches.marks(box, style.hatch))
    return rectangle(*places, ground) + marks + rectangle(*places, stroke_attributes(style))


def _placed_mark(x: float, y: float, height_px: float, style: Style) -> Markup:
    """The mark of a place, no higher than its row."""
    scale = min(1.0, height_px / (2 * style.radius_px))
    sign = Markup('<path fill="{}" d="{}"/>').format(style.stroke, PLANT) if style.key == "site-plant" else ""
    path = Markup('<path fill="{}" d="{}"/>').format(style.fill, mark(0.0, 0.0, style))
    at = Markup('<g transform="translate({} {}) scale({})">').format(number(x), number(y), hundredths(scale))
    return at + path + sign + Markup("</g>")


def stroke_attributes(style: Style) -> Markup:
    """The outline of a style without any fill."""
    dashes = Markup(' stroke-dasharray="{}"').format(dash_value(style)) if style.dash_px else Markup()
    return Markup('fill="none" stroke="{}" stroke-width="{}"{}').format(
        style.stroke or "none", number(style.stroke_width_px), dashes
    )
