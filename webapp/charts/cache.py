"""Charts of whole timelines, cached in a folder that git ignores, so that a web worker need not import matplotlib."""

import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

from layers.catalogue.model import Catalogue, Proposal
from layers.tables.timeline import chosen_dates, read_timeline
from layers.text.languages import LANGUAGES
from webapp.charts.style import HEIGHT_PX, WIDTH_PX
from webapp.charts.text import Chart, Sheet, read_sheet
from webapp.disk_cache import files_version, keep, kept_path, read_kept, remove_others
from webapp.text.interface import texts_file

ROOM = Path(__file__).parent
KEPT = ROOM.parent / "vendor" / "charts"
# what a chart is made of besides
ELSEWHERE = (
    "style/light",
    "text/interface",
    "typography/fonts",
    "typography/lettering",
)
KINDS = ROOM.parents[1] / "layers" / "kinds"
CODE = (*sorted(ROOM.glob("*.py")), *sorted(KINDS.glob("*.py")), *(ROOM.parent / f"{name}.py" for name in ELSEWHERE))


def drawn_charts(sheet: Sheet) -> Mapping[str, str]:
    """Return the drawing of every chart by its zone, in the size of the page, from the cache or newly drawn.

    Charts of all dates and zones are cached on disk; other ranges are cached by the caller.
    """
    kept = kept_charts(sheet)
    if kept:
        return kept
    made = draw_charts(sheet)
    if _is_whole(sheet):
        keep(_path(sheet.catalogue, sheet.proposal, sheet.lang), made)
    return made


def kept_charts(sheet: Sheet) -> Mapping[str, str] | None:
    """The drawings of a sheet that are kept, None where they are not those of all its charts and dates."""
    if sheet.timeline.dates != chosen_dates(sheet.proposal):
        return None
    kept = prepared_charts(sheet.catalogue, sheet.proposal, sheet.lang)
    return kept if kept and kept.keys() == {chart.series.id for chart in sheet.charts} else None


def prepared_charts(catalogue: Catalogue, proposal: Proposal, lang: str) -> Mapping[str, str] | None:
    """The drawings for all dates and zones of a proposal that are kept, None where none can be read."""
    return read_kept(_path(catalogue, proposal, lang))


def draw_charts(sheet: Sheet, width_px: float = WIDTH_PX, height_px: float = HEIGHT_PX) -> dict[str, str]:
    """Every chart's drawing by its zone, so many pixels wide and high. Raises FontError."""
    from webapp.charts.markup import inner_markup
    from webapp.charts.plot import Plot, draw

    def one(chart: Chart) -> str:
        plot = Plot(chart.series, sheet.proposal.date, sheet.lang, width_px, height_px)
        return inner_markup(draw(plot), f"chart-{chart.series.id}")

    return {chart.series.id: one(chart) for chart in sheet.charts}


def prepare_charts(catalogue: Catalogue) -> int:
    """Make the charts that are missing, remove those of other versions; how many sets there are now."""
    proposals = list(catalogue.proposals.values())
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        wanted = {path for paths in processes.map(partial(_prepare, catalogue), proposals) for path in paths}
    remove_others(KEPT, wanted)
    return len(wanted)


def _prepare(catalogue: Catalogue, proposal: Proposal) -> list[Path]:
    """Make the missing charts of a proposal in all languages; where they are kept."""
    timeline = read_timeline(catalogue, proposal)
    for lang in LANGUAGES:
        drawn_charts(read_sheet(catalogue, proposal, timeline, lang))
    return [_path(catalogue, proposal, lang) for lang in LANGUAGES]


def _is_whole(sheet: Sheet) -> bool:
    """Whether a sheet has every date and every zone of its proposal."""
    if sheet.timeline.dates != chosen_dates(sheet.proposal):
        return False
    return sheet.timeline.zones == read_timeline(sheet.catalogue, sheet.proposal).zones


def _path(catalogue: Catalogue, proposal: Proposal, lang: str) -> Path:
    parts = [_code_version(lang), catalogue.data_version, catalogue.control_source, proposal.id, lang]
    return kept_path(KEPT, f"{proposal.id}_{lang}", parts)


@cache
def _code_version(lang: str) -> str:
    """Changes with the code and the texts that a chart is made of."""
    return files_version((*CODE, texts_file(lang)))
