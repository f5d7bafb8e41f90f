"""The day that a file states: in its content first, else in its name."""

import re
from datetime import date, timedelta
from pathlib import Path

from layers.readers.document import Document

DAY = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
COLUMN = "date"


def days_in(document: Document) -> tuple[str, ...]:
    """The different days in the features' ``date`` columns, ascending."""
    texts = {str(value) for item in document.items for key, value in item.properties.items() if key.lower() == COLUMN}
    return tuple(sorted({day for text in texts if (day := day_in(text)) is not None}))


def file_day(path: Path, document: Document) -> str | None:
    """The day of a file as YYYY-MM-DD, which need not be one of the calendar."""
    days = days_in(document)
    return days[-1] if days else day_in(document.name) or day_in(path.stem)


def day_in(text: str) -> str | None:
    """The first day in a text, as YYYY-MM-DD; digits that cannot be meant as one are passed over."""
    for year, month, day in DAY.findall(text):
        if "00" < month <= "19" and "00" < day <= "39":
            return f"{year}-{month}-{day}"
    return None


def calendar_day(text: str | None) -> date | None:
    """A day of the calendar, or None."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def day_spoken_of(file_date: str | None, published_morning_after: bool) -> str | None:
    """The day that a file most likely speaks of; None where it states none that can be."""
    day = calendar_day(file_date)
    if day is None:
        return None
    earlier = published_morning_after and day > date.min
    return (day - timedelta(days=1) if earlier else day).isoformat()
