"""Styles as Leaflet's path options, which need no Folium."""

from typing import Any

from layers.kinds.style import Style
from webapp.style.light import dash_value, fill_value, on_page


def path_options(style: Style) -> dict[str, Any]:
    """A style as Leaflet's path options."""
    options: dict[str, Any] = {
        "stroke": style.stroke is not None,
        "color": style.stroke,
        "weight": style.stroke_width_px,
        "opacity": 1,
        "fill": fill_value(style) != "none",
        "fillColor": fill_value(style),
        "fillOpacity": 1,
    }
    return options | (
        {"dashArray": dash_value(style), "lineCap": "butt" if style.dash_px[0] > 1 else "round"}
        if style.dash_px
        else {}
    )


def halo_options(style: Style) -> dict[str, Any]:
    """The halo of a line's style as Leaflet's path options."""
    return {"color": style.halo, "weight": style.halo_width_px, "opacity": 0.85, "fill": False}


def zone_options(style: Style) -> dict[str, Any]:
    """A zone's style as Leaflet's path options, with its halo and the radius of a place, if it has any."""
    shown = on_page(style)  # its colours as the page's custom properties
    extra: dict[str, Any] = {"path": path_options(shown)}
    if style.halo:
        extra["halo"] = halo_options(shown)
    if style.radius_px:
        extra["radius"] = style.radius_px
    return extra
