"""Errors as answers: the one table from exception to status; a page for people, RFC 9457 for programs."""

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from geo.errors import ClausemapError
from layers.errors import BuildError, DateError, UnknownError
from layers.text.languages import LANGUAGES
from webapp.errors import BaseUrlError, BusyError, LengthError, LimitError, OptionError
from webapp.failures import log_failure
from webapp.headers import first_segment
from webapp.pages.base import Choice, render
from webapp.settings import DATA, EMBED
from webapp.site import CONTROL, address, chosen_catalogue, current_site, kept_address
from webapp.text.control_maps import choice_text
from webapp.text.interface import DEFAULT, choose_language, date_text, text
from webapp.text.refusals import refusal_text

STATUSES: dict[type[ClausemapError], HTTPStatus] = {
    OptionError: HTTPStatus.BAD_REQUEST,
    LimitError: HTTPStatus.BAD_REQUEST,
    LengthError: HTTPStatus.REQUEST_URI_TOO_LONG,
    UnknownError: HTTPStatus.NOT_FOUND,
    DateError: HTTPStatus.NOT_FOUND,
    BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    BaseUrlError: HTTPStatus.NOT_IMPLEMENTED,
    BuildError: HTTPStatus.SERVICE_UNAVAILABLE,
    ClausemapError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

PROBLEM = "application/problem+json"
ENDINGS = {
    "layers": (".geojson",),
    "context": (".geojson",),
    "scripts": (".js",),
    "display": (".geojson", ".json"),
    "areas": (".csv", ".xlsx", ".json"),
    "towns": (".json",),
    "timelines": (".csv", ".xlsx", ".json", ".svg", ".png"),
    "images": (".svg", ".png", ".pdf", ".json", ".txt"),
}


def register(app: Flask) -> None:
    """Give the application its error handlers."""
    app.register_error_handler(ClausemapError, _refused)
    app.register_error_handler(HTTPException, _http)


def status_of(error: ClausemapError) -> HTTPStatus:
    """The status of an error by its nearest class in the table."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def page_language() -> str:
    """The language of the page asked for, else the one that the reader accepts."""
    segments = [part for part in request.path.strip("/").split("/")[:2] if part != EMBED]
    first = segments[0] if segments else ""
    return first if first in LANGUAGES else choose_language(request.accept_languages)


def _refused(error: ClausemapError) -> Response:
    status = status_of(error)
    log_failure(status, error)
    answer = _told_data(status, error) if _wants_data() else _page(status, error)
    if isinstance(error, BusyError):
        answer.headers["Retry-After"] = str(error.again_after_s)
    return answer


def _told_data(status: HTTPStatus, error: ClausemapError) -> Response:
    known = getattr(error, "known", None)
    told = status < HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(error, BusyError | BaseUrlError)
    lang, detail = _in_words(error) if told else (DEFAULT, "The answer could not be made.")
    answer = _problem(status, detail, known)
    answer.headers["Content-Language"] = lang
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _in_words(error: ClausemapError) -> tuple[str, str]:
    """What programs are told, and in which language: English, but refusals in the one that is accepted best."""
    lang = choose_language(request.accept_languages)
    words = refusal_text(lang, error, {}) if lang != DEFAULT else None
    return (lang, words) if words else (DEFAULT, str(error))


def _http(error: HTTPException) -> BaseResponse:
    plain = error.get_response()
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return plain
    status = HTTPStatus(error.code)
    if getattr(error, "original_exception", None) is None:  # else it is written down already
        log_failure(status, error)
    answer = _nothing_there(status, error) if _wants_data() else _page(status)
    for name in ("Allow", "Content-Range", "Retry-After"):
        if name in plain.headers:
            answer.headers[name] = plain.headers[name]
    return answer


def _nothing_there(status: HTTPStatus, error: HTTPException) -> Response:
    endings = ENDINGS.get(first_segment())
    if status != HTTPStatus.NOT_FOUND or endings is None:
        return _problem(status, error.description or status.description)
    listed, below = " or ".join(endings), address(f"/{first_segment()}/")
    catalogue = address("/catalog.json")
    detail = f"nothing at {request.path}: addresses below {below} end with {listed}; {catalogue} lists them"
    return _problem(status, detail, endings)


def _problem(status: HTTPStatus, detail: str, known: tuple[str, ...] | None = None) -> Response:
    body: dict[str, object] = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    if known is not None:
        body["known"] = known
    answer = jsonify(body)
    answer.status_code = status
    answer.content_type = PROBLEM
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(status: HTTPStatus, error: ClausemapError | None = None) -> Response:
    lang = page_language()
    base = "embed_base.html" if first_segment() == EMBED else "base.html"
    sentence, links = _explained(lang, status, error)
    told = HTTPStatus.BAD_REQUEST if isinstance(error, DateError) else _told(status)
    heading = text(lang, f"error.heading_{told}")
    page = render("error.html", lang, base=base, heading=heading, sentence=sentence, links=links)
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _explained(lang: str, status: HTTPStatus, error: ClausemapError | None) -> tuple[str, list[Choice]]:
    """What a reader is told, and where they can go."""
    if isinstance(error, DateError):
        asked = [key for key in ("from", "to", "as_of") if request.args.get(key)]
        key, days = asked[0] if asked else "as_of", error.known
        name = text(lang, "format.list").join(request.args[key] for key in asked) or _own_date()
        sentence = text(lang, "error.date", name=name, first=days[0])
        return sentence, [Choice(kept_address(request.path, **{key: day}), date_text(lang, day)) for day in days]
    if isinstance(error, UnknownError) and error.what == CONTROL:
        controls = [(name, choice_text(lang, one.control)) for name, one in current_site().catalogues.items()]
        links = [Choice(_with_control(name), words) for name, words in controls]
        return text(lang, "error.control", name=error.name), links
    if isinstance(error, UnknownError) and error.what == "proposal":
        titles = [(key, proposal.texts["title"][lang]) for key, proposal in current_site().catalogue.proposals.items()]
        links = [Choice(kept_address(f"/{lang}/map/{key}"), title) for key, title in titles]
        return text(lang, "error.proposal", name=error.name), links
    if isinstance(error, UnknownError) and error.what == "language":
        links = [Choice(kept_address(f"/{tag}/"), text(tag, "language.name"), tag=tag) for tag in LANGUAGES]
        return text(lang, "error.language", name=error.name), links
    if isinstance(error, LimitError):
        return refusal_text(lang, error, {}) or str(error), []
    return text(lang, "error.server" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "error.page"), []


def _with_control(name: str) -> str:
    """The page that was asked for, on another control map."""
    return f"{address(request.path)}?{urlencode(request.args.to_dict() | {'control': name})}"


def _own_date() -> str:
    """The date that a page of a proposal shows where no other is asked for."""
    return chosen_catalogue().proposal((request.view_args or {})["proposal_id"]).date


def _told(status: HTTPStatus) -> int:
    """The status whose heading a reader is shown."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return HTTPStatus.NOT_FOUND if status == HTTPStatus.NOT_FOUND else HTTPStatus.BAD_REQUEST


def _wants_data() -> bool:
    return first_segment() in DATA
