"""Headlines: what would happen, with its figures, for every proposal, date and language, and for what is shown."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import COMMITTED, Proposal, load_catalogue
from layers.zone_properties import ZoneProperties
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, about_text, language
from webapp.context import open_view, unserved
from webapp.jobs.editions import open_catalogue
from webapp.sharing.cards import LONGEST_TITLE
from webapp.text.headlines import Headline, headline_of, headlines, sure_text, view_headline
from webapp.text.totals import total
from webapp.typography.line_breaking import JOINER, unbroken

US = "us-28-points"
LONGEST = 165
ABOUT = {"en": r"about \d", "uk": r"близько \d", "zh-Hant": r"約\d"}
UNIT = {"en": "\u00a0km²", "uk": "\u00a0км²", "zh-Hant": "平方公里"}
IDS = tuple(load_catalogue(COMMITTED).proposals)
TURNS = 4


@cache
def areas(proposal_id: str, day: str) -> tuple[Proposal, list[ZoneProperties]]:
    catalogue = open_catalogue()
    proposal = catalogue.proposal(proposal_id)
    return proposal, catalogue.areas(proposal.edition_on(day))


def read(proposal_id: str, day: str, lang: str, chosen: set[str] | None = None) -> Headline:
    proposal, zones = areas(proposal_id, day)
    return headline_of(language(lang), proposal, zones, chosen)


def check(headline: Headline, lang: str) -> None:
    """A headline has its figures, each called about, and nothing that is left to fill in."""
    assert headline.figures
    for words, longest in ((headline.text, LONGEST), (headline.short, LONGEST_TITLE)):
        assert not re.search(r"[{}]", words)
        assert len(words) <= longest, words
        assert len(re.findall(ABOUT[lang], words)) == words.count(UNIT[lang]) >= 1
        assert words[0].isupper() or lang == "zh-Hant"
        assert not words.endswith((".", "。"))
    for figure in headline.figures:
        said = about_text(lang, figure.area_km2, figure.low_km2, figure.high_km2)
        assert re.sub(r"\s", " ", said) in re.sub(r"\s", " ", headline.text + headline.short)


@pytest.mark.costly
@pytest.mark.parametrize("proposal_id", IDS)
@pytest.mark.parametrize("which", ["newest", "in turn"])
def test_every_date_has_a_headline_with_figures(proposal_id: str, which: str) -> None:
    """The proposals take turns, so that each date occurs."""
    first, step = (-1, 1) if which == "newest" else (IDS.index(proposal_id) % TURNS, TURNS)
    for day in open_catalogue().proposal(proposal_id).dates[first::step]:
        for lang in LANGUAGES:
            check(read(proposal_id, day, lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", IDS)
def test_further_headlines_are_as_complete(proposal_id: str, lang: str) -> None:
    proposal, zones = areas(proposal_id, load_catalogue(COMMITTED).control_dates[-1])
    *with_figures, plain = headlines(language(lang), proposal, zones)
    for headline in with_figures:
        check(headline, lang)
    assert plain.text == proposal.texts["headline"][lang]


def test_the_headline_of_the_plan() -> None:
    assert read(US, "2025-11-20", "en").text.replace("\u00a0", " ") == (
        "Ukraine would leave about 5,980 km² of Donetsk; Russia would keep what it holds in five regions and leave "
        "about 1,900 km² elsewhere"
    )


def test_a_headline_has_no_figure_of_what_is_not_there() -> None:
    proposal, zones = areas(US, "2025-11-20")
    left = [zone for zone in zones if not zone["id"].startswith("withdrawal-")]
    assert headline_of(language("en"), proposal, left).zones == ("donetsk-buffer",)
    assert headline_of(language("en"), proposal, []).text == proposal.texts["headline"]["en"]
    older = replace(proposal, outcomes=())
    assert headline_of(language("en"), older, zones).text == proposal.texts["headline"]["en"]


def test_a_headline_is_of_what_is_shown() -> None:
    proposal, zones = areas(US, "2025-11-20")
    by_id = {zone["id"]: zone for zone in zones}
    assert read(US, "2025-11-20", "en", {"donetsk-buffer", "contested"}).text.replace("\u00a0", " ") == (
        "Ukraine would leave about 5,980 km² of Donetsk, which would become a demilitarised buffer zone"
    )
    frozen = {"kherson-frozen", "zaporizhzhia-frozen"}
    assert set(read(US, "2025-11-20", "uk", frozen).zones) == frozen
    kharkiv = read(US, "2025-11-20", "en", {"withdrawal-kharkiv"})
    assert kharkiv.text.replace("\u00a0", " ") == "Russia would leave: held part of Kharkiv oblast: about 1,350 km²"
    assert kharkiv.figures == (total([by_id["withdrawal-kharkiv"]]),)
    several = read(US, "2025-11-20", "en", {"luhansk-held", "kherson-unheld"})
    assert several.text == proposal.texts["headline"]["en"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_says_how_sure_its_figures_are(lang: str) -> None:
    view = open_view(unserved(load_catalogue(COMMITTED), language(lang)), US)
    headline = view_headline(view)
    sure = sure_text(view, headline).replace("\u00a0", "")
    for number in ("5,550", "6,390", "1,540", "2,480"):
        assert number.replace(",", "" if lang == "uk" else ",") in sure
    single = replace(view.catalogue, control=replace(view.catalogue.control, maps=1))
    other = replace(view, context=replace(view.context, catalogue=single))
    assert sure_text(other, headline) != sure_text(view, headline)
    assert not re.search(r"\d", sure_text(other, headline))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", ["2025-11-20", "2026-08-21"])
def test_page_and_embed_have_it_with_those_for_hidden_zones(client: FlaskClient, lang: str, day: str) -> None:
    headline = read(US, day, lang)
    for path in (f"/{lang}/map/{US}", f"/embed/{lang}/{US}"):
        tree = read_html(client.get(f"{path}?as_of={day}").text)
        shown = [part.words for part in tree.one("h1").all("span")]
        assert shown == [" ".join(unbroken(words).split()) for words in (headline.text, headline.short)]
        assert [words.replace(JOINER, "") for words in shown] == [
            " ".join(words.split()) for words in (headline.text, headline.short)
        ]
        listed = json.loads("".join(map(str, tree.one("script", id="page-data").inside)))["headlines"]
        assert listed[0] == [unbroken(headline.text), list(headline.zones), unbroken(headline.short)]
        assert listed[-1][1] == []
