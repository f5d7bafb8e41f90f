"""What every request reads: the catalogue, the finished answers and what the operator set."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode, urlsplit

from flask import current_app, has_app_context, request

from layers.catalogue import Catalogue
from layers.errors import UnknownError
from layers.languages import LANGUAGES
from webapp.errors import BaseUrlError, SetupError
from webapp.response_cache import FinishedCache

EXTENSION = "clausemap"
CONTROL = "control map"

# What the service's own addresses begin with: what programs ask for, and what readers do.
DATA = (
    "layers", "display", "areas", "towns", "timelines", "images", "context", "static", "scripts", "oembed",
    "catalog.json", "healthz", "robots.txt", "sitemap.xml",
)  # fmt: skip
EMBED = "embed"
OWN = frozenset((*DATA, EMBED, *LANGUAGES))

_BASE_URL = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True)
class Tiles:
    """Background tiles that an operator chose, with the words that their maker asks for."""

    url: str
    attribution: str


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


def read_tiles(environ: Mapping[str, str] = os.environ) -> Tiles | None:
    """The operator's tiles, or None. Raises SetupError where address and attribution do not come together."""
    url = environ.get("CLAUSEMAP_TILES_URL", "").strip()
    attribution = environ.get("CLAUSEMAP_TILES_ATTRIBUTION", "").strip()
    if not url and not attribution:
        return None
    if not (url and attribution):
        missing = "CLAUSEMAP_TILES_ATTRIBUTION" if url else "CLAUSEMAP_TILES_URL"
        raise SetupError(f"{missing} is not set; tiles need an address and an attribution, or neither")
    if not url.startswith(("https://", "http://", "/")) or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise SetupError(
            f"CLAUSEMAP_TILES_URL is '{url}'; write it like https://tiles.example.org/{{z}}/{{x}}/{{y}}.png"
        )
    return Tiles(url, attribution)


def read_base_url(environ: Mapping[str, str] = os.environ) -> str:
    """Where readers find the service, without the slash at the end; empty where the operator does not say.

    It is never taken from a request, whose Host anybody can write. Raises SetupError for what is no such address.
    """
    url = environ.get("CLAUSEMAP_BASE_URL", "").strip()
    if not url:
        return ""
    if not _BASE_URL.fullmatch(url):
        raise SetupError(f"CLAUSEMAP_BASE_URL is '{url}'; write it like https://maps.example.org, no slash at the end")
    first = urlsplit(url).path.split("/")[1:2]
    if first and first[0] in OWN:
        raise SetupError(f"CLAUSEMAP_BASE_URL is '{url}'; its own addresses begin with /{first[0]}, choose another")
    return url
