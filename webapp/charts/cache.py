"""Charts of whole timelines, prepared in an ignored folder so that a web worker need not import matplotlib."""

import hashlib
import json
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from layers.catalogue.model import Catalogue, Proposal
from layers.processes import begin_process
from layers.tables.timeline import chosen_dates, read_timeline
from layers.text.languages import Language, Languages
from webapp.charts.style import HEIGHT_PX, WIDTH_PX
from webapp.charts.text import Chart, Sheet, read_sheet
from webapp.disk_cache import DiskCache
from webapp.jobs.code_version import FONTS, code_version, texts_version

PREPARED = DiskCache(Path(__file__).parents[1] / "vendor" / "charts")
CODE = ("webapp.charts.order",)
FILES = (FONTS, "webapp/templates/timeline.svg.j2")
PACKAGES = ("matplotlib", "numpy", "babel", "fonttools", "jinja2", "pillow", "thorvg-python", "xlsxwriter")


def drawn_charts(sheet: Sheet) -> Mapping[str, str]:
    """Return every chart's drawing by its zone, in the size of the page: prepared or made now.

    Drawings of all dates and zones are stored; for other ranges that is up to the caller.
    """
    prepared = kept_charts(sheet)
    if prepared:
        return prepared
    made = draw_charts(sheet)
    if _is_whole(sheet):
        PREPARED.write(_key(sheet.catalogue, sheet.proposal, sheet.lang), json.dumps(made).encode())
    return made


def kept_charts(sheet: Sheet) -> Mapping[str, str] | None:
    """Return the prepared drawings of a sheet; None if they are not of all its charts and dates."""
    if sheet.timeline.dates != chosen_dates(sheet.proposal):
        return None
    prepared = prepared_charts(sheet.catalogue, sheet.proposal, sheet.lang)
    return prepared if prepared and prepared.keys() == {chart.series.id for chart in sheet.charts} else None


def prepared_charts(catalogue: Catalogue, proposal: Proposal, lang: Language) -> Mapping[str, str] | None:
    """Return the prepared drawings of a proposal's charts for all dates and zones.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    lang
        Language of the text.

    Returns
    -------
    SVG markup by zone; None if they are not prepared.
    """
    stored = PREPARED.read(_key(catalogue, proposal, lang))
    drawings: dict[str, str] | None = json.loads(stored) if stored else None
    return drawings


def draw_charts(sheet: Sheet, width_px: float = WIDTH_PX, height_px: float = HEIGHT_PX) -> dict[str, str]:
    """Return every chart's drawing as SVG markup, by its zone.

    Parameters
    ----------
    sheet
        The charts with their texts.
    width_px
        Width of each drawing, in pixels.
    height_px
        Height of each drawing, in pixels.
    """
    from webapp.charts.markup import inner_markup
    from webapp.charts.plot import Plot, draw

    def one(chart: Chart) -> str:
        plot = Plot(chart.series, sheet.proposal.date, sheet.lang, width_px, height_px)
        return inner_markup(draw(plot), f"chart-{chart.series.id}")

    return {chart.series.id: one(chart) for chart in sheet.charts}


def prepare_charts(catalogue: Catalogue) -> int:
    """Make the charts that are missing, remove those of other versions; return how many sets there are now."""
    proposals = list(catalogue.proposals.values())
    with ProcessPoolExecutor(os.cpu_count(), initializer=begin_process) as processes:
        keys = {key for made in processes.map(partial(_prepare, catalogue), proposals) for key in made}
    PREPARED.keep_only(keys)
    return len(keys)


def _prepare(catalogue: Catalogue, proposal: Proposal) -> list[str]:
    """Make the missing charts of a proposal in all languages; return their keys."""
    timeline = read_timeline(catalogue, proposal)
    for lang in catalogue.languages:
        drawn_charts(read_sheet(catalogue, proposal, timeline, lang))
    return [_key(catalogue, proposal, lang) for lang in catalogue.languages]


def _is_whole(sheet: Sheet) -> bool:
    """Whether a sheet has every date and every zone of its proposal."""
    if sheet.timeline.dates != chosen_dates(sheet.proposal):
        return False
    return sheet.timeline.zones == read_timeline(sheet.catalogue, sheet.proposal).zones


def _key(catalogue: Catalogue, proposal: Proposal, lang: Language) -> str:
    code = code_version(CODE, FILES, PACKAGES) + texts_version(Languages((lang,)))
    parts = [code, catalogue.data_version, catalogue.control_source, proposal.id, lang.tag]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
