"""Territory that changed hands since a date, in words: for the page and the feed."""

from collections.abc import Mapping
from typing import Any

from layers.comparing.since_rows import WAYS
from layers.text.languages import Language
from webapp.text.interface import date_text, property_text, short_text, text

Row = Mapping[str, Any]


def figures_of(row: Row, way: str) -> tuple[float, float | None, float | None]:
    """Return area, low and high of a row in km².

    Parameters
    ----------
    row
        A map or an oblast, as ``layers.comparing.line_since`` has it.
    way
        One of its ``WAYS``.
    """
    return row[f"{way}_km2"], row[f"{way}_low_km2"], row[f"{way}_high_km2"]


def since_headline(lang: Language, since: str, row: Row) -> str:
    """Return how much came under the control of either side between a date and that of a later map.

    Parameters
    ----------
    lang
        Language of the text.
    since
        ISO date of the first map.
    row
        The later map.
    """
    areas = {way: short_text(lang, *figures_of(row, way)) for way in WAYS}
    return text(lang, "line_since.headline", since=date_text(lang, since), until=date_text(lang, row["as_of"]), **areas)


def by_oblast(lang: Language, row: Row) -> str:
    """Return the figures of a map one oblast a line; empty where nothing differs.

    Parameters
    ----------
    lang
        Language of the text.
    row
        The map.
    """
    told = (
        text(
            lang, "line_since.oblast", oblast=property_text(lang, one, "oblast_name"),
            **{way: short_text(lang, *figures_of(one, way)) for way in WAYS},
        )
        for one in row["oblasts"]
    )  # fmt: skip
    return "\n".join(told)
