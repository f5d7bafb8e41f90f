"""``/ogc``: OGC API - Features of what was built, as JSON for programs and as pages for readers."""

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, current_app, request

from layers.errors import UnknownError
from webapp.before_request import IN_QUERY, redirected
from webapp.context import Context
from webapp.current_request import current_site, requested_control
from webapp.ogc.documents import HTML
from webapp.ogc.query import FORMS, HTML_FORM, JSON_FORM, Query, check_parameters, read_form, read_query
from webapp.ogc.resources import LANDING, Resource, find_resource
from webapp.ogc.service import ROOT, Service, api_path
from webapp.pages.ogc import ogc_page
from webapp.query import LONGEST_NAME
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import BRIEFLY, finish
from webapp.routes.pages import HTML as PAGE
from webapp.routes.responding import answer
from webapp.site import CONTROL, EXTENSION, Site
from webapp.text.interface import DEFAULT

CONTROL_OPTION = "control"
SERVICES = "clausemap ogc"
OFFERED = ("application/json", "application/geo+json", HTML)  # JSON for whoever takes anything


def register(app: Flask) -> None:
    """Give the application the URLs of the API: of the control map that it shows first, and of each by its id."""
    site: Site = app.extensions[EXTENSION]
    app.extensions[SERVICES] = _services(site)
    for root in (ROOT, api_path("<control>")):
        app.add_url_rule(root, "ogc.landing", resource)
        app.add_url_rule(f"{root}/", "ogc.landing_below", resource)  # where some programs ask for it
        app.add_url_rule(f"{root}/<path:path>", "ogc.resource", resource)


def _services(site: Site) -> dict[str, Service]:
    """The API of each control map by its id, that of the first by none, too; a folder of files has only this."""
    if site.published is not None:
        return {"": Service(site.offered, site.copied(ROOT), filters=False)}
    roots = {name: site.copied(api_path(name)) for name in site.catalogues}
    maps = {roots[name]: one.control for name, one in site.catalogues.items()} if site.others else {}
    named = {name: Service(one, roots[name], related=maps) for name, one in site.catalogues.items()}
    return {"": Service(site.catalogue, site.copied(ROOT), related=maps), **named}


def resource(path: str = "", control: str = "") -> Response:
    """Respond with a document of the API in the form that its ending names, or ``f``, else in the one that is accepted.

    Parameters
    ----------
    path
        Path below the landing page; empty for that page.
    control
        Id of the control map in the URL; empty for the one that is shown first.
    """
    services: dict[str, Service] = current_app.extensions[SERVICES]
    asked = control or requested_control()
    if asked not in services:
        raise UnknownError(CONTROL, asked[:LONGEST_NAME], tuple(filter(None, services)))
    return _document(services[control], path, control) if asked == control else _moved_to(asked)


def _document(service: Service, path: str, control: str) -> Response:
    stem, dot, ending = path.rpartition(".")
    named = ending if dot and ending in FORMS else ""
    wanted = stem if named else path
    found = find_resource(service, LANDING if named and stem == "index" else wanted)
    given = request.args.to_dict(flat=False)
    if given.get(CONTROL_OPTION) == [control]:
        del given[CONTROL_OPTION]  # GDAL gives it again to whatever it was led to
    check_parameters(given, found.parameters)
    chosen = read_form(given)
    form = named or chosen
    response = _answer(control, found, form or _accepted(), read_query(given))
    if not form:
        response.vary.add("Accept")
    return response


def _moved_to(control: str) -> Response:
    """A redirect to the same document of the control map that the query names."""
    given = [(name, value) for name, value in request.args.items(multi=True) if name != CONTROL_OPTION]
    path = request.path.replace(ROOT, api_path(control), 1)
    return redirected(path, urlencode(given, safe=IN_QUERY), HTTPStatus.TEMPORARY_REDIRECT)


def _accepted() -> str:
    best = request.accept_mimetypes.best_match(OFFERED, OFFERED[0])
    return HTML_FORM if best == HTML else JSON_FORM


def _answer(control: str, found: Resource, form: str, query: Query) -> Response:
    def make() -> Finished:
        body = found.write(query)
        if form == HTML_FORM:
            return finish(ogc_page(_context(control), found.path, body).encode(), PAGE)
        return finish(body, found.media_type)

    return answer(("ogc", control, found.path, form, query.page(query.offset)), make, BRIEFLY)


def _context(control: str) -> Context:
    """What a page of the API is made with; its links to other pages keep the control map."""
    site = current_site()
    return Context(site, site.languages[DEFAULT], site.catalogues[control] if control else site.catalogue, control)
