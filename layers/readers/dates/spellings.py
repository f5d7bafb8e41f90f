"""Days as people, programs and databases spell them: ISO, day and month in either order, names of months, epochs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

ORDERS = ("dmy", "mdy", "ymd")
MONTHS = (
    ("jan", "січ", "янв"),
    ("feb", "лют", "фев"),
    ("mar", "mär", "бер", "мар"),
    ("apr", "кві", "апр"),
    ("may", "mai", "тра", "май", "мая"),
    ("jun", "чер", "июн"),
    ("jul", "лип", "июл"),
    ("aug", "сер", "авг"),
    ("sep", "вер", "сен"),
    ("oct", "okt", "жов", "окт"),
    ("nov", "лис", "ноя"),
    ("dec", "dez", "гру", "дек"),
)
NUMBER_OF = {start: number for number, starts in enumerate(MONTHS, 1) for start in starts}
YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[-_./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)")
EIGHT_DIGITS = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
IN_CHINESE = re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]?")
YEAR_LAST = re.compile(r"(?<![\d.])(?P<a>\d{1,2})(?P<s>[-_./])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?!\d)")
DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?[-_.\s]*(?P<n>[^\W\d_]{3,})[-_.,\s]*(?P<y>\d{4})(?!\d)"
)
MONTH_DAY_YEAR = re.compile(r"(?P<n>[^\W\d_]{3,})[-_.\s]+(?P<d>\d{1,2})(?:st|nd|rd|th)?[-_.,\s]+(?P<y>\d{4})(?!\d)")
YEAR_MONTH_DAY = re.compile(r"(?<!\d)(?P<y>\d{4})[-_.\s]+(?P<n>[^\W\d_]{3,})[-_.\s]+(?P<d>\d{1,2})(?!\d)")
PATTERNS = (YEAR_FIRST, EIGHT_DIGITS, IN_CHINESE, YEAR_LAST, DAY_MONTH_YEAR, MONTH_DAY_YEAR, YEAR_MONTH_DAY)
BEFORE = re.compile(
    r"\s*((mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|нд|вс|пон|вів|сер|чет|п.ят|суб|нед)[^\W\d]*[.,]*\s*)?",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s*(р\.?|року|г\.?|года)?[T\s,]*(\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?|\d{4,6})?\s*([ap]\.?m\.?)?\s*"
    r"(z|utc|gmt|e[e]?[s]?t|msk)?\s*([+-]\d{1,2}:?\d{0,2})?\s*(\([^)]*\))?\s*",
    re.IGNORECASE,
)
FIRST_EPOCH, LAST_EPOCH = datetime(2014, 1, 1, tzinfo=UTC).timestamp(), datetime(2040, 1, 1, tzinfo=UTC).timestamp()
SCALES = (1, 10**3, 10**6, 10**9)  # seconds, and what ArcGIS, databases and numpy count in


@dataclass(frozen=True)
class Spelling:
    """A day in a text: as YYYY-MM-DD by each order in which its numbers can be read, and where it stands."""

    days: Mapping[str, str]
    start: int
    end: int


def spellings_in(text: str, *, short_years: bool = False) -> list[Spelling]:
    """Return all dates in a text from left to right; one may be no date of the calendar, such as 31 April.

    Parameters
    ----------
    text
        Text in any language; names of months are known in English, German, Ukrainian and Russian, and dates in Chinese.
    short_years
        Whether years may have two digits.
    """
    found: list[Spelling] = []
    rest = text
    for pattern in PATTERNS:
        for match in pattern.finditer(rest):
            days = dict(_days(match.groupdict(), short_years))
            if days:
                found.append(Spelling(days, *match.span()))
        for one in found:
            rest = rest[: one.start] + "\x00" * (one.end - one.start) + rest[one.end :]
    return sorted(found, key=lambda one: one.start)


def spelt(value: object, *, epochs: bool) -> Mapping[str, str]:
    """Return the date that a value states if it states nothing else; of an interval the first one.

    Parameters
    ----------
    value
        Value of an attribute.
    epochs
        Whether a number counts as seconds or milliseconds since 1970.

    Returns
    -------
    ISO date by the order of day, month and year in which it was read; empty if it is none.
    """
    text = str(value).strip()
    first, slash, last = text.partition("/")
    if slash and len(first) >= 8 and spelt(last, epochs=False):  # from the one day to the other
        return spelt(first, epochs=False)
    if epochs and (day := epoch_day(text)):
        return dict.fromkeys(ORDERS, day)
    number = text.removesuffix(".0")
    found = spellings_in(number, short_years=True) if len(text) <= 80 else []
    if len(found) != 1:
        return {}
    (one,) = found
    if number.isdigit() and not _is_of_these_years(one):
        return {}
    around = BEFORE.fullmatch(number[: one.start]) and AFTER.fullmatch(number[one.end :])
    return one.days if around else {}


def epoch_day(text: str) -> str | None:
    """The day (UTC) of a number that counts from 1970 and lies between 2014 and 2040."""
    if not re.fullmatch(r"\d{10,19}(\.\d+)?", text):
        return None
    number = float(text)
    for scale in SCALES:
        if FIRST_EPOCH <= number / scale < LAST_EPOCH:
            return datetime.fromtimestamp(number / scale, UTC).date().isoformat()
    return None


def calendar_day(text: str | None) -> date | None:
    """A day of the calendar, or None."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _days(parts: Mapping[str, str | None], short_years: bool) -> Iterator[tuple[str, str]]:
    """The orders in which the numbers of a match give a day, with it."""
    if parts.get("n"):
        month = NUMBER_OF.get(str(parts["n"]).casefold()[:3], 0)
        yield from _in_all_orders(int(str(parts["y"])), month, int(str(parts["d"])))
    elif parts.get("a") is None:
        yield from _in_all_orders(*(int(str(parts[key])) for key in "ymd"), loosely=True)
    else:
        yield from _year_last(str(parts["a"]), str(parts["b"]), str(parts["y"]), parts["s"] == ".", short_years)


def _year_last(a: str, b: str, year: str, dotted: bool, short_years: bool) -> Iterator[tuple[str, str]]:
    """Day and month in either order; with dots the day comes before the month. Short years may come first, too."""
    if len(year) == 2 and not short_years:
        return
    century = 2000 if len(year) == 2 else 0
    readings = {"dmy": (int(year) + century, int(b), int(a)), "mdy": (int(year) + century, int(a), int(b))}
    if century:
        readings["ymd"] = (int(a) + century, int(b), int(year))
    else:
        readings["ymd"] = readings["dmy"]
    if dotted:
        readings["mdy"] = readings["dmy"]
    for order, (y, m, d) in readings.items():
        if 1 <= m <= 12 and 1 <= d <= 31 and (not century or 2014 <= y < 2040):
            yield order, f"{y:04}-{m:02}-{d:02}"


def _in_all_orders(year: int, month: int, day: int, *, loosely: bool = False) -> Iterator[tuple[str, str]]:
    """The same day in each order; ``loosely`` lets months up to 19 and days up to 39 be named as impossible later."""
    if 0 < month <= (19 if loosely else 12) and 0 < day <= (39 if loosely else 31):
        yield from ((order, f"{year:04}-{month:02}-{day:02}") for order in ORDERS)


def _is_of_these_years(one: Spelling) -> bool:
    """Whether eight digits are a day of 2014 to 2039, and no number of something else."""
    day = calendar_day(next(iter(one.days.values())))
    return day is not None and 2014 <= day.year < 2040
