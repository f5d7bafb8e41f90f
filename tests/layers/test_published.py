"""Figures that others published: what a file of them must hold, whose they are, and which control maps stand beside."""

import copy
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from layers.errors import ProposalError
from layers.proposal.loading import PROPOSALS, check_proposal
from layers.proposal.model import Published, PublishedFigure
from layers.proposal.published import PUBLISHED, load_published, map_dates
from tests.layers.conftest import cached_study, proposals

NAMES = cached_study().reference.names
PLAN = "us-28-points"
KNOWN = ("2025-06-01", "2025-07-01", "2025-07-14", "2025-08-01", "2025-10-01")
Raw = dict[str, Any]


def raw() -> Raw:
    return tomllib.loads((PROPOSALS / f"{PLAN}.toml").read_text("utf-8"))


def refusal(change: Raw) -> str:
    """What is said of the plan's file where the entry of its figures is changed."""
    changed = copy.deepcopy(raw())
    entry = changed["published"][0] | change
    changed["published"][0] = {key: value for key, value in entry.items() if value is not None}
    with pytest.raises(ProposalError) as refused:
        check_proposal(changed, Path(f"{PLAN}.toml"), NAMES)
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"month": "2025-08"}, "published.1: needs a date or a month, one of the two"),
        ({"date": None}, "published.1: needs a date or a month, one of the two"),
        ({"date": None, "month": "2025-13"}, "published.0.month: "),
        ({"date": None, "month": "2023-08"}, "published.1: speaks of 2023-08, before the first control map"),
        ({"since": date(2025, 12, 1)}, "published.1.since: is the first day of a period; write it with a date after"),
        ({"why": ["because"]}, "published.0.why.0: "),
        ({"why": []}, "published.0.why: "),
        ({"carried_by": [{"name": "NDTV", "url": "ndtv.com"}]}, "published.0.carried_by.0.url: "),
        ({"figures": [{"zone": "donbas", "area_km2": 1}]}, "figures.1: unknown zone 'donbas'; known: crimea"),
        ({"figures": [{"plus": ["crimea"], "minus": ["x"], "area_km2": 1}]}, "figures.1: unknown zone 'x'; known: "),
        ({"figures": [{"oblasts": ["UA-99"], "area_km2": 1}]}, "published.1.figures.1.oblasts: unknown 'UA-99'"),
        ({"figures": [{"zone": "crimea", "oblasts": ["UA-43"], "area_km2": 1}]}, "names a zone, a sum of zones and"),
        ({"figures": [{"zone": "crimea"}]}, "has no figure; write one of area_km2, change_km2, share_of_ukraine_pct"),
        ({"figures": [{"share_of_oblasts_pct": 1.0}]}, "share_of_oblasts_pct: needs the oblasts that it is a share of"),
        ({"figures": [{"zone": "crimea", "area_km2": -1}]}, "published.0.figures.0.area_km2: "),
    ],
)
def test_figures_of_others_say_whose_when_and_of_what(change: Raw, said: str) -> None:
    assert said in refusal(change)


def test_the_general_file_names_no_zone(tmp_path: Path) -> None:
    path = tmp_path / "published.toml"
    entry = 'by = "X"\ndate = 2025-11-20\nwhy = ["party"]\nfigures = [{ zone = "crimea", area_km2 = 1 }]'
    path.write_text(f"[[published]]\n{entry}\n", "utf-8")
    with pytest.raises(ProposalError, match=r"figures\.1: unknown zone 'crimea'; known: none in this file"):
        load_published(NAMES, path)
    path.write_text("[[published]\n", "utf-8")
    with pytest.raises(ProposalError, match="not TOML"):
        load_published(NAMES, path)


def figures() -> list[PublishedFigure]:
    """All figures of the project: the general ones, then those of the plan."""
    entries = (*load_published(NAMES), *proposals()[PLAN].published)
    return [figure for entry in entries for figure in entry.figures]


def numbers() -> set[float]:
    named = ("area_km2", "change_km2", "share_of_ukraine_pct", "share_of_oblasts_pct", "share_of_oblasts_high_pct")
    return {abs(value) for figure in figures() for name in named if (value := getattr(figure, name)) is not None}


def test_figures_are_those_of_the_facts(shared: Path) -> None:
    facts = (shared / "facts/published-figures.md").read_text("utf-8").split("\n| ")[2:]
    for stated in (row.split(" | ")[1] for row in facts):
        found = [float(number.replace(",", "")) for number in re.findall(r"\d[\d,.]*", stated)]
        assert found
        assert set(found) <= numbers(), stated


def test_so_are_the_further_ones_but_for_what_is_not_verified(shared: Path) -> None:
    rows = (shared / "facts/published-figures-further.md").read_text("utf-8").split("\n| ")[2:]
    verified = [row for row in rows if "not verified" not in row]
    assert len(verified) == len(rows) - 2
    for row in verified:
        stated = re.sub(r"\([^)]*\)|Jan 26|Jul 25|24 Feb 202\d|14–20|21–27|in 2025|2025:", " ", row.split(" | ")[1])
        found = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,.]*(?<![,.])", stated)}
        assert found, row
        assert found <= numbers() | {2025.0, 26.0}, row


def test_figures_of_zones_stand_in_the_file_of_their_proposal() -> None:
    assert not any(
        figure.zone or figure.plus or figure.minus for entry in load_published(NAMES) for figure in entry.figures
    )
    assert all(
        figure.zone or figure.plus or figure.oblasts
        for entry in proposals()[PLAN].published
        for figure in entry.figures
    )


def test_a_source_is_a_name_and_never_the_number_of_an_article() -> None:
    assert not re.search(r'name = "[^"]*\d{4,}', PUBLISHED.read_text("utf-8"))
    linked = [carrier for entry in load_published(NAMES) for carrier in entry.carried_by if carrier.url]
    assert len(linked) > 20


def entry(**values: object) -> Published:
    raw = {"by": "X", "why": ["party"], "figures": [{"area_km2": 1.0}], **values}
    return Published.model_validate(raw, context=NAMES.languages)


AREA, CHANGE = PublishedFigure(area_km2=1.0), PublishedFigure(change_km2=1.0)


@pytest.mark.parametrize(
    ("values", "figure", "expected"),
    [
        ({"date": date(2025, 7, 20)}, AREA, (None, "2025-07-14")),
        ({"month": "2025-07"}, AREA, (None, "2025-07-14")),
        ({"date": date(2025, 5, 31)}, AREA, (None, None)),  # before the first map
        ({"date": date(2025, 9, 20)}, AREA, (None, None)),  # more than a month after the last one before it
        ({"month": "2025-07"}, CHANGE, ("2025-07-01", "2025-08-01")),
        ({"since": date(2025, 6, 2), "date": date(2025, 9, 25)}, CHANGE, ("2025-06-01", "2025-10-01")),
        ({"month": "2025-08"}, CHANGE, (None, None)),  # no map near its end
        ({"since": date(2025, 7, 10), "date": date(2025, 7, 16)}, CHANGE, (None, None)),  # a week between two maps
    ],
)
def test_maps_stand_beside_a_figure_only_where_they_are_near(
    values: dict[str, object], figure: PublishedFigure, expected: tuple[str | None, str | None]
) -> None:
    assert map_dates(entry(**values), figure, KNOWN) == expected


def test_december_ends_in_the_next_year() -> None:
    assert entry(month="2025-12").period == (date(2025, 12, 1), date(2026, 1, 1))
    assert entry(month="2025-12").until == "2025-12-31"
    assert entry(month="2026-02").until == "2026-02-28"
