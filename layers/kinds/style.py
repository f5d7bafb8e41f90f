"""How something is drawn: fill, hatch, outline, and the colours that a theme gives instead."""

from dataclasses import dataclass, replace
from typing import Literal

Form = Literal["down", "up", "horizontal", "vertical", "dots"]
ThemeKey = Literal["light", "dark", "print"]


@dataclass(frozen=True)
class Hatch:
    """A pattern of lines or dots: colour, distance between them and their width, in pixels at scale 1."""

    form: Form
    colour: str
    spacing_px: float
    width_px: float


@dataclass(frozen=True)
class Style:
    """How a shape is drawn; widths and dashes in pixels at scale 1. ``fill`` None leaves what is below visible.

    ``narrow`` says that it is a few pixels wide in an image, where its dots are finer and have no outline.
    """

    key: str
    fill: str | None = None
    hatch: Hatch | None = None
    stroke: str | None = None
    stroke_width_px: float = 0.0
    dash_px: tuple[float, ...] = ()
    halo: str | None = None
    halo_width_px: float = 0.0
    radius_px: float = 0.0
    narrow: bool = False


@dataclass(frozen=True)
class Paint:
    """The colours that a theme gives to a style, and the spacing and width of its hatch in pixels.

    None leaves what the style has.
    """

    fill: str | None = None
    hatch: str | None = None
    stroke: str | None = None
    halo: str | None = None
    marks_px: tuple[float, float] | None = None


@dataclass(frozen=True)
class Looks:
    """A style as the page has it on a light screen, and what images and dark screens change of it, by theme."""

    style: Style
    dark: Paint = Paint()
    print: Paint = Paint()
    light: Paint = Paint()

    def themed(self, theme: ThemeKey) -> Style:
        """The style in the colours and with the marks of a theme."""
        paint: Paint = getattr(self, theme)
        style = self.style
        return replace(
            style,
            fill=paint.fill or style.fill,
            hatch=_painted_hatch(style.hatch, paint),
            stroke=paint.stroke or style.stroke,
            halo=paint.halo or style.halo,
        )


def _painted_hatch(hatch: Hatch | None, paint: Paint) -> Hatch | None:
    if hatch is None:
        return None
    spacing_px, width_px = paint.marks_px or (hatch.spacing_px, hatch.width_px)
    return replace(hatch, colour=paint.hatch or hatch.colour, spacing_px=spacing_px, width_px=width_px)
