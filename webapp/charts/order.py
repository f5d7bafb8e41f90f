"""A file of a timeline that takes long to make, whole: whose, of which dates, in which language and form."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from layers.catalogue.model import Catalogue
from layers.tables.timeline import Timeline, read_timeline
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
    is ``svg``, ``png``, ``xlsx`` (the table, in all languages) or ``page``: every chart's drawing by its zone, as JSON.
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
    return DRAWERS[order.form](catalogue, timeline, order.lang)


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


DRAWERS: Mapping[str, Callable[[Catalogue, Timeline, str], bytes]] = MappingProxyType(
    {"svg": _svg, "png": _png, "xlsx": _xlsx, PAGE: _page}
)
