"""The style sheet of the zones' colours on pages: custom properties, light and dark, from the one table of styles."""

from collections.abc import Iterator
from functools import cache

from layers.kinds.style import Style
from webapp.style.light import CONTEXT, colour_property, page_styles
from webapp.style.themes import THEMES, darker, themed


@cache
def colour_sheet() -> str:
    """Every colour of a zone or context layer as ``--<style>-<part>``; dark where the reader's screen is."""
    styles = page_styles()
    light = "".join(f"{name}:{colour};" for style in styles for name, colour in _declared(style, style))
    dark = "".join(
        f"{name}:{colour};" for style in styles for name, colour in _declared(style, themed(THEMES["dark"], style))
    )
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _declared(style: Style, looks: Style) -> Iterator[tuple[str, str]]:
    """The colours of the parts that a style has, taken from what it looks like; for charts, that of its line."""
    shades = {"fill": looks.fill, "hatch": looks.hatch and looks.hatch.colour, "stroke": looks.stroke}
    for part, colour in {**shades, "halo": looks.halo}.items():
        if colour and (part == "hatch" or getattr(style, part)):
            yield colour_property(style, part), colour
    if looks.stroke and style.key not in CONTEXT:
        yield colour_property(style, "line"), darker(looks.stroke) if looks is style else looks.stroke
