"""Comparisons of two editions as jobs."""

from functools import partial

from layers.catalogue.inputs import Inputs
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


def can_be_compared(view: View) -> bool:
    """Whether an edition can be derived, as a comparison needs it: not in a folder that names no origin."""
    return view.catalogue.deriver is not None


def comparison_job(left: View, right: View, form: str) -> Job:
    """Return the job of a comparison.

    Parameters
    ----------
    left, right
        The two sides.
    form
        A key of ``FORMS``.

    Raises
    ------
    BuildError
        If a side cannot be derived.
    """
    order = ComparisonOrder(_order(left), _order(right), form)
    sides = [[view.catalogue.data_version, view.catalogue.control.id, side_words(view)] for view in (left, right)]
    parts = [code_version(CODE, packages=PACKAGES), form, *sides]
    return Job(job_key(parts), partial(write_comparison, order))


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


def inputs_of(view: View) -> Inputs:
    """Return what an edition is derived from. Raises BuildError for a folder that names no origin."""
    if not can_be_compared(view):
        raise BuildError(f"{view.proposal.id}: its folder does not say what it was built from; build it again")
    inputs: Inputs = view.catalogue.deriver.inputs
    return inputs


def _order(view: View) -> SideOrder:
    return SideOrder(inputs_of(view), view.proposal.id, view.asked)
