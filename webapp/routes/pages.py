"""``/`` and the pages in a language: proposals, map, areas, timeline, points, images."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import NotFound

from layers.catalogue.model import find_edition
from layers.tables.timeline import built_dates, read_timeline
from webapp.incoming import moved
from webapp.pages.images import kit_page, read_chosen
from webapp.pages.map import early_links, map_page
from webapp.pages.proposal import areas_page, home_page, points_page
from webapp.pages.proposals import proposals_page
from webapp.pages.timeline import is_prepared, timeline_page
from webapp.rendering import in_line
from webapp.responses.prebuilt import REVALIDATED, answer, finish
from webapp.settings import DATA
from webapp.site import asked_control, chosen_catalogue, current_site
from webapp.text.interface import check_language, choose_language
from webapp.text.reading import Reading

HTML = "text/html; charset=utf-8"

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def root() -> Response:
    """To the language that the reader accepts best."""
    response = moved(f"/{choose_language(request.accept_languages)}/", 302)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = REVALIDATED
    return response


@blueprint.get("/<lang>")
def bare_language(lang: str) -> Response:
    """To the proposals, for whoever leaves out the last slash."""
    _check_page(lang)
    return moved(f"/{lang}/", 308)


@blueprint.get("/<lang>/")
def home(lang: str) -> Response:
    """The proposals."""
    _check_page(lang)
    catalogue = chosen_catalogue()
    return _answer(("home", lang), lambda: home_page(catalogue, lang))


@blueprint.get("/<lang>/proposals")
def proposals(lang: str) -> Response:
    """All proposals in order of date, and those that cannot be drawn."""
    _check_page(lang)
    catalogue = chosen_catalogue()
    return _answer(("proposals", lang), lambda: proposals_page(catalogue, lang))


@blueprint.get("/<lang>/map/<proposal_id>")
def map_of(lang: str, proposal_id: str) -> Response:
    """The map of a proposal on a day."""
    tiles = current_site().tiles
    return proposal_page("map", lang, proposal_id, partial(map_page, tiles), partial(early_links, tiles))


@blueprint.get("/<lang>/areas/<proposal_id>")
def areas_of(lang: str, proposal_id: str) -> Response:
    """The areas of a proposal's zones on a day."""
    return proposal_page("areas", lang, proposal_id, areas_page)


@blueprint.get("/<lang>/timeline/<proposal_id>")
def timeline_of(lang: str, proposal_id: str) -> Response:
    """The areas of a proposal's zones on every control map, or on those between two days."""
    reading, requested = _read(lang, proposal_id)
    since, until = (request.args.get(name) or None for name in ("from", "to"))
    dates = built_dates(reading.proposal, since, until)
    key = ("timeline", lang, proposal_id, dates[0], dates[-1], reading.asked, requested or "")

    def make() -> str:
        timeline = read_timeline(reading.catalogue, reading.proposal, dates[0], dates[-1])
        return timeline_page(reading, requested, timeline)

    at_once = not requested and is_prepared(reading, dates)
    return _answer(key, make if at_once else partial(in_line, repr((reading.control, key)), make))


@blueprint.get("/<lang>/points/<proposal_id>")
def points_of(lang: str, proposal_id: str) -> Response:
    """The points of a proposal."""
    return proposal_page("points", lang, proposal_id, points_page)


@blueprint.get("/<lang>/images/<proposal_id>")
def images_of(lang: str, proposal_id: str) -> Response:
    """The images of a proposal for articles; 400 where the choices cannot be read, with the page that says why."""
    reading, requested = _read(lang, proposal_id)
    chosen = read_chosen(request.args, reading)
    if chosen.problem:
        response = make_response(kit_page(reading, requested, chosen), HTTPStatus.BAD_REQUEST)
        response.headers["Cache-Control"] = "no-store"
        return response
    key = ("images", lang, proposal_id, reading.asked, requested or "", chosen.form, *chosen.words.values())
    return _answer(key, lambda: kit_page(reading, requested, chosen))


def _check_page(lang: str) -> None:
    """Refuse what is no language. Raises NotFound where data of other addresses was meant, else UnknownError."""
    if lang in DATA:
        raise NotFound
    check_language(lang)


def proposal_page(
    name: str,
    lang: str,
    proposal_id: str,
    make: Callable[[Reading, str | None], str],
    link: Callable[[Reading], str | None] = lambda _: None,
) -> Response:
    """A page of a proposal in a language, on the day that the request asks for; ``link`` makes its Link header."""
    reading, requested = _read(lang, proposal_id)
    key = (name, lang, proposal_id, reading.asked, requested or "")
    return _answer(key, lambda: make(reading, requested), lambda: link(reading))


def _read(lang: str, proposal_id: str) -> tuple[Reading, str | None]:
    """What a page of a proposal reads, and the day that was asked for, if one was."""
    catalogue = chosen_catalogue()
    check_language(lang)
    proposal = catalogue.proposal(proposal_id)
    requested = request.args.get("as_of") or None
    asked, edition = find_edition(proposal, requested)
    return Reading(catalogue, proposal, asked, edition, lang, asked_control()), requested


def _answer(key: tuple[str, ...], make: Callable[[], str], link: Callable[[], str | None] = lambda: None) -> Response:
    finished = current_site().finished
    return answer(finished, ("page", *key), lambda: finish(make().encode(), HTML, link=link()), REVALIDATED)
