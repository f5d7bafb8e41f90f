"""SVG attributes and small marks that follow from a style: fills, overlays, swatches, diamonds."""

from markupsafe import Markup

from webapp.images.panel import Placed
from webapp.styles import Style, dash_value, fill_value


def number(value: float) -> str:
    """Pixels to a tenth, as short as they can be."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def hundredths(value: float) -> str:
    """Pixels to a hundredth, as short as they can be."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def overlay_attributes(style: Style) -> Markup:
    """Fill and outline of ground that lies over other zones: an outline alone, or dots alone."""
    return stroke_attributes(style) if style.dash_px else Markup('fill="{}"').format(fill_value(style))


def diamond(x: float, y: float, radius_px: float) -> str:
    """The path of a square on its corner."""
    step = number(radius_px)
    return f"M{number(x)} {number(y - radius_px)}l{step} {step}l-{step} {step}l-{step}-{step}z"


def swatch(placed: Placed, style: Style) -> Markup:
    """The sample of a legend row in the style that its theme gives it."""
    row, area = placed.row, placed.swatch
    middle = area.y + area.height / 2
    if row.sample == "place":
        path = diamond(area.x + area.width / 2, middle, style.radius_px)
        return Markup('<path fill="{}" d="{}"/>').format(style.fill, path)
    if row.sample == "line":
        path = f"M{number(area.x)} {number(middle)}h{number(area.width)}"
        return Markup('<path {} d="{}"/>').format(stroke_attributes(style), path)
    fill = stroke_attributes(style) if style.dash_px else _area(style)
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" {}/>').format(
        number(area.x), number(area.y), number(area.width), number(area.height), fill
    )


def stroke_attributes(style: Style) -> Markup:
    """The outline of a style without any fill."""
    dashes = Markup(' stroke-dasharray="{}"').format(dash_value(style)) if style.dash_px else Markup()
    return Markup('fill="none" stroke="{}" stroke-width="{}"{}').format(
        style.stroke, number(style.stroke_width_px), dashes
    )


def _area(style: Style) -> Markup:
    return Markup('fill="{}" stroke="{}" stroke-width="{}"').format(
        fill_value(style), style.stroke, number(style.stroke_width_px)
    )
