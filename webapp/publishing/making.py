"""Making the files of a copy: each is a response of the application, with its links changed, compressed beside it."""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask

from geo.errors import ClausemapError
from layers import processes
from layers.catalogue.model import Catalogue
from layers.products.media_types import is_text
from webapp.app import create_app
from webapp.jobs.editions import open_catalogue
from webapp.jobs.pool import work_here
from webapp.publishing.links import Links
from webapp.publishing.names import file_of, is_page
from webapp.responses.compression import SMALLEST_BYTES, smallest
from webapp.settings import read_settings
from webapp.site import EXTENSION, Site, StaticCopy

ENCODED = {"gzip": ".gz", "br": ".br"}  # endings that nginx and others know
SCRIPT = ".js"  # of the copy of a file for pages that were opened from a disk
READ_BY_SCRIPTS = ("display", "places", "changes", "context")
_COMPARED = re.compile(r"/compare/[^/]+/[^/]+\.geojson")
DATED_PAGES = ("map", "embed")
_EDITION = re.compile(r"/layers/[^/?]+/[^/?]+\.geojson")
JSON_ENDINGS = (".json", ".geojson")


class PublishingError(ClausemapError):
    """A file of a copy could not be made; the message names it and says why."""


@dataclass(frozen=True)
class Copy:
    """What is published: the folder of the data, the proposals (none for all), dates, images, public URL, workspace."""

    root: Path | None = None
    proposals: tuple[str, ...] = ()
    every_date: bool = False
    every_shape: bool = True
    base_url: str = ""
    workspace: Path | None = None


@dataclass(frozen=True)
class Made:
    """A file with those beside it, by name, each with the SHA-256 of its bytes."""

    address: str
    files: Mapping[str, str]


@cache
def application(copy: Copy) -> Flask:
    """Return the application that gives the pages of a copy."""
    from webapp.publishing.contents import published_dates

    catalogue = _chosen(open_catalogue(copy.root), copy.proposals)
    dates = {
        name: published_dates(proposal, every_date=copy.every_date) for name, proposal in catalogue.proposals.items()
    }
    return create_app(
        catalogue, base_url=copy.base_url, published=StaticCopy(dates, copy.every_shape), workspace=copy.workspace
    )


def site_of(copy: Copy) -> Site:
    """Return the site of a copy."""
    site: Site = application(copy).extensions[EXTENSION]
    return site


def response_body(copy: Copy, address: str) -> tuple[bytes, str]:
    """Return the body of a response and its media type.

    Parameters
    ----------
    copy
        What is published.
    address
        The address.

    Raises
    ------
    PublishingError
        If the response is an error.
    """
    response = application(copy).test_client().get(address)
    if response.status_code != HTTPStatus.OK:
        raise PublishingError(f"{address}: the service responds with {response.status}")
    return response.get_data(), response.content_type


def make_file(copy: Copy, address: str, links: Links, folder: Path) -> Made:
    """Write the file of an address, with its compressed forms, and return what was written.

    Parameters
    ----------
    copy
        What is published.
    address
        The address.
    links
        What the copy holds.
    folder
        Where the copy is written.
    """
    body, media_type = response_body(copy, address)
    file = file_of(address)
    if is_text(media_type) and not address.startswith("/static/"):
        body = links.relative(body.decode(), file).encode()
    return write_made(address, file, body, is_text(media_type), folder)


def make_files(copy: Copy, batch: Sequence[str], links: Links, folder: Path) -> list[Made]:
    """Write the files of addresses one after the other, so that what is drawn for one is there for the next.

    Parameters
    ----------
    copy
        What is published.
    batch
        The addresses.
    links
        What the copy holds.
    folder
        Where the copy is written.
    """
    return [make_file(copy, address, links, folder) for address in batch]


def write_made(address: str, file: str, body: bytes, compressible: bool, folder: Path) -> Made:
    """Write a file and those beside it.

    Parameters
    ----------
    address
        The address that it stands for.
    file
        Its name below the folder.
    body
        Its bytes.
    compressible
        Whether compressed forms stand beside it.
    folder
        Where the copy is written.
    """
    contents = {file: body}
    if compressible and len(body) >= SMALLEST_BYTES:
        contents |= {file + ending: smallest(body, coding, of_many=True) for coding, ending in ENCODED.items()}
    if _is_read_by_scripts(address):
        contents[file + SCRIPT] = _as_script(file, body)
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Made(address, {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()})


def begin_process(copy: Copy) -> None:
    """Prepare a process that makes files: it makes everything itself, and ends with the one that started it."""
    processes.begin_process()
    work_here()
    application(copy)


def checked_base_url(base_url: str) -> str:
    """Return a public URL without a slash at the end. Raises SetupError."""
    return read_settings({"CLAUSEMAP_BASE_URL": base_url.rstrip("/")} if base_url else os.environ).base_url


def _chosen(catalogue: Catalogue, proposals: tuple[str, ...]) -> Catalogue:
    """The catalogue with some of its proposals. Raises UnknownError."""
    chosen = {name: catalogue.proposal(name) for name in proposals}
    return replace(catalogue, proposals=chosen) if chosen else catalogue


def _is_read_by_scripts(address: str) -> bool:
    """Whether scripts read the file: data, layers of whole editions, comparisons, and the pages of other dates."""
    if _EDITION.fullmatch(address) or _COMPARED.fullmatch(address):
        return True
    parts = address.split("?", maxsplit=1)[0].strip("/").split("/")
    return parts[0] in READ_BY_SCRIPTS or ("as_of=" in address and any(part in DATED_PAGES for part in parts[:2]))


def _as_script(file: str, body: bytes) -> bytes:
    content = json.dumps(body.decode(), ensure_ascii=False).replace("</", "<\\/") if is_page(file) else body.decode()
    return f"clausemap.provideFile({content.strip()});\n".encode()
