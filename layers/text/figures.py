"""Figures in words: how areas, shares and dates are rounded and written in each language.

Pages, images, tables and the command line all write their figures through this module; its texts are in the
``figures.toml`` of each language, in tables, under keys ``table.key``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from layers.embedded import EMBEDDED_MAPS
from layers.kinds.table import kind_of
from layers.text.languages import Language
from layers.text.toml_files import read_toml
from layers.zone_properties import ZoneProperties

DATES_IN_MEMORY = 4096  # pages list those of years
SIZES_KM2 = ((100_000.0, -3), (10_000.0, -2), (100.0, -1), (10.0, 0))  # from each on, areas are read to these decimals
FINEST_DECIMALS = 1
SMALL_SHARE = 10.0
NUMBERS_KEPT = 8192
MINUS = "\u2212"


@dataclass(frozen=True)
class Figure:
    """An area for readers, in km²: rounded, with the interval if the control maps give one."""

    area: str
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True)
class Rounded:
    """An area and its interval in km², rounded to one step; ``decimals`` is negative for steps above 1 km²."""

    area_km2: float
    low_km2: float | None
    high_km2: float | None
    decimals: int


def round_area(area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> Rounded:
    """Return an area and its low and high rounded for print, all three to the same step.

    The step goes by size, so that no more than three digits are read: 1,000 km² from 100,000 km² on, 100 from 10,000,
    10 from 100, 1 from 10, 0.1 below. The interval bounds it on both sides: above 10 km² it is at most a fifth of the
    interval's width, so that 115,166 (114,202 to 116,707) is read as 115,200; it is never finer than the power of ten
    at or below a tenth of the width (an interval of 860 km² is read to 10, one of 2,700 to 100, one of 1.7 to 0.1),
    nor than 0.1 km². It is finer than the size says if low and high would otherwise be equal.

    Parameters
    ----------
    area_km2
        Area, in km².
    low_km2, high_km2
        Its low and high, in km²; None where it has no interval.

    Returns
    -------
    The rounded figures; low and high are None if there is none, or if they are equal at the finest step.
    """
    decimals = _decimals_by_size(area_km2) if area_km2 else 0
    if low_km2 is None or high_km2 is None or not _rounded(high_km2 - low_km2, 3):
        return Rounded(_rounded(area_km2, decimals), None, None, decimals)
    width = high_km2 - low_km2
    decimals = max(_decimals_by_size(area_km2), min(_power_within(width / 5), -1))
    finest = min(_power_within(width / 10), FINEST_DECIMALS)
    for tried in range(min(decimals, finest), finest + 1):
        low, high = _rounded(low_km2, tried), _rounded(high_km2, tried)
        if low != high:
            return Rounded(_rounded(area_km2, tried), low, high, tried)
    return Rounded(_rounded(area_km2, decimals), None, None, decimals)


def read_area(lang: Language, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> Figure:
    """Return an area in the figures of a language, rounded as by ``round_area``.

    Parameters
    ----------
    lang
        Language of the numbers.
    area_km2
        Area, in km².
    low_km2, high_km2
        Its low and high, in km²; None where it has no interval.
    """
    rounded = round_area(area_km2, low_km2, high_km2)
    shown = [
        None if value is None else number_text(lang, value, max(rounded.decimals, 0))
        for value in (rounded.area_km2, rounded.low_km2, rounded.high_km2)
    ]
    return Figure(str(shown[0]), shown[1], shown[2])


def area_sentence(
    lang: Language, area: tuple[float, float | None, float | None], as_of: str, *, maps: int, whole: bool = False
) -> str:
    """Return the sentence that is ready for print.

    "about 5,980 km², between 5,540 and 6,400 depending on the map, on 20 November 2025". For a single map it says "one
    map, no interval".

    Parameters
    ----------
    lang
        Language of the text.
    area
        Area, its low and its high, in km²; low and high are None where it has no interval.
    as_of
        ISO date of the control map.
    maps
        Number of control maps that it comes from.
    whole
        Whether it is a whole region, which does not depend on control.
    """
    figure = read_area(lang, *area)
    if whole:
        key = "whole"
    elif maps == 1:
        key = "one_map"
    else:
        key = "agreed" if figure.low is None else "depending"
    return phrase(lang, f"area.{key}", area=figure.area, low=figure.low, high=figure.high, date=date_text(lang, as_of))


def zone_sentence(lang: Language, zone: ZoneProperties, maps: int = EMBEDDED_MAPS) -> str:
    """Return the sentence of a zone that is ready for print; empty for lines, places and countries.

    Parameters
    ----------
    lang
        Language of the text.
    zone
        Properties of the zone.
    maps
        Number of control maps that its figures come from.
    """
    area, low, high = (zone[key] for key in ("area_km2", "area_low_km2", "area_high_km2"))
    if area is None:
        return ""
    whole = kind_of(zone).may_be_whole and low is None and zone["share_of_oblast_pct"] in {None, 100.0}
    return area_sentence(lang, (area, low, high), zone["as_of"], maps=maps, whole=whole)


def about_text(lang: Language, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> str:
    """Return an area alone, with no more digits than its interval allows: "about 5,980 km²".

    Parameters
    ----------
    lang
        Language of the text.
    area_km2
        Area, in km².
    low_km2, high_km2
        Its low and high, in km²; None where it has no interval.
    """
    return phrase(lang, "area.about", area=read_area(lang, area_km2, low_km2, high_km2).area)


def area_text(lang: Language, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> str:
    """Return an area with its interval: "about 5,980 km², between 5,540 and 6,400".

    Parameters
    ----------
    lang
        Language of the text.
    area_km2
        Area, in km².
    low_km2, high_km2
        Its low and high, in km²; None where it has no interval.
    """
    return _with_interval("between", lang, read_area(lang, area_km2, low_km2, high_km2))


def short_text(lang: Language, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> str:
    """Return an area with its interval as in legends: "about 5,980 km² (5,540–6,400)".

    Parameters
    ----------
    lang
        Language of the text.
    area_km2
        Area, in km².
    low_km2, high_km2
        Its low and high, in km²; None where it has no interval.
    """
    return _with_interval("short", lang, read_area(lang, area_km2, low_km2, high_km2))


def interval_text(lang: Language, area_km2: float, low_km2: float | None = None, high_km2: float | None = None) -> str:
    """Return the interval alone, for a table: "5,540–6,400", or a dash if there is none.

    Parameters
    ----------
    lang
        Language of the text.
    area_km2
        Area, in km²; it decides how low and high are rounded.
    low_km2, high_km2
        Its low and high, in km²; None where it has no interval.
    """
    figure = read_area(lang, area_km2, low_km2, high_km2)
    if figure.low is None:
        return phrase(lang, "format.none")
    return phrase(lang, "area.interval", low=figure.low, high=figure.high)


def length_number(lang: Language, length_km: float) -> str:
    """Return a length rounded to 10 km, as a number.

    Parameters
    ----------
    lang
        Language of the number.
    length_km
        Length, in km.
    """
    return number_text(lang, _rounded(length_km, -1))


def length_text(lang: Language, length_km: float) -> str:
    """Return a length rounded to 10 km: "about 560 km".

    Parameters
    ----------
    lang
        Language of the text.
    length_km
        Length, in km.
    """
    return phrase(lang, "area.length", length=length_number(lang, length_km))


def number_text(lang: Language, value: float, decimals: int = 0) -> str:
    """Return a number as the language writes it.

    Parameters
    ----------
    lang
        Language whose separators are used.
    value
        The number.
    decimals
        Number of decimals, 0 or more.
    """
    return _written(lang, _rounded(value, decimals), decimals)


@lru_cache(maxsize=NUMBERS_KEPT)
def _written(lang: Language, value: float, decimals: int) -> str:
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(value, pattern, locale=_locale(lang), decimal_quantization=False)


def percent_text(lang: Language, percent: float | None) -> str:
    """Return a share in percent to one decimal, two below one percent; a dash if there is none.

    Parameters
    ----------
    lang
        Language of the text.
    percent
        Share, in percent from 0 to 100; None if there is none.
    """
    if percent is None:
        return phrase(lang, "format.none")
    return phrase(lang, "format.percent", value=number_text(lang, percent, 1 if percent >= 1 else 2))


@lru_cache(maxsize=DATES_IN_MEMORY)
def date_text(lang: Language, day: str, pattern: str | None = None) -> str:
    """Return an ISO date in words: 20 November 2025, 20 листопада 2025 р., 2025年11月20日.

    Parameters
    ----------
    lang
        Language of the text.
    day
        ISO date.
    pattern
        Date pattern of Unicode CLDR, as Babel reads it, such as ``d MMM``; None for the language's own.
    """
    return format_date(date.fromisoformat(day), pattern or _date_pattern(lang), locale=_locale(lang))


_DAY_OR_YEAR = re.compile(r"'[^']*'|d+|y+")  # in a date pattern, and what is quoted
_BLANKS = {"d": "'{day}'", "y": "'{year}'"}


def _date_pattern(lang: Language) -> str:
    return str(wording(lang)["format.date"])


def month_words(lang: Language) -> tuple[str, ...]:
    """Return what a date of each month is called, January first, with blanks for ``{day}`` and ``{year}``."""
    pattern = _DAY_OR_YEAR.sub(lambda found: _BLANKS.get(found[0][0], found[0]), _date_pattern(lang))
    return tuple(format_date(date(2000, month, 1), pattern, locale=_locale(lang)) for month in range(1, 13))


def month_text(lang: Language, month: str) -> str:
    """Return a month (``2025-08``) in words: August 2025.

    Parameters
    ----------
    lang
        Language of the text.
    month
        Year and month in ISO 8601, such as ``2025-08``.
    """
    return format_date(date.fromisoformat(f"{month}-01"), wording(lang)["format.month"], locale=_locale(lang))


def difference_text(lang: Language, difference_km2: float, of_km2: float, decimals: int | None = None) -> str:
    """Return a difference of two areas, and its share of one of them: "+980 km² (+20%)".

    Parameters
    ----------
    lang
        Language of the text.
    difference_km2
        Difference, in km²; positive, negative or 0.
    of_km2
        Area of which the share is taken, in km²; not 0.
    decimals
        Number of decimals; None to round the difference by its own size, as an area is.
    """
    percent = 100 * difference_km2 / of_km2
    step = _decimals_by_size(abs(difference_km2)) if decimals is None else decimals
    area = signed_text(lang, _rounded(difference_km2, step), max(step, 0))
    share = signed_text(lang, percent, 0 if _rounded(abs(percent), 1) >= SMALL_SHARE else 1)
    return phrase(lang, "area.difference", area=area, percent=phrase(lang, "format.percent", value=share))


def signed_text(lang: Language, value: float, decimals: int = 0) -> str:
    """Return a number with its sign; 0 has none.

    Parameters
    ----------
    lang
        Language of the text.
    value
        Number of either sign.
    decimals
        Number of decimals, 0 or more.
    """
    rounded = _rounded(value, decimals)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return sign + number_text(lang, abs(rounded), decimals)


def plural_category(lang: Language, count: int) -> str:
    """Return the CLDR plural category of a number: ``one``, ``few``, ``many``, ``other``.

    Parameters
    ----------
    lang
        Language whose rules decide.
    count
        Whole number that stands beside the text.
    """
    return str(_locale(lang).plural_form(count))


def phrase(lang: Language, key: str, **values: object) -> str:
    """Return a text of the layers, such as ``area.about``, with its placeholders filled by ``values``.

    Parameters
    ----------
    lang
        Language of the text.
    key
        Key of the text, ``table.key``.

    Raises
    ------
    KeyError
        If there is no such text, or if a placeholder has no value.
    """
    return wording(lang)[key].format(**values) if values else wording(lang)[key]


@cache
def wording(lang: Language) -> Mapping[str, str]:
    """Return all texts of this module in a language by ``table.key``."""
    return flat_texts(lang.folder / "figures.toml")


def flat_texts(path: Path) -> dict[str, str]:
    """Return the texts of a TOML file by ``table.key``; those with plural forms by ``table.key.category``.

    Raises OSError, and ValueError that says what cannot be read.
    """
    return dict(_flat(read_toml(path), ""))


def _with_interval(key: str, lang: Language, figure: Figure) -> str:
    if figure.low is None:
        return phrase(lang, "area.about", area=figure.area)
    return phrase(lang, f"area.{key}", area=figure.area, low=figure.low, high=figure.high)


def _decimals_by_size(area_km2: float) -> int:
    return next((decimals for least, decimals in SIZES_KM2 if area_km2 >= least), FINEST_DECIMALS)


def _power_within(width_km2: float) -> int:
    """Decimals of the power of ten at or below a width."""
    return -Decimal(str(_rounded(width_km2, 4))).adjusted()


def _rounded(value: float, decimals: int) -> float:
    return round(value, decimals) + 0.0  # no minus zero


def _flat(table: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value
        elif not isinstance(value, Mapping):
            raise ValueError(f"{prefix}{key}: is neither a text nor a table of texts")
        else:
            yield from _flat(value, f"{prefix}{key}.")


@cache
def _locale(lang: Language) -> Locale:
    return Locale.parse(lang.locale, sep="-")
