"""What is said of an image: alternative text that fits, a caption, a credit, and notes that lack nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from itertools import combinations, islice, pairwise
from typing import Any

import pytest

from layers.catalogue.model import Catalogue, Control, Edition, Proposal, find_edition
from layers.kinds.table import kind_of, word_key
from layers.zone_properties import ZoneProperties
from tests.words import (
    LANGUAGES,
    about_text,
    date_text,
    interval_text,
    language,
    length_text,
    maker_text,
    property_text,
    read_area,
    source_text,
    text,
)
from webapp.errors import OptionError
from webapp.images.description.description import Description, describe, notes, statement_text
from webapp.images.options.options import Options
from webapp.jobs.editions import open_catalogue
from webapp.text.headlines import headline_of
from webapp.text.totals import total

CATALOGUE = open_catalogue()
PROPOSALS = tuple(CATALOGUE.proposals)
MOST_READ = ("us-28-points", "ukraine-20-points")
NOT_IN_FORCE = {"en": "not in force", "uk": "не чинн", "zh-Hant": "未生效"}
MAIN = (
    "recognition-de-jure", "recognition", "buffer", "buffer-over", "economic", "freeze", "withdrawal",
    "withdrawal-ukraine",
)  # fmt: skip
SEVERAL = 4
EVERY = 5  # a proposal has a thousand choices of several zones: one in five is looked at
# Two spaces, two marks, a space before a mark, a blank that was not filled in.
BADLY_SET = re.compile(r"  |\.\.|[,;:]\s?[.,;:]|[。，；：、]{2}|[。，；：]\s|\s[,.;:!?)]|\(\s|\(\)|（）|[{}]|None")
UNSURE = ("by_map", "bare_by_map", "unsure_ranges", "unsure_one_map", "unsure_contested", "unsure_estimate")

Case = tuple[Proposal, str, Edition, str]


def built_cases() -> Iterator[Case]:
    """Every proposal on its own and the newest date, which every set-up builds, in every language."""
    for proposal in CATALOGUE.proposals.values():
        for day in {find_edition(proposal)[1].as_of, proposal.dates[-1]}:
            asked, edition = find_edition(proposal, day)
            yield from ((proposal, asked, edition, lang) for lang in LANGUAGES)


def cases() -> Iterator[Case]:
    """The two that are read most on every date, the others on their own and every eighth, in every language."""
    for proposal in CATALOGUE.proposals.values():
        some = {*proposal.dates[::8], find_edition(proposal)[1].as_of, proposal.dates[-1]}
        for day in proposal.dates if proposal.id in MOST_READ else sorted(some):
            asked, edition = find_edition(proposal, day)
            yield from ((proposal, asked, edition, lang) for lang in LANGUAGES)


def few_cases() -> Iterator[Case]:
    """Every proposal on its first, its own and its latest date in every language."""
    for proposal, asked, edition, lang in cases():
        if edition.as_of in {proposal.dates[0], find_edition(proposal)[1].as_of, proposal.dates[-1]}:
            yield proposal, asked, edition, lang


ON_DATES = pytest.mark.parametrize("cases_of", [built_cases, cases])


def own(proposal_id: str, lang: str, **chosen: Any) -> tuple[Edition, Description]:
    """A proposal on its own date, and what is said of its image."""
    proposal = CATALOGUE.proposal(proposal_id)
    asked, edition = find_edition(proposal)
    return edition, describe(CATALOGUE, proposal, asked, edition, Options(lang=lang, **chosen))


def choices(zones: list[ZoneProperties]) -> list[dict[str, Any]]:
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


def check_alternative_text(case: Case, chosen: dict[str, Any]) -> None:
    """An alternative text has room, names proposal and day, and says what is not in force and what is uncertain."""
    proposal, asked, edition, lang = case
    alt = describe(CATALOGUE, proposal, asked, edition, Options(lang=lang, **chosen)).alt
    assert len(alt) <= 250
    assert alt.endswith((".", "。"))
    assert not BADLY_SET.search(alt), alt
    assert NOT_IN_FORCE[lang] in alt
    assert proposal.texts["short_title"][lang] in alt
    assert date_text(lang, edition.as_of) in alt, alt
    assert any(words in alt for words in unsure_words(lang)), alt


def choosable(edition: Edition) -> list[ZoneProperties]:
    """The zones of an edition that an image can be asked to show."""
    return [zone for zone in CATALOGUE.areas(edition) if kind_of(zone).in_images]


@pytest.mark.costly
@ON_DATES
def test_alternative_text_always_fits_and_says_what_it_must(cases_of: Callable[[], Iterator[Case]]) -> None:
    for case in cases_of():
        check_alternative_text(case, {})


@pytest.mark.slow
def test_alternative_text_fits_whatever_is_chosen() -> None:
    """Languages take turns from choice to choice."""
    for place, case in enumerate(few_cases()):
        for chosen in choices(choosable(case[2]))[place % len(LANGUAGES) :: len(LANGUAGES)]:
            check_alternative_text(case, chosen)


@pytest.mark.wide
@pytest.mark.parametrize("proposal_id", MOST_READ)
def test_alternative_text_fits_on_every_date_whatever_is_chosen(proposal_id: str) -> None:
    """Languages take turns from date to date, and of the choices every second one is tried."""
    of_it = [case for case in cases() if case[0].id == proposal_id]
    for place, first in enumerate(range(0, len(of_it), len(LANGUAGES))):
        case = of_it[first + place % len(LANGUAGES)]
        for chosen in choices(choosable(case[2]))[place % 2 :: 2]:
            check_alternative_text(case, chosen)


@pytest.mark.costly
@ON_DATES
def test_alternative_text_gives_the_areas_of_every_main_kind(cases_of: Callable[[], Iterator[Case]]) -> None:
    for proposal, asked, edition, lang in cases_of():
        zones = CATALOGUE.areas(edition)
        alt = describe(CATALOGUE, proposal, asked, edition, Options(lang=lang)).alt
        spreads = []
        for kind in MAIN:
            listed = [zone for zone in zones if word_key(zone) == kind]
            if listed:
                size = total(listed)
                assert read_area(lang, size.area_km2, size.low_km2, size.high_km2).area in alt, (kind, alt)
                spreads.append(interval_text(lang, size.area_km2, size.low_km2, size.high_km2))
        assert not spreads or any(spread in alt for spread in spreads), alt


def test_where_nothing_is_proposed_for_an_area_the_words_say_what_is_held(lang: str) -> None:
    edition, said = own("e3-2025-11", lang)
    size = total(zone for zone in CATALOGUE.areas(edition) if zone["kind"] == "held")
    for words in (said.alt, said.caption):
        assert about_text(lang, size.area_km2, size.low_km2, size.high_km2) in words
        assert interval_text(lang, size.area_km2, size.low_km2, size.high_km2) in words


def test_recognition_de_jure_is_told_as_such_and_apart_from_de_facto(lang: str) -> None:
    edition, said = own("us-2025-04", lang)
    zones = [zone for zone in CATALOGUE.areas(edition) if zone["kind"] == "recognition"]
    for mode, key in (("de-jure", "recognition_de_jure"), ("de-facto", "recognition")):
        size = total(zone for zone in zones if zone["recognition_mode"] == mode)
        figure = about_text(lang, size.area_km2, size.low_km2, size.high_km2)
        parts = text(lang, f"image_words.caption_{key}", area="|").split("|")
        assert all(part.strip() in said.caption for part in parts)
        assert figure in said.caption
    _, alone = own("us-2025-04", lang, zones=("crimea",))
    assert text(lang, "image_words.named_recognition_de_jure", name="", area="").strip("—，, ") in alone.caption


def test_alternative_text_of_one_zone_speaks_of_it(lang: str, proposal_id: str) -> None:
    _, edition = find_edition(CATALOGUE.proposal(proposal_id))
    for zone in (one for one in CATALOGUE.areas(edition) if kind_of(one).in_images):
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
    for picked in islice(combinations(zones, SEVERAL), 0, None, EVERY):
        _, said = own(proposal_id, lang, zones=tuple(zone["id"] for zone in picked))
        absent = [zone["id"] for zone in picked if property_text(lang, zone, "name") not in said.alt]
        assert bool(absent) == (more in said.alt), said.alt


def test_ground_that_would_stay_as_it_is_is_not_counted_as_proposed(lang: str, proposal_id: str) -> None:
    edition, said = own(proposal_id, lang)
    staying = [zone for zone in CATALOGUE.areas(edition) if word_key(zone) == "unheld"]
    size = total(staying)
    if not staying:
        assert text(lang, "image_words.caption_unheld", area="").strip(" ，") not in said.caption
        return
    assert read_area(lang, size.area_km2, size.low_km2, size.high_km2).area not in said.alt
    assert read_area(lang, size.area_km2, size.low_km2, size.high_km2).area in said.caption


@pytest.mark.costly
@ON_DATES
def test_a_caption_says_day_source_status_and_border(cases_of: Callable[[], Iterator[Case]]) -> None:
    for proposal, asked, edition, lang in cases_of():
        for zones in ((), (next(iter(edition.zones)),)):
            caption = describe(CATALOGUE, proposal, asked, edition, Options(lang=lang, zones=zones)).caption
            for words in (date_text(lang, edition.as_of), source_text(lang, CATALOGUE), "68/262", NOT_IN_FORCE[lang]):
                assert words in caption, (words, caption)
            assert proposal.texts["how_known"][lang] in caption
            assert not BADLY_SET.search(caption), caption


def test_a_caption_names_the_day_that_was_asked_for_where_it_is_another(lang: str) -> None:
    proposal = CATALOGUE.proposal("ukraine-20-points")
    asked, edition = find_edition(proposal, "2025-12-27")
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
    proposal = CATALOGUE.proposal(proposal_id)
    zones = CATALOGUE.areas(find_edition(proposal)[1])
    assert plain.title == headline_of(language(lang), proposal, zones).text
    assert said == replace(plain, title="Point 21 on the map")


def test_a_narrow_image_has_the_short_headline_and_one_of_some_zones_theirs(lang: str, proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    zones = CATALOGUE.areas(find_edition(proposal)[1])
    _, narrow = own(proposal_id, lang, size=(640, 1000))
    assert narrow.title == headline_of(language(lang), proposal, zones).short
    chosen = next(zone for zone in zones if zone["partition"])
    _, said = own(proposal_id, lang, zones=(chosen["id"],))
    area_km2, low_km2, high_km2 = (chosen[key] for key in ("area_km2", "area_low_km2", "area_high_km2"))
    assert area_km2 is not None
    assert about_text(lang, area_km2, low_km2, high_km2).replace("\u00a0", " ") in said.title.replace("\u00a0", " ")


def test_words_stand_on_one_line_and_are_the_same_every_time(lang: str, proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    asked, edition = find_edition(proposal)
    said, again = (describe(one, proposal, asked, edition, Options(lang=lang)) for one in (CATALOGUE, open_catalogue()))
    assert said == again
    for words in astuple(said):
        assert words.strip() == words != ""
        assert "\n" not in words


def test_the_first_notes_are_whole_and_each_variant_is_shorter(lang: str, proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    _, edition = find_edition(proposal)
    variants = notes(CATALOGUE, proposal, edition, Options(lang=lang))
    coverage = proposal.texts.get("coverage_note", {lang: ""})[lang]
    assert [*([coverage] if coverage else []), statement_text(CATALOGUE, proposal, edition, language(lang))] == list(
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
    variants = notes(CATALOGUE, proposal, edition, Options(lang=lang, credit=credit))
    for variant in variants:
        whole = "\n".join(variant)
        source = text(lang, "statement.source_maps") if variant is variants[-1] else source_text(lang, CATALOGUE)
        for words in (source, "68/262", "Natural Earth", "GeoNames"):
            assert words in whole
        assert any(day in whole for day in days)
        assert credit in variant[-1]
        assert len(variant) == 1 or variant[-1].startswith(credit)
        assert not any(BADLY_SET.search(note) for note in variant), variant
    assert NOT_IN_FORCE[lang] in statement_text(CATALOGUE, proposal, edition, language(lang))


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
