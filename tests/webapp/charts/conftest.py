"""Timelines of every proposal, and their charts in every language, each made once for all tests."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from layers.catalogue.model import Catalogue
from layers.tables.timeline import read_timeline
from tests.words import language
from webapp.charts import Sheet, drawn_charts, read_sheet
from webapp.disk_cache import DiskCache
from webapp.jobs.editions import open_catalogue


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which charts are kept."""
    monkeypatch.setattr("webapp.charts.cache.PREPARED", DiskCache(tmp_path / "charts"))
    return tmp_path / "charts"


def sheet_of(catalogue: Catalogue, proposal_id: str, lang: str, *zones: str, since: str | None = None) -> Sheet:
    """The charts of a proposal in words."""
    proposal = catalogue.proposal(proposal_id)
    return read_sheet(catalogue, proposal, read_timeline(catalogue, proposal, since, None, zones), language(lang))


@cache
def drawings(proposal_id: str, lang: str) -> Mapping[str, str]:
    """All charts of a proposal, drawn for this version of the code and the data."""
    return drawn_charts(sheet_of(open_catalogue(), proposal_id, lang))
