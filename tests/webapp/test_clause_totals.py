"""Totals by clause on the page of areas."""

import json
from typing import cast

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.zone_properties import ZoneProperties
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, text
from webapp.text.totals import Total, less, total_of_both_sides

PLAN, DAY = "us-28-points", "2025-11-20"


def rows(client: FlaskClient, proposal: str, lang: str = "en") -> list[list[str]]:
    table = read_html(client.get(f"/{lang}/areas/{proposal}").text).one("table", class_="totals").one("tbody")
    return [[cell.words for cell in row.walk() if cell.tag in {"th", "td"}] for row in table.all("tr")]


def test_a_clause_is_summed_with_the_zones_of_other_clauses_that_it_names(client: FlaskClient) -> None:
    shown = rows(client, PLAN)[:4]
    assert [row[0] for row in shown] == ["Clause 21a", "", "", ""]
    assert [row[2] for row in shown] == ["73,900", "81", "5,980", "80,000"]
    assert shown[2][1].endswith("(Clause 21d)")
    assert shown[3][1] == "All that the clause names"


def test_whole_oblasts_have_no_interval(client: FlaskClient, catalogue: Catalogue) -> None:
    units = json.loads(catalogue.read(catalogue.context["oblasts"]))["features"]
    named = sum(unit["properties"]["area_km2"] for unit in units if unit["id"] in {"UA-43", "UA-40", "UA-09", "UA-14"})
    whole = next(row for row in rows(client, PLAN) if row[1] == "All that the clause names")
    assert abs(float(whole[2].replace(",", "")) - named) < 10
    assert whole[3] == "–"


def test_what_lies_over_other_zones_is_in_no_sum(client: FlaskClient) -> None:
    shown = rows(client, "ukraine-20-points")
    place = next(place for place, row in enumerate(shown) if row[1] == "All that the clause names")
    over = [row for row in shown if row[1].endswith(text("en", "table.overlay"))]
    assert over
    assert all(shown.index(row) > place for row in over)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_proposal_has_its_clauses(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    for proposal in catalogue.proposals.values():
        areas = catalogue.areas(next(iter(proposal.editions.values())))
        if any(zone["clause"] and zone["area_km2"] for zone in areas):
            assert rows(client, proposal.id, lang)


def side(held_by: str, area: float, low: float, high: float) -> ZoneProperties:
    figures = {"held_by": held_by, "area_km2": area, "area_low_km2": low, "area_high_km2": high}
    return cast(ZoneProperties, figures)


def test_both_sides_are_added_level_by_level() -> None:
    zones = [side("russia", 60.0, 50.0, 80.0), side("ukraine", 40.0, 20.0, 50.0)]
    assert total_of_both_sides(zones) == Total(100.0, None, None)
    part = [side("russia", 60.0, 50.0, 80.0), side("ukraine", 10.0, 5.0, 12.0)]
    assert total_of_both_sides(part) == Total(70.0, 62.0, 85.0)


def test_a_difference_runs_from_the_least_to_the_most() -> None:
    assert less(Total(60.0, 50.0, 70.0), Total(20.0, 10.0, 30.0)) == Total(40.0, 20.0, 60.0)
    assert less(Total(60.0, None, None), Total(20.0, None, None)) == Total(40.0, None, None)
