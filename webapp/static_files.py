"""Static files: the project's own and Leaflet, with a version in their URL so that browsers cache them for good.

What is made from a table is served like a file.
"""

import hashlib
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path, PurePosixPath

from layers.errors import UnknownError
from webapp.javascript import DRAW_MODULES, MODULES, TOOL_MODULES, alone, join_modules
from webapp.style.css import colour_sheet

ROOM = Path(__file__).parent
FOLDERS = {"": ROOM / "static", "vendor/leaflet/": ROOM / "vendor" / "leaflet"}
ALONE = ("charts.js", "data.js", "embed.js", "sorting.js")  # modules that pages load by themselves, as classic scripts
FOLDER = "/static/"

TOOLS = "tools.bundle.js"

# One URL for several files, joined in this order: one request instead of several.
BUNDLES: Mapping[str, tuple[str, ...]] = {
    "page.bundle.css": ("colours.css", "page.css"),
    "map.bundle.css": (
        "colours.css",
        "page.css",
        "vendor/leaflet/leaflet.css",
        "labels.css",
        "key.css",
        "map.css",
        "controls.css",
        "clauses.css",
        "tools.css",
        "table.css",
    ),
    "map.bundle.js": ("vendor/leaflet/leaflet.js", *MODULES),
    TOOLS: TOOL_MODULES,
    "compare.bundle.js": ("vendor/leaflet/leaflet.js", "days.js", "page.js", "compare.js"),
    "draw.bundle.css": (
        "colours.css",
        "page.css",
        "vendor/leaflet/leaflet.css",
        "labels.css",
        "key.css",
        "draw.css",
    ),
    "draw.bundle.js": ("vendor/leaflet/leaflet.js", *DRAW_MODULES),
}

# A bundle in one theme whatever the reader's screen has, for frames: the bundle, and where its dark colours apply.
THEMED: Mapping[str, tuple[str, str, str]] = {
    f"{bundle}.{theme}.css": (f"{bundle}.bundle.css", media, theme)
    for bundle in ("map", "page")
    for theme, media in (("light", "not all"), ("dark", "screen"))
}

_DARK = re.compile(r"screen and \(prefers-color-scheme: ?dark\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_COMMENT = re.compile(rb"[ \t]*/\*.*?\*/\n?", re.DOTALL)
_RELATIVE = re.compile(rb"""url\((["']?)(?![a-z]+:|[/#"'])""")


def _standing_alone(name: str) -> str:
    return alone(name, _script(name))


MADE: Mapping[str, Callable[[], str]] = {
    "colours.css": colour_sheet,
    **{name.replace(".js", ".alone.js"): partial(_standing_alone, name) for name in ALONE},
}


def known_assets() -> dict[str, Path]:
    """Return every file that may be requested, by its name below ``/static/``, without those made from tables."""
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for prefix, folder in FOLDERS.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def asset_names() -> tuple[str, ...]:
    """Return every name that may be requested: files, generated files, and bundles."""
    return (*known_assets(), *MADE, *BUNDLES, *THEMED)


def read_asset(name: str) -> bytes:
    """The bytes of a static file, of what is made or of a bundle. Raises UnknownError."""
    if name in BUNDLES:
        return _join(name, BUNDLES[name])
    if name in THEMED:
        return _in_theme(*THEMED[name])
    if name in MADE:
        return MADE[name]().encode()
    known = known_assets()
    if name not in known:
        raise UnknownError("static file", name, asset_names())
    return known[name].read_bytes()


def _join(bundle: str, names: tuple[str, ...]) -> bytes:
    if bundle.endswith(".css"):
        return b"".join(_bundled_sheet(name) for name in names)
    if bundle == TOOLS:
        return join_modules(names, _script, after=MODULES).encode()
    return (leaflet_script() + joined_modules(names[1:])).encode()


def _in_theme(bundle: str, media: str, theme: str) -> bytes:
    sheet = _DARK.sub(media, read_asset(bundle).decode())
    return sheet.replace("color-scheme: light dark", f"color-scheme: {theme}").encode()


def leaflet_script() -> str:
    """Return Leaflet as a part of a script; its source map is not served."""
    return _SOURCE_MAP.sub("", _script("vendor/leaflet/leaflet.js")).rstrip() + "\n"


def joined_modules(names: Sequence[str]) -> str:
    """Return modules, in the order of their imports, as a part of a script."""
    return join_modules(names, _script)


def _script(name: str) -> str:
    return read_asset(name).decode().replace("\r\n", "\n")


def _bundled_sheet(name: str) -> bytes:
    """A stylesheet without comments as part of a bundle in the topmost folder: URLs beside the file name its folder."""
    content = _COMMENT.sub(b"", read_asset(name))
    folder = PurePosixPath(name).parent.as_posix().encode()
    return _RELATIVE.sub(rb"url(\1" + folder + b"/", content).rstrip() + b"\n"


def media_type(name: str) -> str:
    """The media type of a static file by its name."""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


@cache
def asset_version(name: str) -> str:
    """What changes when the file does."""
    return hashlib.sha256(read_asset(name)).hexdigest()[:10]


@cache
def assets_modified_s() -> int:
    """When the newest of the files that static files are made of was written, in whole seconds since 1970."""
    made_of = (*known_assets().values(), *(ROOM / "style").glob("*.py"))
    return int(max(path.stat().st_mtime for path in made_of))


def asset_path(name: str) -> str:
    """The path of a static file below the service's prefix, its version included."""
    return f"{FOLDER}{name}?v={asset_version(name)}"
