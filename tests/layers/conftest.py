"""The ground, the proposals and every day's splits, made once for all tests of layers."""

from functools import cache

import pytest

from layers.ground import Ground, load_ground
from layers.proposal import Proposal, load_proposal, proposal_ids
from layers.zones import Day, Derived, derive_zones, split_day

DATES = tuple(load_ground().dates)


@pytest.fixture(scope="session")
def ground() -> Ground:
    """All sources, read strictly."""
    return cached_ground()


@cache
def cached_ground() -> Ground:
    """The ground of this run."""
    return load_ground()


@cache
def proposals() -> dict[str, Proposal]:
    """All proposals by id."""
    known = tuple(cached_ground().oblasts)
    return {name: load_proposal(name, oblasts=known, dates=DATES) for name in proposal_ids()}


@cache
def day(as_of: str) -> Day:
    """The splits of one day."""
    return split_day(cached_ground(), as_of)


@cache
def derived(proposal_id: str, as_of: str) -> Derived:
    """The zones of a proposal on one day."""
    return derive_zones(cached_ground(), proposals()[proposal_id], day(as_of), "test")
