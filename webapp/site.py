"""What every request reads: the catalogue, the finished answers and what the operator set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode, urlsplit

from flask import current_app, has_app_context, request

from layers.catalogue.model import Catalogue
from layers.errors import UnknownError
from webapp.errors import BaseUrlError
from webapp.response_cache import FinishedCache
from webapp.settings import Tiles

EXTENSION = "clausemap"
CONTROL = "control map"


@dataclass(frozen=True)
class Site:
    """The service's data: read-only but for the cache.

    ``catalogue`` answers where no control map is asked for, ``others`` those that may be asked for besides, by id.
    ``base_url`` is where readers find the service, without the slash at the end; empty where nobody said.
    """

    catalogue: Catalogue
    tiles: Tiles | None = None
    finished: FinishedCache = field(default_factory=FinishedCache)
    others: Mapping[str, Catalogue] = field(default_factory=dict)
    base_url: str = ""

    @property
    def catalogues(self) -> dict[str, Catalogue]:
        """All catalogues by the id of their control map, the default first."""
        return {self.catalogue.control.id: self.catalogue, **self.others}

    @property
    def prefix(self) -> str:
        """The path below which readers find the service: ``/peace`` of ``https://maps.example.org/peace``, or empty."""
        return urlsplit(self.base_url).path


def current_site() -> Site:
    """The site of the application that answers the current request."""
    return cast(Site, current_app.extensions[EXTENSION])


def chosen_catalogue() -> Catalogue:
    """The catalogue of the control map and the proposal that the current request asks for. Raises UnknownError."""
    catalogues, name = current_site().catalogues, asked_control()
    if name and name not in catalogues:
        raise UnknownError(CONTROL, name, tuple(catalogues))
    return (catalogues[name] if name else current_site().catalogue).holding(_asked_proposal())


def _asked_proposal() -> str:
    """The proposal that the path of the current request names; empty where it names none."""
    return str((request.view_args or {}).get("proposal_id", ""))


def asked_control() -> str:
    """The control map that the current request names; empty where it leaves it to the service."""
    return request.args.get("control", "")


def kept_catalogue() -> Catalogue:
    """The catalogue that the current request asks for, the default where it names one that there is not."""
    site = current_site()
    return site.catalogues.get(asked_control(), site.catalogue).holding(_asked_proposal())


def address(path: str) -> str:
    """A path of the service as pages have it, below the prefix; empty for an empty path, which is a query alone.

    Where no service runs, as on the command line and where images are drawn, there is no prefix.
    """
    prefix = current_site().prefix if has_app_context() else ""
    return prefix + path if path else ""


def absolute(path: str) -> str:
    """The whole address of a path of the service, for other sites. Raises BaseUrlError where none is known."""
    base_url = current_site().base_url
    if not base_url:
        raise BaseUrlError("no address of this service is known; its operator sets CLAUSEMAP_BASE_URL")
    return base_url + path


def copied(path: str) -> str:
    """The whole address of a path where it is known, else the path: a script completes it in the reader's browser."""
    return current_site().base_url + path


def kept_address(path: str, **query: str) -> str:
    """An address with a query, which names the control map that the current request names, if there is such a one."""
    return address(path) + kept_query(**query)


def kept_query(**query: str) -> str:
    """A query that names the control map that the current request names, too; empty where there is nothing to say."""
    name = kept_control()
    named = query | ({"control": name} if name else {})
    return f"?{urlencode(named)}" if named else ""


def kept_control() -> str:
    """The control map that the current request names; empty where it names none that there is."""
    name = asked_control()
    return name if name in current_site().catalogues else ""
