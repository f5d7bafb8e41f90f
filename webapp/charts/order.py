"""A file of a timeline that takes long to make, whole: whose, of which dates, in which language and form."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from layers.catalogue.model import Catalogue
from layers.products.media_types import CSV, JSON, PNG, SVG, XLSX
from layers.tables.timeline import Timeline, read_timeline, timeline_csv, timeline_json
from layers.text.languages import Languages
from webapp.charts.cache import drawn_charts
from webapp.charts.text import read_sheet
from webapp.jobs.editions import open_catalogue

PAGE = "page"


@dataclass(frozen=True)
class ChartOrder:
    """A chart or table to make; it can be sent to another process.

    ``root`` is the folder of the catalogue, ``languages`` are those of the service, ``lang`` is the tag of one,
    ``first`` and ``last`` are the days of control maps as ISO dates, ``form``
    is a key of FORMS or ``page``: every chart's drawing by its zone, as JSON.
    """

    root: Path
    languages: Languages
    proposal: str
    first: str
    last: str
    lang: str
    form: str


def draw_chart_order(order: ChartOrder) -> bytes:
    """The file that was ordered. Raises UnknownError, DateError, BuildError, FontError."""
    catalogue = open_catalogue(order.root, order.languages)
    timeline = read_timeline(catalogue, catalogue.proposal(order.proposal), order.first, order.last)
    write = _page if order.form == PAGE else FORMS[order.form].write
    return write(catalogue, timeline, order.lang)


def _csv(catalogue: Catalogue, timeline: Timeline, lang: str) -> bytes:
    return timeline_csv(timeline)


def _json(catalogue: Catalogue, timeline: Timeline, lang: str) -> bytes:
    return timeline_json(timeline)


def _svg(catalogue: Catalogue, timeline: Timeline, lang: str) -> bytes:
    from webapp.charts import render_svg

    return render_svg(catalogue, catalogue.proposal(timeline.proposal), timeline, lang).encode()


def _png(catalogue: Catalogue, timeline: Timeline, lang: str) -> bytes:
    from webapp.charts import render_png

    return render_png(catalogue, catalogue.proposal(timeline.proposal), timeline, lang)


def _xlsx(catalogue: Catalogue, timeline: Timeline, lang: str) -> bytes:
    from layers.tables.spreadsheets import timeline_xlsx

    return timeline_xlsx(timeline)


def _page(catalogue: Catalogue, timeline: Timeline, lang: str) -> bytes:
    drawn = drawn_charts(
        read_sheet(catalogue, catalogue.proposal(timeline.proposal), timeline, catalogue.languages[lang])
    )
    return json.dumps(dict(drawn), ensure_ascii=False).encode()


@dataclass(frozen=True)
class ChartForm:
    """A form in which a timeline is served and written: its media type and what writes it.

    ``drawn`` is a form with charts, which has a language; ``quick`` is one that a web worker writes itself.
    """

    media_type: str
    write: Callable[[Catalogue, Timeline, str], bytes]
    drawn: bool = False
    quick: bool = False


# Routes, the page and ``clausemap timeline`` read it, so that a further form is one row and one writer.
FORMS: Mapping[str, ChartForm] = MappingProxyType(
    {
        "csv": ChartForm(CSV, _csv, quick=True),
        "xlsx": ChartForm(XLSX, _xlsx),
        "json": ChartForm(JSON, _json, quick=True),
        "svg": ChartForm(SVG, _svg, drawn=True),
        "png": ChartForm(PNG, _png, drawn=True),
    }
)
