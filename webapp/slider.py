"""The slider through the control maps of a proposal: its days, and the draft's own among them."""

from dataclasses import dataclass
from typing import Any

from webapp.language import date_text, text
from webapp.zones import Reading


@dataclass(frozen=True)
class Slider:
    """Places count from 0, the oldest day. ``own_share`` is where the draft's own day lies, from 0 to 1."""

    place: int
    last: int
    own_share: float
    own_date: str
    own_text: str
    first_text: str
    last_text: str


def read_slider(reading: Reading) -> Slider:
    """The slider at the day that is shown. A draft older than all control maps has the oldest as its own."""
    lang, days = reading.lang, reading.proposal.dates
    own = own_day(reading)
    return Slider(
        place=days.index(reading.edition.as_of),
        last=len(days) - 1,
        own_share=round(days.index(own) / max(len(days) - 1, 1), 4),
        own_date=date_text(lang, own),
        own_text=text(lang, "dates.own"),
        first_text=date_text(lang, days[0], text(lang, "timeline.month")),
        last_text=date_text(lang, days[-1], text(lang, "timeline.month")),
    )


def slider_data(reading: Reading) -> dict[str, Any]:
    """The days as scripts need them: each with its words, the one that is shown, and the draft's own."""
    days = [[day, date_text(reading.lang, day)] for day in reading.proposal.dates]
    return {"days": days, "day": reading.edition.as_of, "own": own_day(reading), "asked": reading.asked}


def own_day(reading: Reading) -> str:
    """The day of the control map behind the draft's own date, among those that are built."""
    days = reading.proposal.dates
    return max((day for day in days if day <= reading.proposal.date), default=days[0])
