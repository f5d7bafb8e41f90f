"""One chart drawn by matplotlib: a line, a band, few marks; words and figures in the project's own font."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING, Literal

from layers.tables.timeline import Series, TimelineRow
from layers.text.languages import Language
from webapp.charts.scale import Scale, area_scale, day_ticks
from webapp.charts.style import BOTTOM_PX, GRID, INSET_PX, LEFT_PX, RIGHT_PX, TEXT_PX, TOP_PX, ChartColours, look_of
from webapp.charts.text import day_text, month_text
from webapp.style.light import HALO, INK, INK_SOFT
from webapp.text.interface import number_text, text
from webapp.typography.fonts import REGULAR, font_file, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

Side = Literal["left", "center", "right"]

# matplotlib keeps its settings for the whole process, so that only one chart is drawn at a time
DRAWING = Lock()
NOTHING_ELSE = {"Date": None, "Creator": None, "Format": None, "Type": None}
PX_PER_INCH = 72.0
HALF_FIGURE = 0.36  # half the height of a figure, in parts of the size


@dataclass(frozen=True)
class Plot:
    """What is drawn: a series, the draft's own date, the language, and width and height in pixels."""

    series: Series
    own_date: str
    lang: Language
    width_px: float
    height_px: float

    @property
    def days(self) -> tuple[float, float]:
        """The ends of the axis of dates, as days, a little outside of the first and the last date."""
        first, last = _day(self.series.rows[0].as_of), _day(self.series.rows[-1].as_of)
        margin = max(last - first, 1.0) * INSET_PX / (self.inner_px - 2 * INSET_PX)
        return (first - margin, last + margin) if last > first else (first - 1.0, last + 1.0)

    @property
    def inner_px(self) -> float:
        """The width between the two sides."""
        return self.width_px - LEFT_PX - RIGHT_PX

    def place(self, day: str) -> float:
        """How far from the left edge of the image a day stands, in pixels."""
        first, last = self.days
        return LEFT_PX + (_day(day) - first) / (last - first) * self.inner_px


