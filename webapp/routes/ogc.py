"""``/ogc``: OGC API - Features of what was built, as JSON for programs and as pages for readers."""

from flask import Flask, Response, current_app, request

from webapp.current_request import chosen_context
from webapp.ogc.documents import HTML
from webapp.ogc.query import FORMS, HTML_FORM, JSON_FORM, Query, check_parameters, read_form, read_query
from webapp.ogc.resources import LANDING, Resource, find_resource
from webapp.ogc.service import Service
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
    app.extensions[SERVICE] = Service(site.offered, site.copied(ROOT), filters=site.published is None)
    app.add_url_rule(ROOT, "ogc.landing", resource)
    app.add_url_rule(f"{ROOT}/", "ogc.landing_below", resource)  # where some programs ask for it
    app.add_url_rule(f"{ROOT}/<path:path>", "ogc.resource", resource)


def resource(path: str = "") -> Response:
    """A document of the API in the form that its ending names, or ``f``, else in the one that is accepted."""
    stem, dot, ending = path.rpartition(".")
    named = ending if dot and ending in FORMS else ""
    wanted = stem if named else path
    found = find_resource(current_app.extensions[SERVICE], LANDING if named and stem == "index" else wanted)
    given = request.args.to_dict(flat=False)
    check_parameters(given, found.parameters)
    chosen = read_form(given)
    form = named or chosen
    response = _answer(found, form or _accepted(), read_query(given))
    if not form:
        response.vary.add("Accept")
    return response


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
