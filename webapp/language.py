"""Languages: interface texts, the reader's choice, and figures and dates written as a newspaper would.

``webapp/languages/<lang>/texts.toml`` holds the texts, in tables; a text is asked for as ``table.key``.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from layers.errors import UnknownError
from layers.languages import LANGUAGES, suffix

FOLDER = Path(__file__).parent / "languages"
DEFAULT = "en"
TRADITIONAL = "zh-Hant"
TRADITIONAL_TAGS = ("zh", "zh-hant", "zh-tw", "zh-hk", "zh-mo")

LARGE_KM2 = 100.0  # from here on, areas are read to ten square kilometres
SMALL_KM2 = 10.0
FINEST = 1


@dataclass(frozen=True)
class Figure:
    """An area for reading, in km²: rounded, with the interval where the control maps give one."""

    area: str
    low: str | None = None
    high: str | None = None


def check_language(lang: str) -> str:
    """A language's tag as it is. Raises UnknownError that lists the languages."""
    if lang not in LANGUAGES:
        raise UnknownError("language", lang, LANGUAGES)
    return lang


def choose_language(accepted: Iterable[tuple[str, float]]) -> str:
    """The language for a reader who accepts these tags, best first, each with its quality above 0."""
    for tag, quality in accepted:
        found = _language_of(tag.lower().replace("_", "-"))
        if quality > 0 and found:
            return found
    return DEFAULT


def text(lang: str, key: str, **values: object) -> str:
    """An interface text (``table.key``) with its blanks filled in. Raises KeyError for one that is missing."""
    return texts(lang)[key].format(**values) if values else texts(lang)[key]


@cache
def texts(lang: str) -> Mapping[str, str]:
    """All interface texts of a language by ``table.key``."""
    tables: dict[str, Any] = tomllib.loads((FOLDER / lang / "texts.toml").read_text("utf-8"))
    return dict(_flat(tables, ""))


def kind_text(lang: str, zone: Mapping[str, Any]) -> str:
    """What a zone's kind is called; the rest of an oblast is told apart by whether it would be recognised too."""
    recognised = zone["kind"] == "unheld" and zone["recognition_mode"] is not None
    return text(lang, "kind.unheld_recognised" if recognised else f"kind.{zone['kind']}")


def property_text(lang: str, properties: Mapping[str, Any], name: str) -> str:
    """A feature's text in a language, such as ``name`` from ``name_zh_hant``; empty where there is none."""
    return str(properties.get(f"{name}_{suffix(lang)}") or "")


def number_text(lang: str, value: float, decimals: int = 0) -> str:
    """A number as the language writes it, with so many decimals."""
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(_rounded(value, decimals), pattern, locale=_locale(lang), decimal_quantization=False)


def date_text(lang: str, day: str, pattern_key: str = "format.date") -> str:
    """An ISO date in words: 20 November 2025, 20 листопада 2025 року, 2025年11月20日; or by another pattern."""
    pattern = texts(lang)[pattern_key]
    return format_date(date.fromisoformat(day), pattern, locale=_locale(lang))


def percent_text(lang: str, percent: float | None) -> str:
    """A share in per cent to one decimal, two below one per cent; a dash where there is none."""
    if percent is None:
        return text(lang, "format.none")
    return text(lang, "format.percent", value=number_text(lang, percent, 1 if percent >= 1 else 2))


def read_area(lang: str, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> Figure:
    """An area rounded for reading: to 10 km² from 100 km² on, else to 1 or 0.1.

    Low and high are left out where there is none or where they are equal. Where rounding would make
    them equal, all three are written more finely.
    """
    if low_km2 is None or high_km2 is None or low_km2 == high_km2:
        return Figure(_reading(lang, area_km2, 0))
    for finer in (0, 1, 2):
        low, high = _reading(lang, low_km2, finer), _reading(lang, high_km2, finer)
        if low != high:
            return Figure(_reading(lang, area_km2, finer), low, high)
    return Figure(_reading(lang, area_km2, 0))


def about_text(lang: str, area_km2: float) -> str:
    """An area alone: "about 5,980 km²"."""
    return text(lang, "area.about", area=read_area(lang, area_km2).area)


def area_text(lang: str, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> str:
    """An area with its interval: "about 5,980 km², between 5,540 and 6,400"."""
    figure = read_area(lang, area_km2, low_km2, high_km2)
    if figure.low is None:
        return text(lang, "area.about", area=figure.area)
    return text(lang, "area.between", area=figure.area, low=figure.low, high=figure.high)


def interval_text(lang: str, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> str:
    """The interval alone, for a table: "5,540–6,400", or a dash where there is none."""
    figure = read_area(lang, area_km2, low_km2, high_km2)
    if figure.low is None:
        return text(lang, "format.none")
    return text(lang, "area.interval", low=figure.low, high=figure.high)


def length_text(lang: str, length_km: float) -> str:
    """A length for reading, to 10 km: "about 560 km"."""
    return text(lang, "area.length", length=number_text(lang, _rounded(length_km, -1)))


def _language_of(tag: str) -> str | None:
    """The project's language for one lower-case tag, or None."""
    if tag in TRADITIONAL_TAGS or tag.startswith("zh-hant-"):
        return TRADITIONAL
    primary = tag.split("-", maxsplit=1)[0]
    return primary if primary in LANGUAGES else None


def _reading(lang: str, area_km2: float, finer: int) -> str:
    coarse = -1 if area_km2 >= LARGE_KM2 else 0 if area_km2 >= SMALL_KM2 else 1
    decimals = min(coarse + finer, FINEST)
    return number_text(lang, _rounded(area_km2, decimals), max(decimals, 0))


def _rounded(value: float, decimals: int) -> float:
    return round(value, decimals) + 0.0  # no minus zero


def _flat(table: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang, sep="-")
