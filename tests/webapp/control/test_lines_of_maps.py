"""What changed since a date is counted on an imported map as on the included ones: page, files and feed."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.made_workspace import DAY, LATER, ONE, SEVERAL
from tests.webapp.control.conftest import PROPOSAL

URL = f"/line-since/{PROPOSAL}"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.slow
def test_changes_since_a_date_are_those_of_the_map(client: FlaskClient) -> None:
    found = json.loads(client.get(f"{URL}.json?since={DAY}&control={ONE}").data)
    assert [one["as_of"] for one in found["maps"]] == [LATER]
    changes = json.loads(client.get(f"/changes/{DAY}/{LATER}.geojson?control={ONE}").data)["comparison"]["total"]
    assert found["maps"][0]["to_russia_km2"] == round(changes["held_in_second_only_km2"], 2)
    assert found["maps"][0]["to_ukraine_km2"] == round(changes["held_in_first_only_km2"], 2)
    assert found["maps"][0]["to_russia_low_km2"] is None  # one map, no interval
    assert found != json.loads(client.get(f"{URL}.json?since={DAY}").data)


def test_the_page_and_its_feed_keep_the_map(client: FlaskClient) -> None:
    page = client.get(f"/en{URL}?since={DAY}&control={ONE}").text
    assert f'id="on-{LATER}"' in page
    assert f"control={ONE}" in page
    feed = client.get(f"{URL}.atom?since={DAY}&lang=uk&control={ONE}")
    (entry,) = ElementTree.fromstring(feed.data).findall("a:entry", ATOM)
    assert f"control={ONE}" in ElementTree.tostring(entry, "unicode")


def test_a_map_of_one_date_has_nothing_after_it(client: FlaskClient) -> None:
    assert "no control map later" in client.get(f"/en{URL}?control={SEVERAL}").text
