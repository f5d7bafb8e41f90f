"""Pairs say what differs between their sides, with its figure, and name the makers of both."""

from dataclasses import replace

import pytest

import layers
from layers.catalogue.model import Catalogue, find_edition
from layers.text.figures import about_text
from layers.text.languages import installed_languages
from tests.single_map import single_map
from tests.words import LANGUAGES
from webapp.errors import OptionError
from webapp.images.description.description import Description, describe
from webapp.images.options.options import read_options
from webapp.images.output.svg import composed, words_of
from webapp.images.pairs import CONTROL, main_zone, with_control_beside
from webapp.images.sides import sides_of
from webapp.jobs.editions import open_catalogue

FIRST, LAST = "2025-11-20", "2026-05-01"
CHANGED = {
    "en": "Between 20 November 2025 and 1 May 2026, Russian-held territory grew by about 920 km²",
    "uk": "Між 20 листопада 2025 року і 1 травня 2026 року територія під контролем Росії зросла приблизно на 920 км²",
    "zh-Hant": "2025年11月20日至2026年5月1日，俄方控制區擴大約920平方公里",
}


def told(catalogue: Catalogue, as_of: str, proposal: str = "us-28-points", **words: str) -> Description:
    options = read_options({"template": "pair"} | words, installed_languages().tags)
    asked, edition = find_edition(catalogue.proposal(proposal), as_of)
    return describe(catalogue, catalogue.proposal(proposal), asked, edition, options)


@pytest.mark.parametrize("lang", CHANGED)
def test_a_pair_of_dates_says_what_changed_whichever_date_is_named_first(lang: str) -> None:
    catalogue = open_catalogue()
    for own, other in ((FIRST, LAST), (LAST, FIRST)):
        assert told(catalogue, own, beside=other, lang=lang).title.replace("\u00a0", " ") == CHANGED[lang]


def test_a_pair_says_how_the_chosen_zone_changed_and_has_the_earlier_date_on_the_left() -> None:
    catalogue = open_catalogue()
    title = told(catalogue, LAST, beside=FIRST, zones="donetsk-buffer").title.replace("\u00a0", " ")
    assert title.endswith(": about 720 km² less on 1 May 2026 than on 20 November 2025")
    proposal = catalogue.proposal("us-28-points")
    sides = sides_of(catalogue, proposal, proposal.edition_on(LAST), read_options({"template": "pair"}, ["en"]))
    assert [side.edition.as_of for side in sides] == sorted(side.edition.as_of for side in sides)


def test_a_pair_of_control_maps_names_both_in_title_captions_and_credit() -> None:
    catalogue = open_catalogue()
    options = read_options({"template": "pair", "beside": f"{CONTROL}made"}, ["en"])
    both = with_control_beside(catalogue, options, {"made": single_map(catalogue)})
    assert told(both, FIRST, beside=options.beside).title.endswith("show the same area")  # the made one has its areas
    assert "A made map (one map, no interval)" in told(both, FIRST, beside=options.beside).credit
    proposal = both.proposal("us-28-points")
    captions = [side.caption[0] for side in sides_of(both, proposal, proposal.edition_on(FIRST), options)]
    assert captions == ["Clausemap’s reading of three maps, 20 November 2025", "A made map, 20 November 2025"]


def test_a_control_map_that_is_not_served_is_refused_with_those_that_are() -> None:
    catalogue = open_catalogue()
    options = replace(read_options({"template": "pair"}, ["en"]), beside=f"{CONTROL}none")
    with pytest.raises(OptionError, match="known: control:made"):
        with_control_beside(catalogue, options, {"made": catalogue})


