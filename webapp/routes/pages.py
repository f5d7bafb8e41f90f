"""``/`` and the pages in a language: proposals, map, areas, timeline, points, images."""

from collections.abc import Callable, Hashable
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import NotFound

from layers.tables.timeline import Timeline, chosen_dates, read_timeline
from webapp.before_request import moved
from webapp.comparing.line_since import line_view
from webapp.comparing.sides import open_side, side_words
from webapp.context import View, open_view
from webapp.current_request import chosen_context, current_site
from webapp.jobs.jobs import take_turn
from webapp.pages import filters
from webapp.pages.compare import compare_page, usual_sides
from webapp.pages.copies import ready_images_page
from webapp.pages.corrections import corrections_page
from webapp.pages.data import data_page
from webapp.pages.draw import draw_page
from webapp.pages.home import home_page, traits_of
from webapp.pages.images import kit_page, read_chosen
from webapp.pages.line_since import line_since_page
from webapp.pages.map import early_links, map_page
from webapp.pages.overview import overview_page
from webapp.pages.proposal import areas_page, points_page
from webapp.pages.proposals import all_traits, proposals_page
from webapp.pages.timeline import is_prepared, timeline_page
from webapp.responses.prebuilt import REVALIDATED, finish
from webapp.routes.responding import answer
from webapp.settings import DATA
from webapp.text.interface import choose_language

HTML = "text/html; charset=utf-8"

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def root() -> Response:
    """To the language that the reader accepts best."""
    response = moved(f"/{choose_language(current_site().languages, request.accept_languages)}/", 302)
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
    """Respond with the proposals on the map, latest first, or those that the query chooses."""
    _check_page(lang)
    context = chosen_context(lang)
    chosen = filters.read_chosen(request.args, map(traits_of, context.catalogue.proposals.values()))
    return _answer(("home", lang, *chosen.items()), lambda: home_page(context, chosen))


@blueprint.get("/<lang>/proposals")
def proposals(lang: str) -> Response:
    """All proposals in order of date, and those that cannot be drawn, or those that the query chooses."""
    _check_page(lang)
    context = chosen_context(lang)
    chosen = filters.read_chosen(request.args, all_traits(context.catalogue))
    return _answer(("proposals", lang, *chosen.items()), lambda: proposals_page(context, chosen))


@blueprint.get("/<lang>/data")
def data(lang: str) -> Response:
    """Every file of every proposal on a date, with size and hash, and lines that open them elsewhere."""
    _check_page(lang)
    context, requested = chosen_context(lang), request.args.get("as_of") or None
    return _answer(("data", lang, requested or ""), lambda: data_page(context, requested))


@blueprint.get("/<lang>/corrections")
def corrections(lang: str) -> Response:
    """What changed in figures that were published, when and why."""
    _check_page(lang)
    context = chosen_context(lang)
    return _answer(("corrections", lang), lambda: corrections_page(context))


@blueprint.get("/<lang>/proposals-compared")
def overview(lang: str) -> Response:
    """All proposals as small maps on one scale."""
    _check_page(lang)
    context = chosen_context(lang)
    return _answer(("overview", lang), lambda: overview_page(context))


@blueprint.get("/<lang>/compare")
def compare(lang: str) -> Response:
    """Two sides compared, by default the two latest proposals; a form may give dates and control maps apart."""
    _check_page(lang)
    context = chosen_context(lang)
    usual = zip(("left", "right"), usual_sides(context), strict=True)
    left, right = (open_side(context, _side_words(which, words)) for which, words in usual)
    key = ("compare", lang, side_words(left), side_words(right))
    return _answer(key, lambda: compare_page(left, right))


def _side_words(which: str, usual: str) -> str:
    """A side as the query has it, its date and its control map perhaps in fields of their own."""
    words = request.args.get(which) or usual
    if "@" in words:
        return words
    return "@".join([words, *(request.args.get(f"{which}_{name}", "") for name in ("as_of", "control"))])


@blueprint.get("/<lang>/draw")
def draw(lang: str) -> Response:
    """A page to draw a line or an area on; the query is read by its script alone."""
    _check_page(lang)
    context = chosen_context(lang)
    return _answer(("draw", lang), lambda: draw_page(context))


@blueprint.get("/<lang>/map/<proposal_id>")
def map_of(lang: str, proposal_id: str) -> Response:
    """Respond with the map of a proposal on a date."""
    return proposal_page("map", lang, proposal_id, map_page, early_links)


