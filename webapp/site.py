"""What every request reads: the catalogue, the finished answers and what the operator set."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

from flask import current_app, request

from layers.catalogue import Catalogue
from layers.errors import UnknownError
from webapp.errors import SetupError
from webapp.finished import FinishedCache

EXTENSION = "clausemap"
CONTROL = "control map"

_BASE_URL = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:/[^\s/?#\"'<>\\]+)*")


@dataclass(frozen=True)
class Tiles:
    """Background tiles that an operator chose, with the words that their maker asks for."""

    url: str
    attribution: str


@dataclass(frozen=True)
class Site:
    """The service's data: read-only but for the cache.

    ``catalogue`` answers where no control map is asked for, ``others`` those that may be asked for besides, by id.
    ``base_url`` stands in front of addresses that are copied into other sites; empty where the operator set none.
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


def current_site() -> Site:
    """The site of the application that answers the current request."""
    return cast(Site, current_app.extensions[EXTENSION])


def chosen_catalogue() -> Catalogue:
    """The catalogue of the control map that the current request asks for. Raises UnknownError."""
    catalogues, name = current_site().catalogues, asked_control()
    if name and name not in catalogues:
        raise UnknownError(CONTROL, name, tuple(catalogues))
    return catalogues[name] if name else current_site().catalogue


def asked_control() -> str:
    """The control map that the current request names; empty where it leaves it to the service."""
    return request.args.get("control", "")


def kept_catalogue() -> Catalogue:
    """The catalogue that the current request asks for, the default where it names one that there is not."""
    return current_site().catalogues.get(asked_control(), current_site().catalogue)


def kept_address(path: str, **query: str) -> str:
    """An address with a query, which names the control map that the current request names, if there is such a one."""
    name = asked_control()
    named = query | ({"control": name} if name in current_site().catalogues else {})
    return f"{path}?{urlencode(named)}" if named else path


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
    return url
