"""Comparisons of two editions as jobs."""

from functools import partial
from typing import Protocol

from layers.catalogue.inputs import Inputs
from layers.catalogue.model import Catalogue, Proposal
from layers.errors import BuildError
from layers.products.media_types import CSV, GEOJSON, JSON
from webapp.comparing.order import ComparisonOrder, SideOrder, write_comparison
from webapp.comparing.sides import side_words
from webapp.context import View
from webapp.jobs.code_version import code_version
from webapp.jobs.jobs import Job, job_key

URL = "/compare/{left}/{right}.{form}"
FORMS = {"geojson": GEOJSON, "csv": CSV, "json": JSON}
CODE = ("webapp.comparing.order",)
PACKAGES = ("shapely", "pyproj", "numpy")


class ComparedSide(Protocol):
    """One side of a comparison: a proposal on a date requested, and the catalogue of its control map."""

    @property
    def catalogue(self) -> Catalogue:
        """What was built on the control map."""

    @property
    def proposal(self) -> Proposal:
        """A proposal of the catalogue."""

    @property
    def asked(self) -> str:
        """The date requested, as an ISO date."""


def can_be_compared(side: ComparedSide) -> bool:
    """Whether an edition can be derived, as a comparison needs it: not in a folder that names no origin."""
    return side.catalogue.deriver is not None


def comparison_job(left: ComparedSide, right: ComparedSide, form: str, zones: tuple[str, ...] = ()) -> Job:
    """Return the job of a comparison.

    Parameters
    ----------
    left, right
        The two sides.
    form
        A key of ``FORMS``, or ``CHANGES``.
    zones
        Of ``CHANGES``: ids of the zones that count; empty for all.

    Raises
    ------
    BuildError
        If a side cannot be derived.
    """
    order = ComparisonOrder(_order(left), _order(right), form, zones)
    sides = [
        [one.catalogue.data_version, one.catalogue.control.id, one.proposal.id, one.asked] for one in (left, right)
    ]
    parts = [code_version(CODE, packages=PACKAGES), form, list(zones), *sides]
    return Job(job_key(parts), partial(write_comparison, order), kind="comparison")


def comparison_url(left: View, right: View, form: str) -> str:
    """Return the URL of a comparison in a form.

    Parameters
    ----------
    left, right
        The two sides.
    form
        A key of ``FORMS``.
    """
    return left.context.site.address(URL.format(left=side_words(left), right=side_words(right), form=form))


def inputs_of(side: ComparedSide) -> Inputs:
    """Return what an edition is derived from. Raises BuildError for a folder that names no origin."""
    if not can_be_compared(side):
        raise BuildError(f"{side.proposal.id}: its folder does not say what it was built from; build it again")
    inputs: Inputs = side.catalogue.deriver.inputs
    return inputs


def _order(side: ComparedSide) -> SideOrder:
    return SideOrder(inputs_of(side), side.proposal.id, side.asked)
