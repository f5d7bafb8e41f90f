"""What is said of an image: alternative text that fits, a caption, a credit, and notes that lack nothing."""

import re
from collections.abc import Iterator
from dataclasses import astuple, replace
from itertools import combinations, pairwise
from typing import Any

import pytest

from layers.catalogue import Catalogue, Control, Edition, Proposal, find_edition, load_catalogue
from layers.languages import LANGUAGES
from webapp.control import maker_text, source_text
from webapp.errors import OptionError
from webapp.images.choice import NEVER_CHOSEN
from webapp.images.options import Options
from webapp.images.words import Description, describe, notes, statement_text
from webapp.language import about_text, date_text, interval_text, length_text, property_text, read_area, text
from webapp.totals import total

CATALOGUE = load_catalogue()
PROPOSALS = tuple(CATALOGUE.proposals)
NOT_IN_FORCE = {"en": "not in force", "uk": "не чинн", "zh-Hant": "未生效"}
MAIN = ("recognition", "buffer", "freeze", "withdrawal")
SEVERAL = 4
# Two spaces, two marks, a space before a mark, a blank that was not filled in.
BADLY_SET = re.compile(r"  |\.\.|[,;:]\s?[.,;:]|[。，；：、]{2}|[。，；：]\s|\s[,.;:!?)]|\(\s|\(\)|（）|[{}]|None")
UNSURE = ("by_map", "bare_by_map", "unsure_ranges", "unsure_one_map", "unsure_contested", "unsure_estimate")

Case = tuple[Proposal, str, Edition, str]


def cases() -> Iterator[Case]:
    """Every proposal on every date in every language."""
    for proposal in CATALOGUE.proposals.values():
        for day in proposal.dates:
            asked, edition = find_edition(proposal, day)
            yield from ((proposal, asked, edition, lang) for lang in LANGUAGES)


def own(proposal_id: str, lang: str, **chosen: Any) -> tuple[Edition, Description]:
    """A proposal on its own date, and what is said of its image."""
    proposal = CATALOGUE.proposal(proposal_id)
    asked, edition = find_edition(proposal)
    return edition, describe(CATALOGUE, proposal, asked, edition, Options(lang=lang, **chosen))