def draw(plot: Plot) -> str:
    """The chart as the SVG document that matplotlib writes, with live text. Raises FontError."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    font = FontProperties(fname=str(font_file(REGULAR)), size=TEXT_PX)
    with DRAWING, matplotlib.rc_context():
        matplotlib.rcdefaults()  # whatever settings a user keeps
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": plot.series.id, "path.simplify": False})
        figure = Figure(figsize=(plot.width_px / PX_PER_INCH, plot.height_px / PX_PER_INCH), dpi=PX_PER_INCH)
        FigureCanvasSVG(figure)
        figure.patch.set_visible(False)
        _fill(figure, plot, font)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata=NOTHING_ELSE)
    return written.getvalue()


def _fill(figure: "Figure", plot: Plot, font: "FontProperties") -> None:
    width, height = plot.width_px, plot.height_px
    inner_height = height - TOP_PX - BOTTOM_PX
    axes = figure.add_axes((LEFT_PX / width, BOTTOM_PX / height, plot.inner_px / width, inner_height / height))
    scale = _scale(plot.series)
    _frame(axes, plot, scale)
    _label(figure, plot, scale, font)
    _mark_own_date(figure, axes, plot, font)
    look = look_of(plot.series)
    for run in _runs(plot.series.rows):
        _draw_run(axes, run, look)
    absent = [_day(row.as_of) for row in plot.series.rows if row.area_km2 is None]
    axes.plot(
        absent, [scale.base] * len(absent), linestyle="none", marker="o", markersize=5.0,
        markerfacecolor=HALO, markeredgecolor=look.line, clip_on=False, zorder=5,
    )  # fmt: skip


def _scale(series: Series) -> Scale:
    ends = [end for row in series.present for end in (row.area_km2, row.low_km2, row.high_km2) if end is not None]
    return area_scale(min(ends), max(ends), from_zero=len(series.present) < len(series.rows))


def _frame(axes: "Axes", plot: Plot, scale: Scale) -> None:
    """Pale lines across at the ticks; the lowest is dark where it is zero."""
    axes.set_xlim(plot.days)
    axes.set_ylim(scale.base, scale.top)
    axes.set_axis_off()
    for tick in scale.ticks:
        colour, width_px, level = (INK, 1.0, 2) if tick == 0.0 else (GRID, 0.8, 0)
        axes.axhline(tick, color=colour, linewidth=width_px, zorder=level, clip_on=False)


def _label(figure: "Figure", plot: Plot, scale: Scale, font: "FontProperties") -> None:
    """Figures at the left, the unit over them, months or the first and last day below."""
    height = plot.height_px - TOP_PX - BOTTOM_PX
    for tick in scale.ticks:
        up = BOTTOM_PX + (tick - scale.base) / (scale.top - scale.base) * height - TEXT_PX * HALF_FIGURE
        _write(figure, plot, (LEFT_PX - 8, up), number_text(plot.lang, tick), font, "right")
    _write(figure, plot, (0, plot.height_px - 12), text(plot.lang, "timeline.unit"), font, "left")
    for x, label, side in _day_labels(plot):
        _write(figure, plot, (x, 6), label, font, side)


def _day_labels(plot: Plot) -> Iterator[tuple[float, str, Side]]:
    dates = [row.as_of for row in plot.series.rows]

    def label(day: str) -> str:
        return month_text(plot.lang, day)

    days = day_ticks(dates, plot.place, label, lambda words: text_width(words, TEXT_PX))
    if days:
        yield from ((_inside(plot, plot.place(day), label(day)), label(day), "center") for day in days)
        return
    first, last = plot.place(dates[0]), plot.place(dates[-1])
    if len(dates) == 1:
        yield first, day_text(plot.lang, dates[0]), "center"
    else:
        yield first, day_text(plot.lang, dates[0]), "left"
        yield last, day_text(plot.lang, dates[-1]), "right"


def _mark_own_date(figure: "Figure", axes: "Axes", plot: Plot, font: "FontProperties") -> None:
    first, last = plot.days
    alone = len(plot.series.rows) == 1  # a line through a lone dot would hide it
    if alone or not first <= _day(plot.own_date) <= last:
        return
    dashes = (0, (3.0, 2.4))
    axes.axvline(_day(plot.own_date), 0, 1.02, color=INK_SOFT, linewidth=1.0, linestyle=dashes, clip_on=False, zorder=1)
    words = text(plot.lang, "timeline.draft", date=day_text(plot.lang, plot.own_date))
    x = _inside(plot, plot.place(plot.own_date), words)
    _write(figure, plot, (x, plot.height_px - 12), words, font, "center")


def _inside(plot: Plot, x: float, words: str) -> float:
    """The middle of words that are to stand at x, moved so that they stay between the axis and the right edge."""
    half = text_width(words, TEXT_PX) / 2
    return min(max(x, LEFT_PX + half), plot.width_px - half)


def _write(
    figure: "Figure", plot: Plot, at: tuple[float, float], words: str, font: "FontProperties", side: Side
) -> None:  # fmt: skip
    """Write words with their baseline so many pixels above the lower edge."""
    x, up = at
    figure.text(
        x / plot.width_px, up / plot.height_px, words, ha=side, va="baseline", color=INK_SOFT, fontproperties=font
    )


def _runs(rows: Sequence[TimelineRow]) -> list[list[TimelineRow]]:
    """Dates that follow each other with the zone on all of them."""
    return [list(run) for there, run in groupby(rows, lambda row: row.area_km2 is not None) if there]


def _draw_run(axes: "Axes", run: Sequence[TimelineRow], look: ChartColours) -> None:
    days = [_day(row.as_of) for row in run]
    ends = [(row.low_km2, row.high_km2) for row in run]
    lows, highs = [low for low, _ in ends if low is not None], [high for _, high in ends if high is not None]
    if len(lows) == len(run) > 1 and lows != highs:
        axes.fill_between(days, lows, highs, facecolor=look.band, edgecolor="none", clip_on=False, zorder=1.5)
        for edge in (lows, highs):
            axes.plot(days, edge, color=look.edge, linewidth=0.8, clip_on=False, zorder=1.6)
    elif len(lows) == 1 and lows != highs:
        axes.vlines(days, lows, highs, color=look.edge, linewidth=3.0, clip_on=False, zorder=1.6)
    areas = [row.area_km2 for row in run if row.area_km2 is not None]
    axes.plot(days, areas, color=look.line, linewidth=1.8, solid_joinstyle="round", clip_on=False, zorder=3)
    axes.plot(
        days, areas, linestyle="none", marker="o", markersize=4.2, color=look.line, markeredgewidth=0.0,
        clip_on=False, zorder=4,
    )  # fmt: skip


def _day(day: str) -> float:
    return float(date.fromisoformat(day).toordinal())
