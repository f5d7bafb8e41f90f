"""What every request reads: the catalogue, the finished answers and what the operator set."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from layers.catalogue import Catalogue
from webapp.errors import SetupError
from webapp.finished import FinishedCache

EXTENSION = "clausemap"


@dataclass(frozen=True)
class Tiles:
    """Background tiles that an operator chose, with the words that their maker asks for."""

    url: str
    attribution: str


@dataclass(frozen=True)
class Site:
    """The service's data: read-only but for the cache."""

    catalogue: Catalogue
    tiles: Tiles | None = None
    finished: FinishedCache = field(default_factory=FinishedCache)


def current_site() -> Site:
    """The site of the application that answers the current request."""
    return cast(Site, current_app.extensions[EXTENSION])


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