LATER = {
    "en": "The 28-point draft and the later 20-point draft treat {area} differently",
    "uk": "«Проєкт із 28 пунктів» і пізніше «Проєкт із 20 пунктів» по-різному визначають статус {area}",
    "zh-Hant": "28點草案與其後的20點草案對{area}領土的安排不同",
}
EARLIER = {"en": "The {} and the earlier {}", "uk": "«{}» і раніше «{}»", "zh-Hant": "{}與較早的{}"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_images_of_two_proposals_have_the_figure_of_the_comparison(lang: str) -> None:
    catalogue = open_catalogue()
    differs = layers.compare_editions("us-28-points", "ukraine-20-points").attrs["comparison"]["differs"]
    area = about_text(catalogue.languages[lang], *(differs[f"area{end}_km2"] for end in ("", "_low", "_high")))
    for template in ("pair", "difference"):
        title = told(catalogue, FIRST, template=template, beside="ukraine-20-points", lang=lang).title
        assert title == LATER[lang].format(area=area)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_and_captions_name_both_drafts_and_who_put_them_forward(lang: str) -> None:
    catalogue = open_catalogue()
    drafts = [catalogue.proposal(name).texts for name in ("us-28-points", "prabowo-2023-06")]
    names, makers = ([one[key][lang] for one in drafts] for key in ("short_title", "put_forward_by"))
    for template in ("pair", "difference"):
        words = told(catalogue, FIRST, template=template, beside="prabowo-2023-06", lang=lang)
        assert words.title.startswith(EARLIER[lang].format(*names))
        assert all(maker in words.caption for maker in makers)


def test_a_credit_names_the_dates_of_all_control_maps() -> None:
    catalogue = open_catalogue()
    for template in ("pair", "difference"):
        credit = told(catalogue, FIRST, template=template, beside=LAST).credit
        assert "20 November 2025, 1 May 2026" in credit
    assert "to 21 August 2026" in told(catalogue, FIRST, template="series").credit


SERIES = {
    "en": "Donetsk buffer zone: about 5,200 km² on 21 August 2026, down from about 10,700 km² on 1 August 2024",
    "uk": "Буферна зона в Донецькій області: близько 5 200 км² станом на 21 серпня 2026 року проти близько 10 700 км²",
    "zh-Hant": "頓內茨克緩衝區：2026年8月21日約5,200平方公里，較2024年8月1日的約10,700平方公里縮小",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_series_says_what_became_of_its_zone_in_title_caption_and_alternative_text(lang: str) -> None:
    words = told(open_catalogue(), FIRST, template="series", lang=lang)
    assert words.title.replace("\u00a0", " ").startswith(SERIES[lang])
    for area in ("10,700", "8,450", "7,480", "6,040", "5,380", "5,200"):
        figure = area if lang != "uk" else area.replace(",", "\u00a0")
        assert figure in words.alt
        assert figure in words.caption


def test_a_series_of_a_zone_over_others_measures_it() -> None:
    words = told(open_catalogue(), "2025-12-24", proposal="ukraine-20-points", template="series", zones="donetsk-fez")
    assert words.title.startswith("Possible free economic zone")
    assert "about 5,200" in words.title.replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pair_has_room_on_a_phone(lang: str) -> None:
    catalogue = open_catalogue()
    proposal = catalogue.proposal("us-28-points")
    options = read_options({"template": "pair", "beside": LAST, "lang": lang, "size": "phone"}, LANGUAGES)
    sides = sides_of(catalogue, proposal, proposal.edition_on(FIRST), options)
    layout, _ = composed(catalogue, sides, words_of(catalogue, sides, options), options)
    assert len(layout.cells) == 2


MAIN = {
    "us-28-points": "donetsk-buffer",
    "ukraine-20-points": "donetsk-frozen",
    "kellogg-2025-04": "demilitarised-unheld",
    "e3-2025-11": "held-donetsk",
}


@pytest.mark.parametrize("proposal", MAIN)
def test_a_zoom_and_a_series_show_what_ukraine_would_leave_or_where_the_front_is(proposal: str) -> None:
    catalogue = open_catalogue()
    zones = catalogue.areas(find_edition(catalogue.proposal(proposal))[1])
    assert main_zone(zones)["id"] == MAIN[proposal]


def test_a_zoom_says_what_is_enlarged() -> None:
    words = told(open_catalogue(), FIRST, template="zoom")
    assert words.alt.endswith("Enlarged: Donetsk buffer zone.")
    assert "Enlarged: Donetsk buffer zone; the smaller map" in words.caption


def test_texts_of_a_pair_describe_both_sides() -> None:
    words = told(open_catalogue(), FIRST, beside=LAST)
    for said in (words.alt, words.caption):
        assert "First map: 20 November 2025" in said
        assert "Second map: 1 May 2026" in said


SAID = {
    "en": (
        "Ukraine would leave about 5,980 km², Russia about 1,900 km²",
        "Ukraine would leave no territory, Russia about",
    ),
    "uk": (
        "Україна вивела б війська з площі близько 5 980 км², Росія — ",
        "Україна не виводила б військ, Росія вивела б",
    ),
    "zh-Hant": (
        "依草案，烏方須撤離約5,980平方公里，俄方約1,900平方公里",
        "依草案，烏方無須撤離，俄方須撤離約1,910平方公里",
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_sides_of_a_pair_of_proposals_are_told_in_the_same_terms(lang: str) -> None:
    catalogue = open_catalogue()
    proposal = catalogue.proposal("us-28-points")
    options = read_options({"template": "pair", "beside": "ukraine-20-points", "lang": lang}, LANGUAGES)
    captions = [side.caption for side in sides_of(catalogue, proposal, proposal.edition_on(FIRST), options)]
    for (_, leaves, status, *_), begins in zip(captions, SAID[lang], strict=True):
        assert leaves.replace("\u00a0", " ").startswith(begins)
        assert status.replace("\u00a0", " ")
    assert [len(caption) for caption in captions] == [3, 4]  # the later one names a possible economic zone
    alt = told(catalogue, FIRST, beside="ukraine-20-points", lang=lang).alt.replace("\u00a0", " ")
    assert all(begins in alt for begins in SAID[lang])


def test_a_pair_of_proposals_says_it_of_the_chosen_zones_and_of_those_that_do_not_differ() -> None:
    catalogue = open_catalogue()
    buffer = told(catalogue, FIRST, beside="ukraine-20-points", zones="donetsk-buffer").title
    assert "treat about 5,980 km² differently" in buffer.replace("\u00a0", " ")
    frozen = told(catalogue, FIRST, beside="ukraine-20-points", zones="kherson-frozen").title
    assert frozen.endswith(": the same in 28-point draft and 20-point draft")


def test_a_pair_of_proposals_says_that_neither_is_in_force() -> None:
    catalogue = open_catalogue()
    proposal = catalogue.proposal("us-28-points")
    options = read_options({"template": "pair", "beside": "ukraine-20-points"}, ["en"])
    sides = sides_of(catalogue, proposal, proposal.edition_on(FIRST), options)
    assert words_of(catalogue, sides, options).lead == "Proposals, not in force."
