"""Charts as jobs: what the file of a timeline is known by, and drawing it once for all who request it."""

from functools import partial

from layers.catalogue.edition_key import edition_key
from layers.catalogue.model import Catalogue, Proposal
from layers.tables.timeline import chosen_dates
from webapp.charts.cache import CODE, FILES, PACKAGES
from webapp.charts.order import ChartOrder, draw_chart_order
from webapp.jobs.code_version import code_version, texts_version
from webapp.jobs.jobs import Job, job_key


def chart_job(catalogue: Catalogue, order: ChartOrder) -> Job:
    """Return the job of a timeline's file; it raises what ``draw_chart_order`` raises.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    order
        Proposal, dates and language of the file, and its format.
    """
    return Job(chart_key(catalogue, order), partial(draw_chart_order, order), kind="chart")


def chart_key(catalogue: Catalogue, order: ChartOrder) -> str:
    """Return a hash of the code, the data, the areas of each date, and what was ordered of a timeline.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    order
        Proposal, dates and language of the file, and its format.
    """
    proposal = catalogue.proposal(order.proposal)
    dated = [_areas_on(catalogue, proposal, date) for date in chosen_dates(proposal, order.first, order.last)]
    parts = {
        "code": code_version(CODE, FILES, PACKAGES) + texts_version(order.languages),
        "data": [catalogue.data_version, repr(catalogue.control), catalogue.control_source, catalogue.boundary_source],
        "areas": dated,
        "charts": [order.proposal, order.first, order.last, order.lang, order.form],
    }
    return job_key(parts)


def _areas_on(catalogue: Catalogue, proposal: Proposal, date: str) -> list[str]:
    """What tells the areas of a date: the hashes of control map and table, or of what they would be derived from."""
    built = proposal.editions.get(date)
    if built is None:
        return [edition_key(catalogue.data_version, proposal.id, date)]
    return [built.control_sha256, built.products["areas_json"].sha256]
