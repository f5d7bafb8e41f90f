"""PDF by Typst: vector, with our fonts in it and no others, tagged, without a clock."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.errors import ClausemapError
from layers.text.languages import Language
from webapp.typography.fonts import FOLDER, REGULAR, font_file

TEMPLATES = Path(__file__).parents[2] / "templates"
STANDARD: Final = "ua-1"  # Typst refuses what a screen reader could not read: a figure without a text, no title
SPACED = re.compile(r' letter-spacing="[\d.]+"')


class TypesettingError(ClausemapError):
    """A document that Typst does not make."""


def typeset(template: str, given: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template, filled with values that are passed as JSON, never as code.

    Parameters
    ----------
    template
        File name of the template.
    given
        Values by name, as JSON can hold them.

    Raises
    ------
    FontError
        If a font is missing.
    TypesettingError
        If Typst fails.
    """
    import typst

    font_file(REGULAR)
    try:
        made = typst.compile(
            TEMPLATES / template,
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            font_paths=[FOLDER],
            ignore_system_fonts=True,
            format="pdf",
            timestamp=0,
            pdf_standards=STANDARD,
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{template}: {error}") from error
    return bytes(made)


def searchable(svg: str) -> str:
    """Return an image without letter spacing: PDF readers take spaced letters for words, and a search fails."""
    return SPACED.sub("", svg)


@lru_cache(maxsize=8)
def language_of(lang: Language) -> dict[str, str | None]:
    """A language as Typst has it: language and region."""
    return {"lang": lang.tag.split("-", maxsplit=1)[0], "region": lang.region}
