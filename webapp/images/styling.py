"""What is drawn finer in an image than on a map that zooms."""

from dataclasses import replace

from webapp.styles import Style, pattern_svg

# The contested band is a few pixels wide here: its dots stand closer than on a map that zooms, on a light ground.
FINER = {"contested": 0.6}
GROUND = {"contested": "#e9e4d8"}


def pattern(style: Style) -> str:
    """The SVG pattern of a style at the size that images need; an empty string where it has none."""
    grounded = replace(style, fill=style.fill or GROUND.get(style.key))
    return pattern_svg(grounded, scale=FINER.get(style.key, 1.0))