def choices(zones: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All zones, each clause, each zone, and some together."""
    ids = [zone["id"] for zone in zones]
    clauses = sorted({zone["clause"] for zone in zones if zone["clause"]})
    return [
        {},
        *({"clauses": (clause,)} for clause in clauses),
        *({"zones": (name,)} for name in ids),
        *({"zones": tuple(ids[start : start + count])} for count in (SEVERAL, 7) for start in range(len(ids) - count)),
    ]


def unsure_words(lang: str) -> list[str]:
    """What tells a reader what is uncertain: the longest words between the blanks of each such text."""
    parts = [re.split(r"\{\w+\}", text(lang, f"image_words.{key}")) for key in UNSURE]
    return [max(words, key=len).strip(" 。.,)，") for words in parts]


@pytest.fixture(params=PROPOSALS)
def proposal_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_alternative_text_always_fits_and_says_what_it_must() -> None:
    for proposal, asked, edition, lang in cases():
        zones = CATALOGUE.areas(edition)
        unsure = unsure_words(lang)
        days = [date_text(lang, edition.as_of), date_text(lang, edition.as_of, text(lang, "timeline.day"))]
        for chosen in choices([zone for zone in zones if zone["kind"] not in NEVER_CHOSEN]):
            alt = describe(CATALOGUE, proposal, asked, edition, Options(lang=lang, **chosen)).alt
            assert len(alt) <= 250
            assert alt.endswith((".", "。"))
            assert not BADLY_SET.search(alt), alt
            assert NOT_IN_FORCE[lang] in alt
            assert proposal.texts["short_title"][lang] in alt
            assert any(day in alt for day in days), alt
            assert any(words in alt for words in unsure), alt


def test_alternative_text_gives_the_areas_of_every_main_kind() -> None:
    for proposal, asked, edition, lang in cases():
        zones = CATALOGUE.areas(edition)
        alt = describe(CATALOGUE, proposal, asked, edition, Options(lang=lang)).alt
        spreads = []
        for kind in MAIN:
            listed = [zone for zone in zones if zone["kind"] == kind]
            if listed:
                size = total(listed)
                assert read_area(lang, size.area_km2, size.low_km2, size.high_km2).area in alt, (kind, alt)
                spreads.append(interval_text(lang, size.area_km2, size.low_km2, size.high_km2))
        assert any(spread in alt for spread in spreads), alt


def test_alternative_text_of_one_zone_speaks_of_it(lang: str, proposal_id: str) -> None:
    _, edition = find_edition(CATALOGUE.proposal(proposal_id))
    for zone in (one for one in CATALOGUE.areas(edition) if one["kind"] not in NEVER_CHOSEN):
        _, said = own(proposal_id, lang, zones=(zone["id"],))
        for words in (said.alt, said.caption):
            assert property_text(lang, zone, "name") in words
            if zone["area_km2"] is not None:
                measures = (zone["area_km2"], zone["area_low_km2"], zone["area_high_km2"])
                assert about_text(lang, *measures) in words
                assert interval_text(lang, *measures) in words or read_area(lang, *measures).low is None
            if zone["length_km"] is not None:
                assert length_text(lang, zone["length_km"]) in words


def test_zones_that_are_left_out_are_hinted_at(lang: str, proposal_id: str) -> None:
    _, edition = find_edition(CATALOGUE.proposal(proposal_id))
    more = text(lang, "image_words.more")
    zones = [zone for zone in CATALOGUE.areas(edition) if zone["partition"]]
    for picked in combinations(zones, SEVERAL):
        _, said = own(proposal_id, lang, zones=tuple(zone["id"] for zone in picked))
        absent = [zone["id"] for zone in picked if property_text(lang, zone, "name") not in said.alt]
        assert bool(absent) == (more in said.alt), said.alt


def test_ground_that_would_stay_as_it_is_is_not_counted_as_proposed(lang: str, proposal_id: str) -> None:
    edition, said = own(proposal_id, lang)
    size = total(zone for zone in CATALOGUE.areas(edition) if zone["kind"] == "unheld")
    assert read_area(lang, size.area_km2, size.low_km2, size.high_km2).area not in said.alt
    assert read_area(lang, size.area_km2, size.low_km2, size.high_km2).area in said.caption


def test_a_caption_says_day_source_status_and_border() -> None:
    for proposal, asked, edition, lang in cases():
        for zones in ((), (next(iter(edition.zones)),)):
            caption = describe(CATALOGUE, proposal, asked, edition, Options(lang=lang, zones=zones)).caption
            for words in (date_text(lang, edition.as_of), source_text(lang, CATALOGUE), "68/262", NOT_IN_FORCE[lang]):
                assert words in caption, (words, caption)
            assert proposal.texts["how_known"][lang] in caption
            assert not BADLY_SET.search(caption), caption


def test_a_caption_names_the_day_that_was_asked_for_where_it_is_another(lang: str) -> None:
    proposal = CATALOGUE.proposal("ukraine-20-points")
    asked, edition = find_edition(proposal, "2025-12-24")
    later, same = (describe(CATALOGUE, proposal, day, edition, Options(lang=lang)) for day in (asked, edition.as_of))
    words = [date_text(lang, day) for day in (asked, edition.as_of)]
    assert all(day in later.caption.replace(proposal.texts["how_known"][lang], "") for day in words)
    assert words[0] not in same.caption.replace(proposal.texts["how_known"][lang], "")


def test_a_credit_begins_with_the_readers_own_and_ends_with_all_of_ours(lang: str, proposal_id: str) -> None:
    _, plain = own(proposal_id, lang)
    _, said = own(proposal_id, lang, credit="Graphic: The Daily")
    assert said.credit.startswith("Graphic: The Daily")
    assert said.credit.endswith(plain.credit)
    for words in ("Clausemap", "CC BY 4.0", "Natural Earth", "GeoNames", source_text(lang, CATALOGUE)):
        assert words in plain.credit
    assert not BADLY_SET.search(said.credit)


def test_a_title_of_ones_own_stands_for_the_headline(lang: str, proposal_id: str) -> None:
    _, plain = own(proposal_id, lang)
    _, said = own(proposal_id, lang, title="Point 21 on the map")
    assert plain.title == CATALOGUE.proposal(proposal_id).texts["headline"][lang]
    assert said == replace(plain, title="Point 21 on the map")


def test_words_stand_on_one_line_and_are_the_same_every_time(lang: str, proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    asked, edition = find_edition(proposal)
    said, again = (describe(one, proposal, asked, edition, Options(lang=lang)) for one in (CATALOGUE, load_catalogue()))
    assert said == again
    for words in astuple(said):
        assert words.strip() == words != ""
        assert "\n" not in words


def test_the_first_notes_are_whole_and_each_variant_is_shorter(lang: str, proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    _, edition = find_edition(proposal)
    variants = notes(CATALOGUE, proposal, edition, Options(lang=lang))
    coverage = proposal.texts.get("coverage_note", {lang: ""})[lang]
    assert [*([coverage] if coverage else []), statement_text(CATALOGUE, proposal, edition, lang)] == list(
        variants[0][:-1]
    )
    assert text(lang, "images.made", maker=maker_text(lang, CATALOGUE)) in variants[0][-1]
    sizes = [sum(len(note) for note in variant) for variant in variants]
    assert len(sizes) >= 3
    assert all(shorter < longer for longer, shorter in pairwise(sizes))
    assert sizes[-1] < sizes[0] / 2
    assert len(variants[-1]) == 1


def test_no_variant_of_the_notes_lacks_what_an_image_must_say(lang: str, proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    _, edition = find_edition(proposal)
    credit = "Graphic: The Daily (data desk) " + "x" * 120
    days = [date_text(lang, edition.as_of), date_text(lang, edition.as_of, text(lang, "timeline.day"))]
    for variant in notes(CATALOGUE, proposal, edition, Options(lang=lang, credit=credit)):
        whole = "\n".join(variant)
        for words in (NOT_IN_FORCE[lang], source_text(lang, CATALOGUE), "68/262", "Natural Earth", "GeoNames"):
            assert words in whole
        assert any(day in whole for day in days)
        assert credit in variant[-1]
        assert len(variant) == 1 or variant[-1].startswith(credit)
        assert not any(BADLY_SET.search(note) for note in variant), variant


def one_map() -> Catalogue:
    """The same zones as if a single map of a desk's own were behind them."""
    return replace(CATALOGUE, control=Control("desk", "Desk map", 1))


def test_a_control_map_of_ones_own_is_named_with_its_licence(lang: str, proposal_id: str) -> None:
    proposal, catalogue = CATALOGUE.proposal(proposal_id), one_map()
    asked, edition = find_edition(proposal)
    said = describe(catalogue, proposal, asked, edition, Options(lang=lang))
    for words in (said.caption, said.credit, said.licence, said.statement):
        assert "Desk map" in words
    assert said.licence != "CC BY 4.0"
    for variant in notes(catalogue, proposal, edition, Options(lang=lang)):
        assert source_text(lang, catalogue) in "\n".join(variant)
        assert source_text(lang, CATALOGUE) not in "\n".join(variant)


def test_without_an_interval_the_words_say_so_and_speak_of_none(lang: str) -> None:
    proposal = CATALOGUE.proposal("us-28-points")
    asked, edition = find_edition(proposal)
    options = Options(lang=lang, zones=("crimea",))
    said = describe(one_map(), proposal, asked, edition, options)
    assert text(lang, "image_words.unsure_one_map") in said.alt
    for several in (said, describe(CATALOGUE, proposal, asked, edition, options)):
        assert text(lang, "image_words.unsure_ranges") not in several.alt
        assert text(lang, "image_words.ranges") not in several.caption


@pytest.mark.parametrize("chosen", [{"zones": ("atlantis",)}, {"clauses": ("99z",)}])
def test_a_zone_or_clause_that_is_not_there_is_refused(chosen: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(OptionError, match=r"atlantis|99z"):
        own("us-28-points", "en", **chosen)
