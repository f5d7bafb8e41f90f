"""What the current request of Flask says of its site, control map and language: pages get it as a context."""

from typing import cast

from flask import current_app, g, request

from layers.catalogue.model import Catalogue
from layers.errors import UnknownError
from layers.text.languages import Language
from webapp.context import Context
from webapp.site import CONTROL, EXTENSION, Site


def current_site() -> Site:
    """The site of the application that handles the current request."""
    return cast(Site, current_app.extensions[EXTENSION])


def requested_control() -> str:
    """The control map that the current request names, valid or not; empty where it leaves it to the service."""
    return request.args.get("control", "")


def known_control() -> str:
    """The ``?control=`` value of the current request if it is valid, else ''."""
    name = requested_control()
    return name if name in current_site().catalogues else ""


def chosen_catalogue() -> Catalogue:
    """The catalogue of the control map and the proposal that the current request names. Raises UnknownError."""
    catalogues, name = current_site().catalogues, requested_control()
    if name and name not in catalogues:
        raise UnknownError(CONTROL, name, tuple(catalogues))
    return known_catalogue()


def versioned_catalogue() -> Catalogue:
    """The chosen catalogue, as it was in the version that ``v`` names if it names one. Raises UnknownError."""
    catalogue, version = chosen_catalogue(), request.args.get("v")
    g.catalogue = current_site().in_version(catalogue, version, _requested_proposal()) if version else catalogue
    return cast(Catalogue, g.catalogue)


def served_catalogue() -> Catalogue:
    """The catalogue that the response is made from: of an earlier version where the request names one."""
    return g.get("catalogue") or known_catalogue()


def known_catalogue() -> Catalogue:
    """The catalogue that the current request names; the default if there is no such control map."""
    site = current_site()
    return site.catalogues.get(known_control(), site.catalogue).holding(_requested_proposal())


def chosen_context(tag: str) -> Context:
    """What the page of the current request is made with in a language.

    Raises UnknownError for an unknown control map or language.
    """
    catalogue = chosen_catalogue()
    return Context(current_site(), current_site().languages[tag], catalogue, known_control())


def known_context(lang: Language) -> Context:
    """What an error page is made with: on the default control map if the one requested does not exist."""
    return Context(current_site(), lang, known_catalogue(), known_control())


def _requested_proposal() -> str:
    """The proposal in the path of the current request, else ''."""
    return str((request.view_args or {}).get("proposal_id", ""))


def first_segment() -> str:
    """The first part of the path of the current request."""
    return request.path.strip("/").split("/", maxsplit=1)[0]
