"""The line of contact of a date compared with each later one: the date, and the figures as a job."""

import json
from functools import partial
from typing import Any

from layers.catalogue.model import Proposal, find_edition
from layers.errors import UnknownError
from layers.kinds.table import made_by
from webapp.comparing.jobs import CODE, PACKAGES, inputs_of
from webapp.comparing.order import write_line_since
from webapp.context import View, open_view
from webapp.jobs.code_version import code_version
from webapp.jobs.jobs import Job, job_key, job_result

PATH = "/line-since"
URL = "/line-since/{proposal}.{form}"
FEED = "atom"
FORMS = ("csv", "json", FEED)


def has_line(proposal: Proposal) -> bool:
    """Whether a proposal has a line, such as one that would be frozen."""
    lines = made_by("line")
    return any(zone.kind in lines for zone in find_edition(proposal)[1].zones.values())


def line_view(view: View, since: str | None) -> View:
    """Return a proposal on the date from which changes are counted, by default its own.

    Parameters
    ----------
    view
        The proposal on any date.
    since
        ISO date, ``latest``, or None.

    Raises
    ------
    UnknownError
        If the proposal has no line; lists those that have one.
    DateError, BuildError
        If the date does not exist.
    """
    known = view.catalogue.proposals
    if not has_line(view.proposal):
        with_line = tuple(name for name, one in known.items() if has_line(one))
        raise UnknownError("proposal with a line:", view.proposal.id, with_line)
    return open_view(view.context, view.proposal.id, since)


def page_url(view: View, since: str | None) -> str:
    """Return the path and query of the page in the language of a view, without prefix.

    Parameters
    ----------
    view
        The proposal, with language and control map.
    since
        Date from which changes are counted; None for the proposal's own.
    """
    return f"/{view.lang}{PATH}/{view.proposal.id}" + view.query(**_since(since))


def line_url(view: View, form: str, since: str | None) -> str:
    """Return the path and query of a file, without prefix; a feed has the language of the view.

    Parameters
    ----------
    view
        The proposal, with language and control map.
    form
        A key of ``FORMS``.
    since
        Date from which changes are counted; None for the proposal's own.
    """
    lang = {"lang": view.lang.tag} if form == FEED else {}
    return URL.format(proposal=view.proposal.id, form=form) + view.query(**_since(since), **lang)


def _since(since: str | None) -> dict[str, str]:
    return {"since": since} if since else {}


def changes_since(view: View) -> dict[str, Any]:
    """Return what each later control map shows differently from that of a view, as ``layers.comparing`` has it.

    Raises BuildError, BusyError if that cannot be computed.
    """
    found: dict[str, Any] = json.loads(job_result(_job(view)))
    return {"proposal": view.proposal.id, **found}


def _job(view: View) -> Job:
    catalogue, since = view.catalogue, view.edition.as_of
    parts = [code_version(CODE, packages=PACKAGES), catalogue.data_version, catalogue.control.id, "line since", since]
    return Job(job_key(parts), partial(write_line_since, inputs_of(view), since), kind="comparison")
