"""The slider through the control maps of a proposal: its days, and the proposal's own among them."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from webapp.context import View
from webapp.pages.days import days_data
from webapp.text.interface import date_text, text


@dataclass(frozen=True)
class Slider:
    """Places count from 0, the oldest day. ``own_share`` is where the map for the proposal's date lies, from 0 to 1.

    ``own_text`` stands under that place, ``own_line`` is what its line of contact is called.
    """

    place: int
    last: int
    own_share: float
    own_text: str
    own_line: str
    first_text: str
    last_text: str


def read_slider(view: View) -> Slider:
    """The slider at the day that is shown. A draft older than all control maps has the oldest as its own."""
    lang, days = view.lang, view.dates
    own = own_day(view)
    under, line = _own_keys(own, view.proposal.date)
    return Slider(
        place=days.index(view.edition.as_of),
        last=len(days) - 1,
        own_share=round(days.index(own) / max(len(days) - 1, 1), 4),
        own_text=text(lang, under),
        own_line=text(lang, line, date=date_text(lang, own)),
        first_text=date_text(lang, days[0], text(lang, "timeline.month")),
        last_text=date_text(lang, days[-1], text(lang, "timeline.month")),
    )


def _own_keys(own: str, date: str) -> tuple[str, str]:
    """The texts for the map at the proposal's date: one of that very day, the last one before it, or the first one."""
    if own == date:
        return "dates.own", "legend.own_line"
    if own < date:
        return "dates.own_map", "legend.own_line_map"
    return "dates.own_first", "legend.own_line_first"


def slider_data(view: View) -> dict[str, Any]:
    """Return the dates for scripts: all, the one that is shown, and the proposal's own."""
    dates = days_data(view.lang, view.dates)
    return {"dates": dates, "day": view.edition.as_of, "own": own_day(view), "asked": view.asked}


def own_day(view: View) -> str:
    """The day of the control map behind the draft's own date, among those that are built."""
    days = view.dates
    return days[max(bisect_right(days, view.proposal.date) - 1, 0)]
