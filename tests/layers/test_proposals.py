"""Proposal files: what they must hold, and all problems of a file told at once."""

import copy
import tomllib
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from layers.errors import ProposalError, UnknownError
from layers.proposal.loading import PROPOSALS, check_proposal, load_proposal, proposal_ids
from tests.layers.conftest import cached_study, proposals

MUST_SAY = (
    (7, "en", "never join NATO"), (7, "uk", "ніколи не вступить"), (7, "zh-Hant", "永不"),
    (10, "en", "Moscow or St Petersburg"), (10, "uk", "компенсацію"), (10, "zh-Hant", "安全保證"),
    (13, "en", "invited to rejoin"), (13, "uk", "запросили"), (13, "zh-Hant", "獲邀"),
    (14, "en", "$100bn"), (14, "uk", "100 млрд"), (14, "zh-Hant", "1,000億美元"),
    (20, "en", "religious tolerance"), (20, "uk", "релігійну"), (20, "zh-Hant", "宗教"),
    (22, "en", "would lapse"), (22, "uk", "припинили б дію"), (22, "zh-Hant", "失效"),
    (25, "en", "within 100 days"), (25, "uk", "протягом 100 днів"), (25, "zh-Hant", "100天內"),
    (28, "en", "at once"), (28, "uk", "негайно"), (28, "zh-Hant", "立即"),
)  # fmt: skip
NAMES = cached_study().reference.names
Raw = dict[str, Any]


def raw(proposal_id: str = "us-28-points") -> Raw:
    return tomllib.loads((PROPOSALS / f"{proposal_id}.toml").read_text(encoding="utf-8"))


def refusal(changed: Raw) -> str:
    with pytest.raises(ProposalError) as refused:
        check_proposal(changed, Path("us-28-points.toml"), NAMES)
    return str(refused.value)


def test_all_proposals_load() -> None:
    assert proposal_ids() == (
        "e3-2025-11", "kellogg-2025-04", "prabowo-2023-06", "putin-2024-06", "putin-2025-08", "ukraine-20-points",
        "us-2025-04", "us-2025-12", "us-28-points",
    )  # fmt: skip
    assert len(proposals()["ukraine-20-points"].points) == 20
    assert all(any(source.url for source in proposal.sources) for proposal in proposals().values())


def test_the_plan_has_28_points_four_clauses_and_its_notes() -> None:
    plan = proposals()["us-28-points"]
    assert [point.number for point in plan.points] == list(range(1, 29))
    assert [clause.id for clause in plan.clauses] == ["21a", "21b", "21c", "21d"]
    noted = {point.number for point in plan.points if point.note}
    assert noted >= {8, 9, 10, 22, 28}
    assert {source.name.by_language()["en"] for source in plan.sources} >= {"Axios", "ETtoday"}
    assert all(source.url for source in plan.sources)


def test_the_28_points_say_what_the_facts_say(shared: Path) -> None:
    """Every point of the facts in three languages, but for the wording of what is imposed."""
    facts = tomllib.loads((shared / "facts/texts-28-points.toml").read_text(encoding="utf-8"))
    points = {str(point.number): point for point in proposals()["us-28-points"].points}
    for key, texts in facts.items():
        point = points[key.removesuffix("n")]
        text = point.note if key.endswith("n") else point.text
        assert text is not None, key
        for tag, words in texts.items():
            ratio = SequenceMatcher(None, words, text.by_language()[tag]).ratio()
            assert ratio > 0.7, (key, tag, ratio, text.by_language()[tag])


def test_what_the_28_points_must_not_leave_out() -> None:
    points = {point.number: point.text.by_language() for point in proposals()["us-28-points"].points}
    for number, tag, words in MUST_SAY:
        assert words in points[number][tag], (number, tag, words)


def wrong_oblast(changed: Raw) -> None:
    changed["zones"][0]["derivation"]["oblasts"] = ["UA-99"]


def wrong_function(changed: Raw) -> None:
    changed["zones"][5]["derivation"]["function"] = "remainder"


def missing_language(changed: Raw) -> None:
    del changed["zones"][5]["name"]["uk"]


def unknown_clause(changed: Raw) -> None:
    changed["zones"][5]["clause"] = "30a"


