"""The sources, the proposals and every day's splits, made once for all tests of layers."""

import json
from functools import cache

import jsonschema
import pytest

from layers.catalogue.model import COMMITTED, EVERY_DATE, Catalogue, load_catalogue
from layers.kinds.table import KINDS
from layers.proposal.loading import load_proposal, proposal_ids
from layers.proposal.model import ProposalFile
from layers.reference.study_data import StudyData, load_study_data
from layers.zones.derive import Day, Derived, derive_zones, split_day
from webapp.jobs.editions import open_catalogue
from webapp.setup import ROOT

DATES = tuple(load_study_data().control.dates)
SOME_DATES = (DATES[0], "2025-04-17", "2025-11-20", "2025-12-24", DATES[-1])

SCHEMA = json.loads((ROOT / "layers/zone.schema.json").read_text("utf-8"))
SCHEMA["$defs"]["properties"]["properties"]["kind"]["enum"] = list(KINDS)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.fixture(scope="session")
def committed() -> Catalogue:
    """What is committed: each proposal at its own date."""
    return load_catalogue(COMMITTED)


@pytest.fixture(scope="session")
def every_date() -> Catalogue:
    """Every date: as built, else derived when a test asks for it."""
    return open_catalogue(EVERY_DATE)


@pytest.fixture(scope="session")
def study() -> StudyData:
    """All sources, read strictly."""
    return cached_study()


@cache
def cached_study() -> StudyData:
    """All sources, read once for a run."""
    return load_study_data()


@cache
def proposals() -> dict[str, ProposalFile]:
    """All proposals by id."""
    return {name: load_proposal(name, cached_study().reference.names) for name in proposal_ids()}


@cache
def day(as_of: str) -> Day:
    """The splits of one day."""
    return split_day(cached_study(), as_of)


@cache
def derived(proposal_id: str, as_of: str) -> Derived:
    """The zones of a proposal on one day."""
    return derive_zones(cached_study(), proposals()[proposal_id], day(as_of), "test")
