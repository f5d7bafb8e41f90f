"""Errors as responses: the one table from exception to status; a page for people, RFC 9457 for programs."""

from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from geo.errors import ClausemapError
from layers.errors import BuildError, DamagedFileError, DateError, MissingPackageError, UnknownError
from layers.products.registry import endings
from layers.products.shared import shared_endings
from layers.text.languages import Language
from webapp.current_request import current_site, first_segment, known_context
from webapp.error_log import log_failure
from webapp.errors import BaseUrlError, BusyError, LengthError, LimitError, MediaTypeError, NotReadyError, OptionError
from webapp.pages.problem import Refused, problem_page
from webapp.settings import DATA, EMBED
from webapp.text.interface import DEFAULT, choose_language
from webapp.text.refusals import refusal_text, refused_option

STATUSES: dict[type[ClausemapError], HTTPStatus] = {
    OptionError: HTTPStatus.BAD_REQUEST,
    LimitError: HTTPStatus.BAD_REQUEST,
    MediaTypeError: HTTPStatus.NOT_ACCEPTABLE,
    LengthError: HTTPStatus.REQUEST_URI_TOO_LONG,
    UnknownError: HTTPStatus.NOT_FOUND,
    DateError: HTTPStatus.NOT_FOUND,
    BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    NotReadyError: HTTPStatus.SERVICE_UNAVAILABLE,
    BaseUrlError: HTTPStatus.NOT_IMPLEMENTED,
    MissingPackageError: HTTPStatus.NOT_IMPLEMENTED,
    BuildError: HTTPStatus.SERVICE_UNAVAILABLE,
    ClausemapError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

PROBLEM = "application/problem+json"
OTHER_ENDINGS = {
    "scripts": (".js",),
    "corrections": (".json", ".atom"),
    "timelines": (".csv", ".xlsx", ".json", ".svg", ".png"),
    "images": (".svg", ".png", ".pdf", ".geojson", ".json", ".txt"),
}


def register(app: Flask) -> None:
    """Give the application its error handlers."""
    app.register_error_handler(ClausemapError, _refused)
    app.register_error_handler(HTTPException, _http)


def status_of(error: ClausemapError) -> HTTPStatus:
    """The status of an error by its nearest class in the table."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def page_language() -> Language:
    """The language of the page requested, else the one that the reader accepts."""
    segments = [part for part in request.path.strip("/").split("/")[:2] if part != EMBED]
    first = segments[0] if segments else ""
    languages = current_site().languages
    return languages[first] if first in languages.tags else choose_language(languages, request.accept_languages)


def _refused(error: ClausemapError) -> Response:
    status = status_of(error)
    log_failure(status, error)
    answer = _problem_of(status, error) if _wants_data() else _page(status, error)
    if isinstance(error, BusyError):
        answer.headers["Retry-After"] = str(error.again_after_s)
    return answer


def _problem_of(status: HTTPStatus, error: ClausemapError) -> Response:
    known = getattr(error, "known", None)
    reported = status < HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(
        error, BusyError | BaseUrlError | MissingPackageError | DamagedFileError | NotReadyError
    )
    lang, detail = _in_words(error) if reported else (DEFAULT, "The answer could not be made.")
    answer = _problem(status, detail, known, refused_option(error))
    answer.headers["Content-Language"] = lang
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _in_words(error: ClausemapError) -> tuple[str, str]:
    """What programs are told, and in which language: English, but refusals in the one that is accepted best."""
    languages = current_site().languages
    lang, names = choose_language(languages, request.accept_languages), {one.tag: one.name for one in languages}
    words = refusal_text(lang, error, names) if lang.tag != DEFAULT else None
    return (lang.tag, words) if words else (DEFAULT, str(error))


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
    known = _endings(first_segment())
    if status != HTTPStatus.NOT_FOUND or not known:
        return _problem(status, error.description or status.description)
    site, listed = current_site(), " or ".join(known)
    below, catalogue = site.address(f"/{first_segment()}/"), site.address("/catalog.json")
    detail = f"nothing at {request.path}: addresses below {below} end with {listed}; {catalogue} lists them"
    return _problem(status, detail, known)


def _endings(folder: str) -> tuple[str, ...]:
    """The endings of all files below a folder of the service; none where it has no files."""
    return tuple(
        dict.fromkeys(
            (*endings(folder), *shared_endings(folder, current_site().languages), *OTHER_ENDINGS.get(folder, ()))
        )
    )


def _problem(status: HTTPStatus, detail: str, known: tuple[str, ...] | None = None, option: str = "") -> Response:
    body: dict[str, object] = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    if known is not None:
        body["known"] = known
    if option:
        body["option"] = option
    answer = jsonify(body)
    answer.status_code = status
    answer.content_type = PROBLEM
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(status: HTTPStatus, error: ClausemapError | None = None) -> Response:
    refused = Refused(request.path, request.args.to_dict(), (request.view_args or {}).get("proposal_id", ""))
    answer = make_response(problem_page(known_context(page_language()), refused, status, error), status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _wants_data() -> bool:
    return first_segment() in DATA