def repeated_id(changed: Raw) -> None:
    changed["zones"][1]["id"] = "crimea"


def mistyped_key(changed: Raw) -> None:
    changed["zones"][0]["knid"] = changed["zones"][0].pop("kind")


def wrong_status(changed: Raw) -> None:
    changed["status"] = "in force"


def wrong_point(changed: Raw) -> None:
    changed["clauses"][0]["point"] = 31


def wrong_name(changed: Raw) -> None:
    changed["id"] = "us-29-points"


def parameter_missing(changed: Raw) -> None:
    del changed["zones"][0]["derivation"]["oblasts"]


def no_place_for_oblast(changed: Raw) -> None:
    next(zone for zone in changed["zones"] if "{oblast}" in zone["id"])["id"] = "withdrawal"


def unknown_country(changed: Raw) -> None:
    changed["zones"][-1]["derivation"] = {"function": "country", "country": "XXX"}


def date_as_text(changed: Raw) -> None:
    changed["date"] = "2020-01-01"


def yes_for_true(changed: Raw) -> None:
    changed["zones"][0]["partition"] = "yes"


def wrong_kind(changed: Raw) -> None:
    changed["zones"][0]["kind"] = "site"


def overlay_in_partition(changed: Raw) -> None:
    next(zone for zone in changed["zones"] if zone["id"] == "contested")["partition"] = True


def small_withdrawal(changed: Raw) -> None:
    next(zone for zone in changed["zones"] if "{oblast}" in zone["id"])["derivation"]["minimum_km2"] = 0


def far_away(changed: Raw) -> None:
    derivation = next(zone for zone in changed["zones"] if zone["id"] == "zaporizhzhia-npp")["derivation"]
    derivation["lon"], derivation["lat"] = derivation["lat"], derivation["lon"]


def unfilled_blank(changed: Raw) -> None:
    changed["zones"][0]["name"]["en"] = "Part of {oblast}"


def blank_text(changed: Raw) -> None:
    changed["zones"][0]["name"]["en"] = "   "


def no_country(changed: Raw) -> None:
    changed["by"] = ["the US"]


def odd_clause(changed: Raw) -> None:
    changed["clauses"][0]["id"] = "21 (a), b"


def list_for_function(changed: Raw) -> None:
    changed["zones"][0]["derivation"]["function"] = ["oblast"]


def list_for_number(changed: Raw) -> None:
    changed["points"][0]["number"] = [1]


def nothing_left(changed: Raw) -> None:
    line = next(zone for zone in changed["zones"] if zone["id"] == "contact-line")
    line["derivation"]["except"] = line["derivation"]["oblasts"]


def unknown_zone(changed: Raw) -> None:
    changed["figures"]["buffer"] = ["donetsk-bufer"]


def zone_without_area(changed: Raw) -> None:
    changed["figures"]["buffer"] = ["contact-line"]


def unknown_placeholder(changed: Raw) -> None:
    changed["outcomes"][0]["text"]["uk"] += " {bufer}"


def figure_in_one_language(changed: Raw) -> None:
    changed["outcomes"][1]["text"]["uk"] = "{elsewhere}"


def no_figure(changed: Raw) -> None:
    changed["outcomes"][2]["text"]["en"] = "Russia would leave much"


def lone_brace(changed: Raw) -> None:
    changed["outcomes"][1]["short"]["en"] += " }"


def long_headline(changed: Raw) -> None:
    changed["outcomes"][0]["text"]["en"] += " and so on" * 9


def no_short_one(changed: Raw) -> None:
    del changed["outcomes"][0]["short"]


