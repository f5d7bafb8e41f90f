"""The application: one factory. Serving a layer or an area imports neither geopandas nor folium."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from layers.catalogue.model import Catalogue
from layers.corrections.loading import CORRECTIONS, load_corrections
from layers.text.check import check_languages
from webapp import before_request, error_log, headers, problem_handlers, routes
from webapp.jobs.editions import serve_catalogue
from webapp.responses.remembering import Remembering
from webapp.settings import read_settings
from webapp.site import EXTENSION, Site, StaticCopy
from webapp.url_prefix import below


def create_app(
    catalogue: Catalogue | None = None,
    others: Mapping[str, Catalogue] | None = None,
    base_url: str = "",
    published: StaticCopy | None = None,
    workspace: Path | None = None,
) -> Flask:
    """Return the WSGI application.

    Parameters
    ----------
    catalogue
        Catalogue that is shown first; None for what was built, in the installed languages. Its languages are those of
        the service.
    others
        Catalogues of further control maps, by the id of the control map.
    base_url
        Public URL of the service without a slash at the end, used if ``CLAUSEMAP_BASE_URL`` is not set.
    published
        What a copy as static files holds, if pages are made for one.
    workspace
        Folder of the operator, whose corrections are shown beside those of the project, and whose earlier
        versions of the data are sent; None for none.

    Raises
    ------
    LanguageError
        If the folder of a language cannot be read or lacks texts.
    BuildError
        If nothing was built.
    CorrectionError
        If a file of corrections has problems.
    SetupError
        If an environment variable cannot be used.
    """
    catalogue = catalogue or serve_catalogue()
    check_languages(catalogue.languages)
    settings = read_settings()
    app = Flask("webapp", static_folder=None)
    app.url_map.merge_slashes = False  # its redirects would name the host and scheme that the server sees
    if published is None:
        base_url = settings.base_url or base_url
    site = Site(
        catalogue, settings.tiles, others=others or {}, base_url=base_url, report=settings.report, published=published,
        corrections=load_corrections(CORRECTIONS, *([workspace / CORRECTIONS.name] if workspace else ())),
        workspace=workspace,
    )  # fmt: skip
    app.extensions[EXTENSION] = site
    app.wsgi_app = Remembering(below(site.prefix, app.wsgi_app))  # type: ignore[assignment,method-assign]
    before_request.register(app)
    routes.register(app)
    problem_handlers.register(app)
    error_log.register(app)
    headers.register(app)
    return app
