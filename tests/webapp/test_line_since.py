"""What changed since the date of a proposal: figures of ``clausemap control diff``, page, files and feed."""

from __future__ import annotations

import json
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from layers.control.comparison import compare
from layers.control.references import find_map
from layers.control.workspace import Workspace
from layers.reference.study_data import load_study_data
from tests.words import LANGUAGES

URL, SINCE = "/line-since/us-28-points", "2026-06-15"
NEAR = f"{URL}.json?since={SINCE}"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_figures_are_those_of_control_diff(client: FlaskClient, tmp_path: Path) -> None:
    found = json.loads(client.get(NEAR).data)
    assert found["since"] == SINCE
    days = [one["as_of"] for one in found["maps"]]
    assert days == sorted(days, reverse=True)
    study, nowhere = load_study_data(), Workspace(tmp_path)
    latest = found["maps"][0]
    first, last = (find_map(day, nowhere, study, date.max) for day in (SINCE, latest["as_of"]))
    compared = compare(first, last, study.reference)
    for way, figure in (("to_russia", "held_in_second_only_km2"), ("to_ukraine", "held_in_first_only_km2")):
        assert latest[f"{way}_km2"] == round(compared.total(figure), 2)
        assert latest[f"{way}_low_km2"] <= latest[f"{way}_km2"] <= latest[f"{way}_high_km2"]
        by_oblast = {one["oblast"]: one[f"{way}_km2"] for one in latest["oblasts"]}
        for one in compared.differing:
            assert by_oblast.get(one.iso, 0) == getattr(one, figure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_and_feed_have_an_entry_for_each_map(client: FlaskClient, lang: str) -> None:
    days = [one["as_of"] for one in json.loads(client.get(NEAR).data)["maps"]]
    page = client.get(f"/{lang}{URL}?since={SINCE}").text
    answer = client.get(f"{URL}.atom?since={SINCE}&lang={lang}")
    assert answer.content_type == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall("a:entry", ATOM)
    assert [entry.findtext("a:updated", "", ATOM)[:10] for entry in entries] == days
    assert len({entry.findtext("a:id", "", ATOM) for entry in (feed, *entries)}) == len(days) + 1
    for day in days:
        assert f'id="on-{day}"' in page
    title = entries[0].findtext("a:title", "", ATOM)
    assert title.replace("\u00a0", " ") in unescape(page).replace("\u00a0", " ").replace("\u2060", "")


def test_a_table_has_a_row_for_each_map_and_oblast(client: FlaskClient) -> None:
    maps = json.loads(client.get(NEAR).data)["maps"]
    lines = client.get(f"{URL}.csv?since={SINCE}").text.splitlines()
    assert len(lines) == 1 + sum(1 + len(one["oblasts"]) for one in maps)


def test_the_newest_map_has_nothing_after_it(client: FlaskClient) -> None:
    assert "no control map later" in client.get(f"/en{URL}?since=latest").text
    assert json.loads(client.get(f"{URL}.json?since=latest").data)["maps"] == []
    assert client.get(f"/en{URL}?since=2019-01-01").status_code == 404
    assert client.get("/line-since/nothing.json").status_code == 404


def test_pages_of_a_proposal_link_to_it(client: FlaskClient) -> None:
    assert f'href="/en{URL}"' in client.get("/en/points/us-28-points").text