PROBLEMS: dict[Callable[[Raw], None], str] = {
    wrong_oblast: "zones.crimea.derivation.oblasts: unknown 'UA-99'; known: UA-43",
    wrong_function: "zones.donetsk-buffer.derivation.function: unknown derivation 'remainder'; known: oblast, held",
    missing_language: "zones.donetsk-buffer.name.uk: is missing; add it",
    unknown_clause: "zones.donetsk-buffer.clause: no point has a clause '30a'; known:",
    repeated_id: "zones.crimea: the id is used 2 times",
    mistyped_key: "zones.crimea.knid: is not a key of this table",
    wrong_status: "status: value should be 'reported', 'replaced' or 'withdrawn'",
    wrong_point: "clauses.21a.point: there is no point 31",
    wrong_name: "id: is 'us-29-points', the file is called us-28-points.toml",
    parameter_missing: "zones.crimea.derivation.oblasts: is missing; add it",
    no_place_for_oblast: "zones.withdrawal.id: has {oblast} exactly where",
    unknown_country: "unknown 'XXX'; known: RUS",
    date_as_text: "date: value should be a valid date",
    yes_for_true: "zones.crimea.partition: value should be a valid boolean",
    wrong_kind: "zones.crimea.kind: oblast makes no site; it makes buffer, economic, freeze",
    overlay_in_partition: "zones.contested.partition: contested lies over other zones; write false",
    small_withdrawal: "zones.withdrawal-{oblast}.derivation.minimum_km2: a withdrawal zone has at least 5 km²",
    far_away: "zones.zaporizhzhia-npp.derivation.lon: value should be less than or equal to 45.5",
    unfilled_blank: "zones.crimea.name.en: has a blank that nothing fills",
    blank_text: "zones.crimea.name.en: String should have at least 1 character",
    no_country: "by.0: String should match pattern",
    odd_clause: "clauses.21 (a), b.id: String should match pattern",
    list_for_function: "zones.crimea.derivation.function: unknown derivation None",
    list_for_number: ".number: value should be a valid integer",
    nothing_left: "zones.contact-line.derivation.except: leaves no oblast",
    unknown_zone: "figures.buffer: unknown zone 'donetsk-bufer'; known: crimea, sevastopol",
    zone_without_area: "figures.buffer: contact-line has no area; name zones that have one: crimea",
    unknown_placeholder: "outcomes.1.text.uk: unknown placeholder {bufer}; known: buffer, elsewhere",
    figure_in_one_language: "outcomes.2.text.uk: must have {buffer}, as the English text has",
    no_figure: "outcomes.3.text.en: has no figure; write one as {name} of [figures]",
    lone_brace: "outcomes.2.short.en: has a brace that belongs to no placeholder",
    long_headline: "outcomes.1.text.en: takes 223 characters with its figures; at most 165",
    no_short_one: "outcomes.1.short: is missing; add one of at most 90 characters",
}


@pytest.mark.parametrize("damage", PROBLEMS, ids=lambda damage: damage.__name__)
def test_each_problem_is_told_with_file_key_and_remedy(damage: Callable[[Raw], None]) -> None:
    changed = raw()
    damage(changed)
    said = refusal(changed)
    assert said.startswith("us-28-points.toml: ")
    assert PROBLEMS[damage] in said


def test_all_problems_of_a_file_are_told_at_once() -> None:
    changed = raw()
    together = [wrong_oblast, wrong_function, missing_language, unknown_clause, wrong_status, wrong_point]
    for damage in together:
        damage(changed)
    said = refusal(changed)
    assert f"{len(together)} to mend" in said
    assert all(PROBLEMS[damage] in said for damage in together)


def test_a_zone_an_oblast_of_a_single_one_may_name_it() -> None:
    changed = raw()
    (zone,) = (zone for zone in changed["zones"] if zone["id"] == "withdrawal-mykolaiv")
    assert zone["derivation"]["function"] == "held-each"
    zone["derivation"]["oblasts"].append("UA-51")
    assert "zones.withdrawal-mykolaiv.id: has {oblast} exactly where" in refusal(changed)


@pytest.mark.parametrize("key", sorted(raw()))
def test_no_key_of_the_file_may_be_of_another_type(key: str) -> None:
    for nonsense in (7.5, [3], {"x": 1}):
        changed = copy.deepcopy(raw())
        changed[key] = nonsense
        assert f"  {key}" in refusal(changed)


def test_a_typing_error_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('id = "bad"\ndate = 2025-11-20\ntitle = = 3\n')
    with pytest.raises(ProposalError, match=r"bad\.toml: not TOML: .*line 3"):
        load_proposal("bad", NAMES, folder=tmp_path)


def test_an_unknown_proposal_names_the_known() -> None:
    with pytest.raises(UnknownError, match=r"known: e3-2025-11, .*ukraine-20-points, .*us-28-points"):
        load_proposal("us-29-points", NAMES)
