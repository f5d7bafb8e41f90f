"""The images of every proposal and language on several dates, each drawn once for all tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pytest

from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition, load_catalogue
from layers.zone_properties import ZoneProperties
from tests.words import LANGUAGES
from webapp.images import render_svg
from webapp.images.drawing import Drawing
from webapp.images.layout.layout import Layout
from webapp.images.layout.panel import Words
from webapp.images.options.options import Options
from webapp.images.output.svg import composed, words_of
from webapp.images.sides import sides_of

PROPOSALS = ("us-28-points", "ukraine-20-points")
DAYS = ("first", "own", "2026-02-01", "latest")


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
        return _svg(self.proposal.id, self.requested, self.options)

    @property
    def drawing(self) -> Drawing:
        return _drawing(self.proposal.id, self.edition.as_of, self.options)

    @property
    def words(self) -> Words:
        return _words(self.proposal.id, self.edition.as_of, self.options)

    @property
    def layout(self) -> Layout:
        return _layout(self.proposal.id, self.edition.as_of, self.options)

    @property
    def zones(self) -> list[ZoneProperties]:
        return self.catalogue.areas(self.edition)


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


@cache
def _svg(proposal: str, requested: str, options: Options) -> str:
    return render_svg(_catalogue(), proposal, requested, options)


@lru_cache(maxsize=128)
def _words(proposal: str, as_of: str, options: Options) -> Words:
    found = _catalogue().proposal(proposal)
    return words_of(_catalogue(), sides_of(_catalogue(), found, found.editions[as_of], options), options)


def _layout(proposal: str, as_of: str, options: Options) -> Layout:
    return _composed(proposal, as_of, options)[0]


def _drawing(proposal: str, as_of: str, options: Options) -> Drawing:
    return _composed(proposal, as_of, options)[1]


@lru_cache(maxsize=128)
def _composed(proposal: str, as_of: str, options: Options) -> tuple[Layout, Drawing]:
    catalogue = _catalogue()
    edition = catalogue.proposal(proposal).editions[as_of]
    sides = sides_of(catalogue, catalogue.proposal(proposal), edition, options)
    layout, drawings = composed(catalogue, sides, _words(proposal, as_of, options), options)
    return layout, drawings[0]


def _cases() -> Iterator[tuple[str, str, str]]:
    for proposal in PROPOSALS:
        for number, day in enumerate(DAYS):
            yield from ((proposal, day, lang) for lang in (LANGUAGES if day == "own" else LANGUAGES[number % 3 :][:1]))


def picture_of(proposal_id: str, day: str, lang: str, **chosen: Any) -> Picture:
    """The picture of a proposal on a day with options; where only its own date is built, on that."""
    catalogue = _catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked = {"first": proposal.dates[0], "own": proposal.date, "latest": proposal.dates[-1]}.get(day, day)
    requested, edition = find_edition(proposal, max(asked, proposal.dates[0]))
    return Picture(catalogue, proposal, edition, requested, Options(lang=lang, **chosen))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """What is built."""
    return _catalogue()


@pytest.fixture(params=list(_cases()), ids="-".join)
def picture(request: pytest.FixtureRequest) -> Picture:
    """Two proposals on their own date in every language, and on other dates in one."""
    return picture_of(*request.param)


@pytest.fixture(params=PROPOSALS)
def own_picture(request: pytest.FixtureRequest) -> Picture:
    """Every proposal on its own date in English."""
    return picture_of(request.param, "own", "en")