@blueprint.get("/<lang>/areas/<proposal_id>")
def areas_of(lang: str, proposal_id: str) -> Response:
    """Respond with the areas of a proposal's zones on a date."""
    return proposal_page("areas", lang, proposal_id, areas_page)


@blueprint.get("/<lang>/timeline/<proposal_id>")
def timeline_of(lang: str, proposal_id: str) -> Response:
    """Respond with the areas of a proposal's zones, or of one, on all control maps or those between two dates."""
    zone = request.args.get("zone", "")
    return timeline_answer(
        "timeline", lang, proposal_id, lambda view, asked, found: timeline_page(view, asked, found, zone), zone
    )


@blueprint.get("/<lang>/line-since/<proposal_id>")
def line_since_of(lang: str, proposal_id: str) -> Response:
    """What changed hands between the proposal's date, or that of the query, and each later control map."""
    view, since = _read(lang, proposal_id)[0], request.args.get("since") or None
    counted = line_view(view, since)
    return _answer(("line-since", lang, proposal_id, since or ""), lambda: line_since_page(counted, since))


@blueprint.get("/<lang>/points/<proposal_id>")
def points_of(lang: str, proposal_id: str) -> Response:
    """Respond with the points of a proposal."""
    return proposal_page("points", lang, proposal_id, points_page)


@blueprint.get("/<lang>/images/<proposal_id>")
def images_of(lang: str, proposal_id: str) -> Response:
    """Respond with the images of a proposal for articles; 400 with the reason if the choices cannot be read."""
    view, requested = _read(lang, proposal_id)
    if current_site().published:
        return _answer(("images", lang, proposal_id, requested or ""), lambda: ready_images_page(view, requested))
    chosen = read_chosen(request.args, view)
    if chosen.problem:
        response = make_response(kit_page(view, requested, chosen), HTTPStatus.BAD_REQUEST)
        response.headers["Cache-Control"] = "no-store"
        return response
    key = ("images", lang, proposal_id, view.asked, requested or "", chosen.form, *chosen.words.values())
    return _answer(key, lambda: kit_page(view, requested, chosen))


def _check_page(lang: str) -> None:
    """Refuse what is no language. Raises NotFound where data of other addresses was meant, else UnknownError."""
    if lang in DATA:
        raise NotFound
    current_site().languages[lang]


def proposal_page(
    name: str,
    lang: str,
    proposal_id: str,
    make: Callable[[View, str | None], str],
    link: Callable[[View], str | None] = lambda _: None,
    *more: str,
) -> Response:
    """Respond with a page of a proposal in a language, on the date that the request names.

    ``more`` is what else of the request the page depends on, for the key of the cache.

    Parameters
    ----------
    name
        Name of the page.
    lang
        Language tag, such as ``uk``.
    proposal_id
        Id of the proposal.
    make
        Returns the page; its second argument is the date as the query has it.
    link
        Returns the Link header, or None.
    """
    view, requested = _read(lang, proposal_id)
    key = (name, lang, proposal_id, view.asked, requested or "", *more)
    return _answer(key, lambda: make(view, requested), lambda: link(view))


def timeline_answer(
    name: str, lang: str, proposal_id: str, make: Callable[[View, str | None, Timeline], str], *more: str
) -> Response:
    """Respond with a page of a timeline between the dates that the request names.

    ``more`` is what else of the request the page depends on. A page that is not prepared waits for its turn.

    Parameters
    ----------
    name
        Name of the page.
    lang
        Language tag, such as ``uk``.
    proposal_id
        Id of the proposal.
    make
        Returns the page; its second argument is the date as the query has it.
    """
    view, requested = _read(lang, proposal_id)
    since, until = (request.args.get(end) or None for end in ("from", "to"))
    dates = chosen_dates(view.proposal, since, until)
    key = (name, lang, proposal_id, dates[0], dates[-1], view.asked, requested or "", *more)

    def made() -> str:
        return make(view, requested, read_timeline(view.catalogue, view.proposal, dates[0], dates[-1]))

    at_once = not requested and is_prepared(view, dates)
    return _answer(key, made if at_once else partial(take_turn, repr((id(view.context.site), view.control, key)), made))


def _read(lang: str, proposal_id: str) -> tuple[View, str | None]:
    """What a page of a proposal reads, and the day that was asked for, if one was."""
    context = chosen_context(lang)
    requested = request.args.get("as_of") or None
    return open_view(context, proposal_id, requested), requested


def _answer(
    key: tuple[Hashable, ...], make: Callable[[], str], link: Callable[[], str | None] = lambda: None
) -> Response:
    return answer(("page", *key), lambda: finish(make().encode(), HTML, link=link()), REVALIDATED)
