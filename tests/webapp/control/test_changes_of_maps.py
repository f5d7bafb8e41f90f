"""Two dates of a workspace's own control map are compared as those of the included ones."""

from __future__ import annotations

import json
from datetime import date

import pytest
from flask.testing import FlaskClient

from layers.control.comparison import compare, comparison_figures
from layers.control.references import find_map
from layers.control.workspace import Workspace
from layers.reference.study_data import load_study_data
from tests.made_workspace import DAY, LATER, ONE, SEVERAL
from tests.webapp.control.conftest import PROPOSAL


def test_figures_are_those_of_the_command(client: FlaskClient, built_workspace: Workspace) -> None:
    answer = client.get(f"/changes/{DAY}/{LATER}.geojson?control={ONE}")
    assert answer.status_code == 200
    study = load_study_data()
    one, other = (find_map(f"{ONE}@{day}", built_workspace, study, date.max) for day in (DAY, LATER))
    figures = json.loads(json.dumps(comparison_figures(compare(one, other, study.reference))))
    assert json.loads(answer.data)["comparison"] == figures
    assert figures["total"]["contested_first_km2"] > 0
    assert json.loads(client.get(f"/changes/{DAY}/{LATER}.geojson").data)["comparison"] != figures


@pytest.mark.parametrize(("name", "offered"), [(ONE, True), (SEVERAL, False)])
def test_a_map_of_one_date_offers_no_comparison(client: FlaskClient, name: str, offered: bool) -> None:
    page = client.get(f"/en/map/{PROPOSAL}?control={name}").text
    assert ('data-tool="changes"' in page) == offered
    assert 'data-tool="measure"' in page
