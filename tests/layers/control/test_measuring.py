"""Figures of a timeline that is measured are those of the editions that are built."""

from collections.abc import Mapping
from typing import Any

import pytest

from layers.build.measuring import measure_days
from layers.catalogue.model import EVERY_DATE, find_edition
from layers.control.selection import ControlChoice, choose_study_data
from layers.control.workspace import Workspace
from layers.proposal.loading import load_proposal, proposal_ids
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import DAY, TODAY, US
from webapp.jobs.editions import open_catalogue

FIGURES = ("area_km2", "area_low_km2", "area_high_km2", "share_of_ukraine_pct", "name_uk", "control_source", "open_en")


@pytest.mark.costly
@pytest.mark.parametrize("proposal_id", proposal_ids())
def test_days_measured_are_as_they_are_built(study: StudyData, proposal_id: str) -> None:
    """The first day, the proposal’s own and the newest."""
    catalogue = open_catalogue(EVERY_DATE)
    built = catalogue.proposal(proposal_id)
    days = sorted({study.control.dates[0], find_edition(built)[1].as_of, study.control.dates[-1]})
    for day in measure_days(study, load_proposal(proposal_id, study.reference.names), days):
        edition = built.edition_on(day.as_of)
        expected: dict[str, Mapping[str, Any]] = {
            zone["id"]: zone for zone in catalogue.areas(edition) if zone["area_km2"] is not None
        }
        found: dict[str, Mapping[str, Any]] = {zone["id"]: zone for zone in day.zones}
        assert list(found) == list(expected)
        for name, zone in found.items():
            assert [zone[key] for key in FIGURES] == [expected[name][key] for key in FIGURES], (day.as_of, name)
        assert day.held == edition.held


def test_days_come_in_their_order(study: StudyData) -> None:
    days = ("2026-01-01", DAY, "2024-08-01")
    found = measure_days(study, load_proposal(US, study.reference.names), days)
    assert [day.as_of for day in found] == list(days)


def test_a_map_that_cannot_be_used_ends_the_measuring(desk: Workspace) -> None:
    study = choose_study_data(ControlChoice(desk, "nzz"), today=TODAY)
    with pytest.raises(Exception, match="does not hold Simferopol"):
        list(measure_days(study, load_proposal(US, study.reference.names), study.control.dates))
