"""The images of every proposal and language on several dates, each drawn once for all tests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pytest

from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.zone_properties import ZoneProperties
from tests.words import LANGUAGES
from webapp.images import render_svg
from webapp.images.drawing import Drawing
from webapp.images.layout.layout import Layout
from webapp.images.layout.panel import Words
from webapp.images.options.options import Options
from webapp.images.output.svg import composed
from webapp.images.sides import MapSide, sides_of
from webapp.jobs.editions import open_catalogue

PROPOSALS = ("us-28-points", "ukraine-20-points")
DAYS = ("first", "own", "2026-02-01", "latest")


@dataclass(frozen=True)
class Rendered:
    """An image with the words, the layout and the first map that it was written from."""

    svg: str
    words: Words
    layout: Layout
    drawing: Drawing


@dataclass(frozen=True)
class Picture:
    """An image with all that it was made from."""

    catalogue: Catalogue
    proposal: Proposal
    edition: Edition
    requested: str
    options: Options

    @property
    def lang(self) -> str:
        return self.options.lang

    @property
    def svg(self) -> str:
        return self._rendered.svg

    @property
    def drawing(self) -> Drawing:
        return self._rendered.drawing

    @property
    def words(self) -> Words:
        return self._rendered.words

    @property
    def layout(self) -> Layout:
        return self._rendered.layout

    @property
    def _rendered(self) -> Rendered:
        return _rendered(self.proposal.id, self.requested, self.options)

    @property
    def zones(self) -> list[ZoneProperties]:
        return self.catalogue.areas(self.edition)

    @property
    def side(self) -> MapSide:
        return sides_of(self.catalogue, self.proposal, self.edition, self.options)[0]


@cache
def _catalogue() -> Catalogue:
    return open_catalogue()


@lru_cache(maxsize=256)
def _rendered(proposal: str, requested: str, options: Options) -> Rendered:
    """An image drawn once: what is composed for it is noted instead of composed again."""
    noted: list[tuple[Words, Layout, Drawing]] = []

    def composed_once(
        catalogue: Catalogue, sides: Sequence[MapSide], words: Words, options: Options
    ) -> tuple[Layout, tuple[Drawing, ...]]:
        layout, drawings = composed(catalogue, sides, words, options)
        noted.append((words, layout, drawings[0]))
        return layout, drawings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.images.output.svg.composed", composed_once)
        svg = render_svg(_catalogue(), proposal, requested, options)
    return Rendered(svg, *noted[0])


def _cases() -> Iterator[tuple[str, str, str]]:
    for proposal in PROPOSALS:
        for number, day in enumerate(DAYS):
            yield from ((proposal, day, lang) for lang in (LANGUAGES if day == "own" else LANGUAGES[number % 3 :][:1]))


def picture_of(proposal_id: str, day: str, lang: str, **chosen: Any) -> Picture:
    """The picture of a proposal on a day with options."""
    catalogue = _catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked = {"first": proposal.dates[0], "own": proposal.date, "latest": proposal.dates[-1]}.get(day, day)
    requested, edition = find_edition(proposal, max(asked, proposal.dates[0]))
    return Picture(catalogue, proposal, edition, requested, Options(lang=lang, **chosen))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Every date: as the set-up built it, else derived when a test asks for it."""
    return _catalogue()


@pytest.fixture(params=list(_cases()), ids="-".join)
def picture(request: pytest.FixtureRequest) -> Picture:
    """Two proposals on their own date in every language, and on other dates in one."""
    return picture_of(*request.param)


@pytest.fixture(params=PROPOSALS)
def own_picture(request: pytest.FixtureRequest) -> Picture:
    """Every proposal on its own date in English."""
    return picture_of(request.param, "own", "en")
