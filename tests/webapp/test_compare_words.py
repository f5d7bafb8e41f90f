"""A comparison says in one sentence who would leave more, how much the front's movement makes, and names each row."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import find_edition
from layers.kinds.outcomes import OPEN, OUTCOMES
from layers.proposal.loading import proposal_ids
from layers.text.figures import read_area
from layers.text.languages import installed_languages
from tests.words import LANGUAGES
from webapp.context import unserved
from webapp.jobs.editions import open_catalogue
from webapp.pages.compare import in_order
from webapp.pages.compare_words import leaving_texts
from webapp.text.interface import text
from webapp.text.totals import total

NAMES = ("Draft A", "Draft B")
PAIRS = list(itertools.combinations(proposal_ids(), 2))


def outcome(key: str, left: float, right: float, spread: float = 0.0, moved: float = 0.0) -> dict[str, Any]:
    """A row of a comparison: km² on either side, the difference with an interval of ``spread`` to both sides."""
    row: dict[str, Any] = {"outcome": key, "difference_moved_area_km2": moved}
    for name, area in (("left", left), ("right", right), ("difference", right - left)):
        ends = (area - spread, area + spread) if spread else (None, None)
        row |= dict(zip([f"{name}_area{end}_km2" for end in ("", "_low", "_high")], (area, *ends), strict=True))
    return row


def said(
    ukraine: dict[str, Any], *, russia: float = 0.0, open_km2: float = 0.0, lang: str = "en", by_front: bool = True
) -> list[str]:
    """The sentences on who would leave what."""
    rows = {key: outcome(key, 0, 0) for key in (*OUTCOMES, *OPEN)}
    rows |= {
        "left_by_ukraine": ukraine,
        "left_by_russia": outcome("left_by_russia", russia, 0),
        "open_to_ukraine": outcome("open_to_ukraine", 0, open_km2),
    }
    found = {"outcomes": list(rows.values())}
    told = leaving_texts(installed_languages()[lang], found, NAMES, by_front=by_front)
    return [words.replace("\u00a0", " ") for words in told]


def leaves(left: float, right: float, spread: float = 0.0, moved: float = 0.0) -> dict[str, Any]:
    return outcome("left_by_ukraine", left, right, spread, moved)


def test_the_sentence_names_who_has_more_and_by_how_much() -> None:
    (more,) = said(leaves(4000, 6000, 100))
    assert "more territory under the Draft B: about 2,000 km² (1,900–2,100) more than under the Draft A" in more
    (only,) = said(leaves(6000, 0))
    assert only == "Ukraine would leave about 6,000 km² under the Draft A; the Draft B fixes no such area."
    assert said(leaves(6000, 6000)) == ["Ukraine would leave about as much territory under both: about 6,000 km²."]
    assert said(leaves(0, 0)) == ["Ukraine would leave no territory under either."]
    (near,) = said(leaves(6000, 6010, 50))
    assert near == "Ukraine would leave about as much territory under both: about 6,010 km² (5,960–6,060)."
    (unclear,) = said(leaves(600, 610, 50))
    assert "uncertain" in unclear
    assert "up to 40 km² more under the Draft A, or up to 60 km² more under the Draft B" in unclear


def test_what_a_draft_leaves_open_and_what_the_front_makes_is_said() -> None:
    (words,) = said(leaves(6000, 0), open_km2=5700)
    assert words.endswith("The Draft B leaves open how much of about 5,700 km² Ukraine would leave.")
    assert "front’s movement" in said(leaves(6100, 6000, moved=-100))[0]
    assert "front’s movement" not in said(leaves(6100, 6000, moved=-40))[0]
    assert "front’s movement" not in said(leaves(6100, 6000, moved=-100), by_front=False)[0]
    assert said(leaves(0, 0), russia=900)[1].startswith("Russia would leave about 900 km² under the Draft A")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_names_both_sides(lang: str) -> None:
    for row in (leaves(4000, 6000, 100), leaves(6000, 0), leaves(600, 610, 50)):
        (words,) = said(row, lang=lang)
        assert all(name in words for name in NAMES)
        assert text(installed_languages()[lang], "held.ukraine") in words


@pytest.mark.costly
@pytest.mark.sweep(5)
@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_every_pair_is_told_in_words(client: FlaskClient, left: str, right: str) -> None:
    """What a page says first is what the zones of both proposals come to, in each language."""
    catalogue = open_catalogue()
    sums = []
    for proposal_id in (left, right):
        zones = catalogue.areas(find_edition(catalogue.proposal(proposal_id))[1])
        sums.append(total(zone for zone in zones if zone["area_km2"] and OUTCOMES["left_by_ukraine"](zone)))
    document = json.loads(client.get(f"/compare/{left}/{right}.json").data)
    row = next(row for row in document["outcomes"] if row["outcome"] == "left_by_ukraine")
    areas = (row["left_area_km2"], row["right_area_km2"])
    assert areas == pytest.approx([one.area_km2 for one in sums], abs=0.5)
    parts = [document[part]["area_km2"] for part in ("moved", "unmoved", "differs")]
    assert parts[0] + parts[1] == pytest.approx(parts[2], abs=0.2)
    for lang in LANGUAGES:
        page = unescape(client.get(f"/{lang}/compare?left={left}&right={right}").text)
        plain = page.replace("\u00a0", " ").replace("\u2060", "")
        language = installed_languages()[lang]
        names = [catalogue.proposal(one).texts["short_title"][lang] for one in (left, right)]
        (first,) = re.findall(r'<p class="lede" data-leaving>(.*?)</p>', plain, re.DOTALL)
        assert (names[0] in first and names[1] in first) == (max(areas) > 1), first
        if min(areas) < 1 < max(areas):
            shown = sums[areas.index(max(areas))]
            area = read_area(language, shown.area_km2, shown.low_km2, shown.high_km2).area
            assert area.replace("\u00a0", " ") in first, first
        strip = plain[plain.index("both-names") : plain.index("</aside>")]
        assert all(name in strip for name in names)
        check_headings(page)
        links = plain[plain.index('id="neighbours-heading"') :]
        titles = {proposal.texts["short_title"][lang] for proposal in in_order(unserved(catalogue, language))}
        labels = re.findall(r'/(?:compare|line-since)[/?][^"]*">(.*?)</a>', links)
        assert len(labels) == len(set(labels)) > 0
        for words in labels:
            assert any(title in words for title in titles), words


def check_headings(page: str) -> None:
    """No table has two rows of one name."""
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        rows = re.findall(r'<th scope="row">(.*?)</th>', table, re.DOTALL)
        names = Counter(re.sub(r"<small>.*", "", row, flags=re.DOTALL) for row in rows)
        assert not [name for name, count in names.items() if count > 1]
