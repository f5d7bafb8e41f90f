"""All charts of a timeline as one SVG: heading and statement, a grid of charts, notes and credit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from layers.text.languages import Language
from webapp.charts.cache import draw_charts, drawn_charts
from webapp.charts.style import HEIGHT_PX, WIDTH_PX
from webapp.charts.text import Chart, Sheet, statement
from webapp.style.light import INK, INK_SOFT
from webapp.text.interface import text
from webapp.typography.boxes import Lettering, Setting
from webapp.typography.fonts import BOLD, FAMILY
from webapp.typography.line_breaking import typographic, wrap

TEMPLATES = Path(__file__).parents[1] / "templates"
TEMPLATE = "timeline.svg.j2"
SHEET_PX = 1200.0
MARGIN_PX, GAP_PX, ROW_GAP_PX = 36.0, 24.0, 34.0
HEIGHTS_PX = {1: 420.0, 2: 300.0, 3: HEIGHT_PX}  # of a chart, by the number of columns
FEW = {1: 1, 2: 2, 4: 2}  # columns by the number of charts

TITLE = Lettering("title", 27, INK, BOLD)
LEAD = Lettering("lead", 15, INK, BOLD)
KNOWN = Lettering("known", 13.5, INK_SOFT)
NAME = Lettering("name", 14.5, INK, BOLD)
CLAUSE = Lettering("clause", 12.5, INK_SOFT)
CHANGE = Lettering("change", 12.5, INK)
NOTE = Lettering("note", 12.5, INK)


@dataclass(frozen=True)
class PlacedChart:
    """A drawing with where its upper left corner stands."""

    id: str
    drawing: Markup
    x: float
    y: float


@dataclass(frozen=True)
class SheetLayout:
    """Everything on the sheet, and how high it is."""

    words: tuple[Setting, ...]
    charts: tuple[PlacedChart, ...]
    height: float


def sheet_svg(sheet: Sheet) -> str:
    """The sheet as SVG text with live text, 1200 pixels wide. Raises FontError."""
    layout = lay_out(sheet)
    dates = sheet.timeline.dates
    return _environment().get_template(TEMPLATE).render(
        width=SHEET_PX, height=layout.height, layout=layout, lang=sheet.lang, family=FAMILY,
        proposal=sheet.proposal.id, first=dates[0], last=dates[-1], data_version=sheet.timeline.data_version,
        title=_heading(sheet), description=_description(sheet),
    )  # fmt: skip


def lay_out(sheet: Sheet) -> SheetLayout:
    """Where everything stands: three columns, fewer for few charts."""
    columns = FEW.get(len(sheet.charts), 3)
    width = (SHEET_PX - 2 * MARGIN_PX - (columns - 1) * GAP_PX) / columns
    height = HEIGHTS_PX[columns]
    drawings = drawn_charts(sheet) if width == WIDTH_PX else draw_charts(sheet, width, height)
    words = list(_head(sheet))
    y = _below(words) + ROW_GAP_PX
    placed: list[PlacedChart] = []
    for row in (sheet.charts[start : start + columns] for start in range(0, len(sheet.charts), columns)):
        heads = [list(_chart_head(chart, sheet.lang, _left(place, width), y, width)) for place, chart in enumerate(row)]
        words += [setting for head in heads for setting in head]
        top = max(_below(head) for head in heads) + 10
        placed += _row(row, drawings, width, top)
        y = top + height + ROW_GAP_PX
    notes = list(_notes(sheet, y))
    return SheetLayout((*words, *notes), tuple(placed), round(_below(notes) + MARGIN_PX))


def _row(charts: Sequence[Chart], drawings: Mapping[str, str], width: float, top: float) -> Iterator[PlacedChart]:
    for place, chart in enumerate(charts):
        drawing = Markup(drawings[chart.series.id])  # made by our own code out of our own figures
        yield PlacedChart(chart.series.id, drawing, _left(place, width), top)


def _left(place: int, width: float) -> float:
    return MARGIN_PX + place * (width + GAP_PX)


def _head(sheet: Sheet) -> Iterator[Setting]:
    """Heading, statement, how the draft is known, and the dates."""
    lang = sheet.lang
    lead = text(lang, "images.lead", short=text(lang, "statement.short"))
    known = text(lang, "statement.known", how_known=sheet.proposal.texts["how_known"][lang.tag])
    lines = ((_heading(sheet), TITLE), (lead, LEAD), (text(lang, "images.known", known=known), KNOWN))
    yield from _flow(lines, lang, MARGIN_PX, MARGIN_PX, SHEET_PX - 2 * MARGIN_PX)


def _chart_head(chart: Chart, lang: Language, x: float, y: float, width: float) -> Iterator[Setting]:
    lines = ((chart.name, NAME), (chart.clause, CLAUSE), *((line, CHANGE) for line in chart.change))
    yield from _flow(lines, lang, x, y, width, gap=3)


def _notes(sheet: Sheet, y: float) -> Iterator[Setting]:
    """How to read the charts at the left, what they are and where they come from at the right."""
    lang, width = sheet.lang, (SHEET_PX - 2 * MARGIN_PX - MARGIN_PX) / 2
    yield from _flow([(note, NOTE) for note in sheet.notes], lang, MARGIN_PX, y, width)
    right = [(statement(sheet), NOTE), (sheet.credit, NOTE)]
    yield from _flow(right, lang, MARGIN_PX + width + MARGIN_PX, y, width)


def _flow(
    paragraphs: Sequence[tuple[str, Lettering]], lang: Language, x: float, y: float, width: float, gap: float = 7
) -> Iterator[Setting]:
    """Paragraphs below each other from y on; headings are balanced, notes fill their lines."""
    for words, lettering in paragraphs:
        lines = wrap(typographic(words, lang), width, lettering.size_px, lettering.weight, balanced=lettering == TITLE)
        setting = Setting(tuple(lines), x, y + lettering.size_px, "start", lettering)
        yield setting
        y = setting.box.bottom + gap


def _below(settings: Sequence[Setting]) -> float:
    return max(setting.box.bottom for setting in settings)


def _heading(sheet: Sheet) -> str:
    titled = text(sheet.lang, "timeline.title", title=sheet.proposal.texts["title"][sheet.lang.tag])
    return text(sheet.lang, "format.comma").join((titled, sheet.period))


def _description(sheet: Sheet) -> str:
    """What the sheet shows, for those who cannot see it: every chart with its figures."""
    short = text(sheet.lang, "images.lead", short=text(sheet.lang, "statement.short"))
    entries = [text(sheet.lang, "images.entry", label=chart.title, figure=chart.description) for chart in sheet.charts]
    return text(sheet.lang, "format.sentence").join((short, *entries))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["px"] = _px
    return environment


def _px(value: float) -> str:
    """Pixels to a tenth, as short as they can be."""
    return f"{round(value, 1):.1f}".removesuffix(".0")
