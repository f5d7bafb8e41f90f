"""The page of an error: what a reader of a page is shown, and where they can go instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from geo.errors import ClausemapError
from layers.errors import DateError, UnknownError
from webapp.context import Context
from webapp.errors import LimitError
from webapp.pages.base import Choice, render
from webapp.settings import EMBED
from webapp.site import CONTROL
from webapp.text.control_maps import choice_text
from webapp.text.interface import date_text, text
from webapp.text.refusals import refusal_text

Explained = tuple[str, list[Choice]]


SIDES = ("left", "left_as_of", "right", "right_as_of")  # of a comparison, whose dates are in them


@dataclass(frozen=True)
class Refused:
    """A request for a page that got an error: its path, its query, and the proposal in its path, if any."""

    path: str
    query: Mapping[str, str]
    proposal_id: str = ""

    @property
    def is_embed(self) -> bool:
        """Whether a page for frames was requested."""
        return self.path.strip("/").split("/", maxsplit=1)[0] == EMBED


def problem_page(context: Context, refused: Refused, status: HTTPStatus, error: ClausemapError | None = None) -> str:
    """Return the page for a status and, if it is one of the project's own, the error.

    Parameters
    ----------
    context
        Site, language and control map.
    refused
        Path and query that were requested, and whether the page is for a frame.
    status
        Status of the response.
    error
        Why the request was refused; None if it is not known.
    """
    base = "embed_base.html" if refused.is_embed else "base.html"
    sentence, links = _explained(context, refused, status, error)
    shown = HTTPStatus.BAD_REQUEST if isinstance(error, DateError) else _shown(status)
    heading = text(context.lang, f"error.heading_{shown}")
    return render("error.html", context, base=base, heading=heading, sentence=sentence, links=links)


def _explained(context: Context, refused: Refused, status: HTTPStatus, error: ClausemapError | None) -> Explained:
    """A sentence on what is wrong, and links to what there is."""
    lang = context.lang
    if isinstance(error, DateError):
        return _other_dates(context, refused, error)
    if isinstance(error, UnknownError) and error.what in LISTED:
        links = LISTED[error.what](context, refused)
        return text(lang, f"error.{error.what.partition(' ')[0]}", name=error.name), links
    if isinstance(error, LimitError):
        return refusal_text(lang, error, {}) or str(error), []
    return text(lang, "error.server" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "error.page"), []


def _other_dates(context: Context, refused: Refused, error: DateError) -> Explained:
    lang, days = context.lang, error.known
    if sides := [refused.query[key] for key in SIDES if refused.query.get(key)]:
        return text(lang, "error.date", name=text(lang, "format.list").join(sides), first=days[0]), []
    asked = [key for key in ("from", "to", "as_of") if refused.query.get(key)]
    name = text(lang, "format.list").join(refused.query[key] for key in asked)
    name = name or context.catalogue.proposal(refused.proposal_id).date
    key = asked[0] if asked else "as_of"
    links = [Choice(context.address(refused.path, **{key: day}), date_text(lang, day)) for day in days]
    return text(lang, "error.date", name=name, first=days[0]), links


def _control_maps(context: Context, refused: Refused) -> list[Choice]:
    """The page that was requested, on each control map."""
    address = context.site.address(refused.path)
    return [
        Choice(f"{address}?{urlencode({**refused.query, 'control': name})}", choice_text(context.lang, one.control))
        for name, one in context.site.catalogues.items()
    ]


def _maps(context: Context, _: Refused) -> list[Choice]:
    """The map of every proposal."""
    return [
        Choice(context.address(f"/{context.lang}/map/{key}"), proposal.texts["title"][context.lang.tag])
        for key, proposal in context.site.catalogue.proposals.items()
    ]


def _languages(context: Context, _: Refused) -> list[Choice]:
    return [
        Choice(context.address(f"/{one}/"), text(one, "language.name"), tag=one.tag) for one in context.site.languages
    ]


# What is listed for each kind of unknown name; its sentence is the text ``error.`` with the first word of the kind.
LISTED = {CONTROL: _control_maps, "proposal": _maps, "language": _languages}


def _shown(status: HTTPStatus) -> int:
    """The status whose heading a reader is shown."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return HTTPStatus.NOT_FOUND if status == HTTPStatus.NOT_FOUND else HTTPStatus.BAD_REQUEST
