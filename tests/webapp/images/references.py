"""Small stored pictures of every template, preset and theme, each in one language.

``python -m tests.webapp.images.references`` draws them again.
"""

import io
from itertools import cycle, product
from pathlib import Path

import numpy as np
from PIL import Image

from tests.words import LANGUAGES
from webapp.images import render_png
from webapp.images.options.options import SIZES, THEMES, Options
from webapp.jobs.editions import open_catalogue

Case = tuple[str, str, str, str]  # template, preset, theme, language

FOLDER = Path(__file__).parent / "references"
# Every template in two sizes; the languages take turns.
_SHOWN = (
    *product(("article",), SIZES, THEMES),
    *product(("zoom", "pair", "series", "difference"), ("article", "square"), ("light",)),
)
CASES = tuple((*one, lang) for one, lang in zip(_SHOWN, cycle(LANGUAGES), strict=False))
LONGEST_PX = 256
COLOURS = 48


def options_of(case: Case) -> Options:
    """The options of a case."""
    template, size, theme, lang = case
    return Options(template=template, size=SIZES[size], theme=theme, lang=lang)


def reference_path(case: Case) -> Path:
    """Where the picture of a case is stored."""
    return FOLDER / ("_".join(case) + ".png")


def thumbnail(png: bytes) -> Image.Image:
    """A picture as small as it is stored."""
    with Image.open(io.BytesIO(png)) as opened:
        small = opened.convert("RGB")
    small.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BOX)
    return small


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures of one size, in levels of 0 to 255."""
    first, second = (np.asarray(image.convert("RGB"), dtype=float) for image in (one, other))
    return float(np.abs(first - second).mean())


def main() -> None:
    """Draw all of them from what is built."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    catalogue = open_catalogue()
    for case in CASES:
        small = thumbnail(render_png(catalogue, "us-28-points", None, options_of(case)))
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(reference_path(case), optimize=True)


if __name__ == "__main__":
    main()
