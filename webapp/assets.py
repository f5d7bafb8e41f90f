"""Static files: the project's own and Leaflet, addressed with a version so that browsers keep them for good."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from layers.errors import UnknownError
from webapp.site import address

ROOM = Path(__file__).parent
FOLDERS = {"": ROOM / "static", "vendor/leaflet/": ROOM / "vendor" / "leaflet"}
FOLDER = "/static/"


def known_assets() -> dict[str, Path]:
    """Every file that may be asked for, by its name below ``/static/``."""
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for prefix, folder in FOLDERS.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_asset(name: str) -> bytes:
    """The bytes of a static file. Raises UnknownError."""
    known = known_assets()
    if name not in known:
        raise UnknownError("static file", name, tuple(known))
    return known[name].read_bytes()


def media_type(name: str) -> str:
    """The media type of a static file by its name."""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


@cache
def asset_version(name: str) -> str:
    """What changes when the file does."""
    return hashlib.sha256(read_asset(name)).hexdigest()[:10]


def asset_path(name: str) -> str:
    """The path of a static file below the service's prefix, its version included."""
    return f"{FOLDER}{name}?v={asset_version(name)}"


def asset_url(name: str) -> str:
    """The address of a static file as a page has it."""
    return address(asset_path(name))
