"""Comparisons as jobs: which control maps can be compared, and comparing two dates once for all who request it."""

from functools import partial

from layers.catalogue.model import Catalogue
from layers.dates import control_date, parse_date
from webapp.changes.order import BUILT, ChangesOrder, compare_dates
from webapp.jobs.code_version import code_version
from webapp.jobs.jobs import Job, job_key

URL = "/changes/{first}/{second}.geojson"
CODE = ("webapp.changes.order",)
PACKAGES = ("shapely", "pyproj", "numpy")


def can_compare(catalogue: Catalogue) -> bool:
    """Whether two dates of a catalogue's control map can be compared: a map that is used as it was imported.

    What is built on other boundaries or of a completed map has a folder that is named after its data.
    """
    root = catalogue.root
    return len(catalogue.control_dates) > 1 and (root.parent.name != BUILT or root.name == catalogue.control.id)


def changes_order(catalogue: Catalogue, one: str, other: str) -> ChangesOrder:
    """Return the comparison of the control maps on or before two dates, the earlier first.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    one
        ISO date, or ``latest``.
    other
        The other date, in any order.

    Raises
    ------
    DateError
        If a date is none, or before the first control map.
    """
    known = catalogue.control_dates
    first, second = sorted(control_date(parse_date(day, known), known) for day in (one, other))
    root = catalogue.root
    workspace = root.parent.parent if root.parent.name == BUILT else root
    return ChangesOrder(workspace, catalogue.control.id, first, second)


def changes_job(catalogue: Catalogue, order: ChangesOrder) -> Job:
    """Return the job of a comparison; it raises what ``compare_dates`` raises.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    order
        The two dates and the control map.
    """
    parts = [code_version(CODE, packages=PACKAGES), catalogue.data_version, order.control, order.first, order.second]
    return Job(job_key(parts), partial(compare_dates, order), kind="comparison")
