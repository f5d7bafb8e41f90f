"""Charts of whole timelines, kept in an ignored folder so that a web worker need not import matplotlib."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from layers.catalogue import Catalogue, Proposal
from layers.languages import LANGUAGES
from layers.timeline import chosen_dates, read_timeline
from webapp.charts.look import HEIGHT_PX, WIDTH_PX
from webapp.charts.words import Chart, Sheet, read_sheet
from webapp.kept import files_version, keep, kept_path, read_kept, remove_others
from webapp.language import texts_file

ROOM = Path(__file__).parent
KEPT = ROOM.parent / "vendor" / "charts"
ELSEWHERE = ("styles", "language", "images/fonts", "images/lettering")  # what a chart is made of besides
CODE = (*sorted(ROOM.glob("*.py")), *(ROOM.parent / f"{name}.py" for name in ELSEWHERE))


def drawn_charts(sheet: Sheet) -> Mapping[str, str]:
    """Every chart's drawing by its zone, in the size of the page: read where it was kept, else made.

    What is made for all dates and zones is kept on disk; other ranges are for whoever asks to keep.
    """
    if not _is_whole(sheet):
        return draw_charts(sheet)
    path = _path(sheet.catalogue, sheet.proposal, sheet.lang)
    kept = read_kept(path)
    if kept and kept.keys() == {chart.series.id for chart in sheet.charts}:
        return kept
    made = draw_charts(sheet)
    keep(path, made)
    return made


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
    wanted = set()
    for proposal in catalogue.proposals.values():
        timeline = read_timeline(catalogue, proposal)
        for lang in LANGUAGES:
            drawn_charts(read_sheet(catalogue, proposal, timeline, lang))
            wanted.add(_path(catalogue, proposal, lang))
    remove_others(KEPT, wanted)
    return len(wanted)


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
