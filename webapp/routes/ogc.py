"""``/ogc``: OGC API - Features of what was built, as JSON for programs and as pages for readers."""

from flask import Flask, Response, current_app, request

from webapp.current_request import chosen_context
from webapp.ogc.documents import HTML
from webapp.ogc.query import Query, check_parameters, read_query
from webapp.ogc.resources import LANDING, Resource, find_resource
from webapp.ogc.service import FORMS, HTML_FORM, JSON_FORM, Service
from webapp.pages.ogc import ogc_page
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import BRIEFLY, finish
from webapp.routes.pages import HTML as PAGE
from webapp.routes.responding import answer
from webapp.site import EXTENSION, Site
from webapp.text.interface import DEFAULT

ROOT = "/ogc"
SERVICE = "clausemap ogc"
OFFERED = ("application/json", "application/geo+json", HTML)  # JSON for whoever takes anything


def register(app: Flask) -> None:
    """Give the application the URLs of the API, which is of the control map that the service shows first."""
    site: Site = app.extensions[EXTENSION]
    app.extensions[SERVICE] = Service(site.catalogue, site.copied(ROOT))
    app.add_url_rule(ROOT, "ogc.landing", resource)
    app.add_url_rule(f"{ROOT}/", "ogc.landing_below", resource)  # where some programs ask for it
    app.add_url_rule(f"{ROOT}/<path:path>", "ogc.resource", resource)


def resource(path: str = "") -> Response:
    """A document of the API in the form that its ending names, else in the one that is accepted."""
    stem, dot, ending = path.rpartition(".")
    named = bool(dot) and ending in FORMS
    wanted = stem if named else path
    found = find_resource(current_app.extensions[SERVICE], LANDING if named and stem == "index" else wanted)
    response = _answer(found, ending if named else _accepted(), _query(found))
    if not named:
        response.vary.add("Accept")
    return response


def _query(found: Resource) -> Query:
    given = request.args.to_dict(flat=False)
    if found.parameters:
        return read_query(given)
    check_parameters(given, ())
    return Query()


def _accepted() -> str:
    best = request.accept_mimetypes.best_match(OFFERED, OFFERED[0])
    return HTML_FORM if best == HTML else JSON_FORM


def _answer(found: Resource, form: str, query: Query) -> Response:
    def make() -> Finished:
        body = found.write(query)
        if form == HTML_FORM:
            return finish(ogc_page(chosen_context(DEFAULT), found.path, body).encode(), PAGE)
        return finish(body, found.media_type)

    return answer(("ogc", found.path, form, query.page(query.offset)), make, BRIEFLY)
