"""Walking every link of a copy: each has to lead to a file that is there, and each file to be as it was written."""

import gzip
import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli

from webapp.errors import PlaceError
from webapp.publishing.folder import LIST, digest_of, read_list
from webapp.publishing.names import PAGE

LINKS = ("href", "src", "srcset", "action")
DATA = "page-data"
NO_LINKS = ("path", "media_type")  # of the catalogue
_IN_SHEET = re.compile(r"url\([\"']?([^\"')]+)")
_DECODED = {".gz": gzip.decompress, ".br": brotli.decompress}
_FETCHED = (".geojson", ".json")


@dataclass
class Walked:
    """What was found: how many links in how many pages, and what is wrong, a line each."""

    pages: int = 0
    links: int = 0
    problems: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """The links, ids and data of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.data = ""
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the links and the id of an element."""
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in LINKS if name in given and given.get("rel") != "preload"]
        self.ids |= {given["id"]} if "id" in given else set()
        self._in_data = tag == "script" and given.get("id") == DATA

    def handle_data(self, data: str) -> None:
        """Note the data that scripts read."""
        self.data += data if self._in_data else ""


def check_copy(folder: Path) -> Walked:
    """Walk every link of a copy and compare every file with the list. Raises PlaceError where it is none."""
    entries = read_list(folder)
    if not entries:
        raise PlaceError(f"{folder / LIST}: not there; name the folder of a copy that 'clausemap publish' wrote")
    walked = Walked()
    files = {name: digest for entry in entries.values() for name, digest in entry.files.items()}
    walked.problems += [
        f"{name}: missing or changed" for name, digest in files.items() if digest_of(folder / name) != digest
    ]
    walked.problems += [f"{name}: not what it compresses" for name in files if not _fits(folder / name)]
    base = json.loads((folder / LIST).read_bytes()).get("base_url", "")
    pages = {name: _Page((folder / name).read_text("utf-8")) for name in files if name.endswith(PAGE)}
    for name, page in pages.items():
        walked.pages += 1
        for found in (*page.links, *_urls(json.loads(page.data or "{}"))):
            _walk(walked, name, found, base, set(files), pages)
    for name in files:
        for found in _other_links(folder, name):
            _walk(walked, name, found, base, set(files), pages)
    return walked


def _walk(walked: Walked, page: str, found: str, base: str, files: set[str], pages: dict[str, _Page]) -> None:
    url = found.split(" ", maxsplit=1)[0]
    if base and url.startswith(f"{base}/"):
        url = posixpath.relpath(url[len(base) + 1 :], posixpath.dirname(page) or ".")
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or "{" in url:
        return
    walked.links += 1
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    if target not in files and f"{target}/index.html" not in files:
        walked.problems.append(f"{page}: {found} leads nowhere")
    elif _is_place(parts.fragment) and target in pages and parts.fragment not in pages[target].ids:
        walked.problems.append(f"{page}: {found} leads to no place of its page")


def _is_place(fragment: str) -> bool:
    """Whether a fragment names an element; one with ``=`` is read by a script, as that of the drawing page."""
    return bool(fragment) and "=" not in fragment


def _urls(value: object) -> Iterator[str]:
    """What looks like a link among data."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _urls(part) if name not in NO_LINKS else ()
    elif isinstance(value, list):
        for part in value:
            yield from _urls(part)
    elif isinstance(value, str) and re.fullmatch(r"(?:\.\./)*[\w-]+(?:/[^\s<>\"]+)+\.\w+(?:\?v=\w+)?", value):
        yield value


def _other_links(folder: Path, name: str) -> Iterator[str]:
    """The links of stylesheets and of the catalogue."""
    if name.endswith(".css"):
        sheet = (folder / name).read_text("utf-8")
        yield from (url for url in _IN_SHEET.findall(sheet) if not url.startswith(("#", "data:")))
    elif name == "catalog.json" or (name.startswith("catalog/") and name.endswith(".json")):
        yield from _urls(json.loads((folder / name).read_bytes()))


def _fits(path: Path) -> bool:
    """Whether a compressed file holds the file that it stands beside."""
    decode = _DECODED.get(path.suffix)
    plain = path.with_suffix("")
    return decode is None or not plain.is_file() or decode(path.read_bytes()) == plain.read_bytes()
