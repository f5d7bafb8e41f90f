"""The hatching of an SVG, as paths that every program draws alike or as patterns that drawing programs can change."""

from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from layers.kinds.style import Hatch
from webapp.images.map.hatching import hatch_data
from webapp.svg_path import hundredths, number, path_data

TURNS = {"horizontal": 0, "vertical": 90, "down": 45, "up": -45}  # of level lines, in degrees clockwise
BEYOND_PX = 1  # lines are drawn so far beyond their tile, so that no gap shows where two meet
PREFIX = "pattern-"


class Hatches:
    """Returns the marks of shapes as paths; with ``patterns`` as fills, whose patterns it collects."""

    def __init__(self, *, patterns: bool = False) -> None:
        """Return paths, or with ``patterns`` fills."""
        self._patterns = patterns
        self._used: dict[str, Hatch] = {}

    def marks(self, shape: BaseGeometry, hatch: Hatch) -> Markup:
        """Return the attributes of a path that hatches a shape.

        Parameters
        ----------
        shape
            Polygons in pixels.
        hatch
            Form, spacing and width of the marks, in pixels.
        """
        if not self._patterns:
            return Markup('{} d="{}"').format(_stroke(hatch), hatch_data(shape, hatch))
        name = _name(hatch)
        self._used[name] = hatch
        return Markup('fill="url(#{})" d="{}"').format(name, path_data(shape))

    def used(self) -> Markup:
        """Return the patterns of all shapes so far, each once."""
        return Markup("\n").join(_pattern(name, hatch) for name, hatch in self._used.items())


def _stroke(hatch: Hatch) -> Markup:
    """How marks are drawn as a path: lines, or dots as lines of no length with round ends."""
    ends = Markup(' stroke-linecap="round"') if hatch.form == "dots" else Markup()
    return Markup('stroke="{}" stroke-width="{}"{}').format(hatch.colour, hundredths(hatch.width_px), ends)


def _name(hatch: Hatch) -> str:
    sizes = "-".join(number(size).replace(".", "_") for size in (hatch.spacing_px, hatch.width_px))
    return f"{PREFIX}{hatch.form}-{hatch.colour.removeprefix('#')}-{sizes}"


def _pattern(name: str, hatch: Hatch) -> Markup:
    """A tile in which the marks stand where those of the paths do."""
    side, middle = number(hatch.spacing_px), number(hatch.spacing_px / 2)
    turn = TURNS.get(hatch.form)
    if turn is None:
        mark = Markup('<circle cx="{}" cy="{}" r="{}" fill="{}"/>').format(
            middle, middle, hundredths(hatch.width_px / 2), hatch.colour
        )
    else:
        mark = Markup('<path d="M-{} {}H{}" {}/>').format(
            BEYOND_PX, middle, number(hatch.spacing_px + BEYOND_PX), _stroke(hatch)
        )
    turned = Markup(' patternTransform="rotate({})"').format(turn) if turn else Markup()
    tile = Markup('<pattern id="{}" patternUnits="userSpaceOnUse" width="{}" height="{}"{}>{}</pattern>')
    return tile.format(name, side, side, turned, mark)
