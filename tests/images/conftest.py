"""The images of every proposal and language on several dates, each drawn once for all tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from layers.catalogue import Catalogue, Edition, Proposal, find_edition, load_catalogue
from layers.languages import LANGUAGES
from webapp.images import render_svg
from webapp.images.drawing import Drawing, draw
from webapp.images.frame import Rectangle
from webapp.images.options import DEFAULTS, Options
from webapp.images.panel import Panel, Words, lay_out
from webapp.images.scene import files_of
from webapp.images.svg import PANEL_WIDTH_PX, words_of

PROPOSALS = ("us-28-points", "ukraine-20-points")
DAYS = ("first", "own", "2026-02-01", "latest")


@dataclass(frozen=True)
class Picture:
    """An image with all that it was made from."""

    catalogue: Catalogue
    proposal: Proposal
    edition: Edition
    requested: str
    lang: str

    @property
    def svg(self) -> str:
        return _svg(self.proposal.id, self.requested, self.lang)

    @property
    def drawing(self) -> Drawing:
        width, height = DEFAULTS.size
        area = Rectangle(PANEL_WIDTH_PX, 0, width - PANEL_WIDTH_PX, height)
        return draw(files_of(self.catalogue, self.edition), area, self.lang)

    @property
    def words(self) -> Words:
        return words_of(self.catalogue, self.proposal, self.edition, self.lang)

    @property
    def panel(self) -> Panel:
        return lay_out(self.words, Rectangle(0, 0, PANEL_WIDTH_PX, DEFAULTS.size[1]))

    @property
    def zones(self) -> list[dict[str, Any]]:
        return self.catalogue.areas(self.edition)


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


@cache
def _svg(proposal: str, requested: str, lang: str) -> str:
    return render_svg(_catalogue(), proposal, requested, Options(lang=lang))


def _cases() -> Iterator[tuple[str, str, str]]:
    for proposal in PROPOSALS:
        for day in DAYS:
            yield from ((proposal, day, lang) for lang in LANGUAGES)


def picture_of(proposal_id: str, day: str, lang: str) -> Picture:
    """The picture of a proposal on a day; where only its own date is built, on that."""
    catalogue = _catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked = {"first": proposal.dates[0], "own": proposal.date, "latest": proposal.dates[-1]}.get(day, day)
    requested, edition = find_edition(proposal, max(asked, proposal.dates[0]))
    return Picture(catalogue, proposal, edition, requested, lang)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """What is built."""
    return _catalogue()


@pytest.fixture(params=list(_cases()), ids="-".join)
def picture(request: pytest.FixtureRequest) -> Picture:
    """Every proposal on several dates in every language."""
    return picture_of(*request.param)


@pytest.fixture(params=PROPOSALS)
def own_picture(request: pytest.FixtureRequest) -> Picture:
    """Every proposal on its own date in English."""
    return picture_of(request.param, "own", "en")
