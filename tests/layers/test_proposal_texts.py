"""What proposals say: no day, map or figure that their data do not have."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from babel.dates import get_month_names
from pydantic import BaseModel

from layers.proposal.loading import proposal_ids
from layers.proposal.model import ProposalFile, Text
from layers.proposal.outcomes import PLACEHOLDER
from layers.proposal.undrawn import load_undrawn
from tests.layers.conftest import proposals
from tests.words import LANGUAGES

IDS = proposal_ids()
# An area in words is the data's to give, with its day and interval.
AREA = re.compile(r"\d[\d\s,.\u00a0\u202f]*\s*(km²|км²|sq(uare)? (km|mi)|平方公里|кв\. ?км)")
# Of another day's map, or of a page without a map, these are false.
FALSE_DAY = re.compile(
    r"this map|ця карта|цій карті|本圖|this page|draft’s day|day of the draft|дн[яі] проєкту|дату проєкту|"
    r"草案當日|提案當日",
    re.I,
)
LAND_ONLY = re.compile(r"land only|land area|лише суходіл|суходол|僅計陸地|陸地面積", re.I)
UNTOLD = re.compile(r"\b(TODO|TBD|XXX)\b|\{(?!oblast\}|maps\}|contested_rule\})")


def texts(proposal: ProposalFile, tag: str) -> Iterator[tuple[str, str]]:
    """Every text of a proposal in a language, by the key that its file has it under."""

    def within(key: str, value: object) -> Iterator[tuple[str, str]]:
        if isinstance(value, Text):
            yield key, value.by_language()[tag]
        elif isinstance(value, tuple):
            for place, one in enumerate(value):
                name = getattr(one, "id", None) or getattr(one, "number", None) or place
                yield from within(f"{key}.{name}", one)
        elif isinstance(value, BaseModel):
            for name in type(value).model_fields:
                yield from within(f"{key}.{name}" if key else name, getattr(value, name))

    yield from within("", proposal)


def days_in(text: str, tag: str) -> set[tuple[int, int]]:
    """The days (month, day) that a text names, as its language writes them."""
    if tag == "zh-Hant":
        found = re.findall(r"(\d{1,2})月(\d{1,2})日(?:[至、及和與](\d{1,2})日)?", text)
        return {(int(month), int(day)) for month, *days in found for day in days if day}
    names = {name.lower(): month for month, name in get_month_names("wide", locale=tag).items()}
    found = re.findall(rf"(\d{{1,2}}) ({'|'.join(names)})", text.lower())
    return {(names[name], int(day)) for day, name in found}


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("proposal_id", IDS)
def test_no_text_claims_an_area_a_map_or_a_day_that_it_does_not_have(proposal_id: str, tag: str) -> None:
    for key, text in texts(proposals()[proposal_id], tag):
        said = PLACEHOLDER.sub("", text) if key.startswith("outcomes.") else text
        for pattern in (AREA, FALSE_DAY, LAND_ONLY, UNTOLD):
            assert not pattern.search(said), (key, text)


@pytest.mark.parametrize("proposal_id", IDS)
def test_days_are_the_same_in_all_languages(proposal_id: str) -> None:
    """A day in a text is the proposal's, a source's, or one that all languages name alike."""
    proposal = proposals()[proposal_id]
    by_tag = {tag: dict(texts(proposal, tag)) for tag in LANGUAGES}
    for key in by_tag["en"]:
        days = {tag: days_in(by_tag[tag][key], tag) for tag in LANGUAGES}
        assert days["uk"] == days["en"], (key, days)
        assert days["zh-Hant"] >= days["en"], (key, days)


@pytest.mark.parametrize("proposal_id", IDS)
def test_zones_name_no_day_but_the_proposals_and_its_sources(proposal_id: str) -> None:
    proposal = proposals()[proposal_id]
    known = {proposal.date, *(source.date for source in proposal.sources)}
    allowed = {(day.month, day.day) for day in known} | ANNOUNCED.get(proposal_id, set())
    for key, text in texts(proposal, "en"):
        if key.startswith("zones."):
            assert days_in(text, "en") <= allowed, (key, text)


# Days that zones name beside these: of another version of the proposal, and of what happened to a place.
ANNOUNCED: dict[str, set[tuple[int, int]]] = {"putin-2025-08": {(8, 21)}, "us-2025-04": {(6, 6)}}


@pytest.mark.parametrize("proposal_id", IDS)
def test_a_proposal_is_known_through_sources_of_its_time(proposal_id: str) -> None:
    proposal = proposals()[proposal_id]
    assert all(source.date >= proposal.date for source in proposal.sources)
    assert max(source.date for source in proposal.sources) <= date(2026, 3, 31)
    assert len(proposal.summary.by_language()["en"]) < 420


def test_those_that_cannot_be_drawn_say_why_in_every_language() -> None:
    listed = load_undrawn()
    assert len(listed) == 7
    assert all(one.reason.by_language()[tag] and one.title.by_language()[tag] for one in listed for tag in LANGUAGES)
