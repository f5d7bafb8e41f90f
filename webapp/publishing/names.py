"""Names of files: each address of the service has one in a published copy, with what its query asks for in the name."""

import posixpath
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urlencode, urlsplit

from layers.text.languages import DEFAULT
from layers.versions.keeping import CATALOGUE, VERSION, VERSIONS
from webapp.settings import DATA
from webapp.site import PUBLISHED_PREFIX

PAGE, DOCUMENT = ".html", ".json"
OGC = "ogc"
OEMBED = "/oembed"
PLAIN = ("as_of", "zone", "lang", "size")  # their values stand without their names
ONE_FOR_ALL_DATES = "timeline"
SEPARATOR = "_"
CITED = ("catalog", "layers", "areas", "towns", "data")  # folders of data whose versions are kept
IMAGES = "images"  # of which the usual ones are kept, too


def file_of(address: str) -> str:
    """Return the name of the file for an address, below the folder of the copy.

    A static host does not read queries: a file of the data in a version has a path of its own.

    >>> file_of("/en/map/us-28-points?as_of=2025-11-20")
    'en/map/us-28-points_2025-11-20.html'
    >>> file_of("/images/us-28-points/2025-11-20.svg?labels=few&lang=uk")
    'images/us-28-points/2025-11-20_labels-few_uk.svg'
    >>> file_of("/layers/us-28-points/2025-11-20.geojson?v=2-0123456789ab")
    'versions/2-0123456789ab/layers/us-28-points/2025-11-20.geojson'

    Parameters
    ----------
    address
        Path and query; other versions do not count, they change with the bytes alone.
    """
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    if version_of(address):
        return f"{VERSIONS}/{query.pop('v')}/{file_of(parts._replace(query=urlencode(query)).geturl())}"
    if parts.path == OEMBED:
        page = urlsplit(query["url"]).path.partition(PUBLISHED_PREFIX)[2]
        asked = urlsplit(query["url"]).query
        return f"oembed/{file_of(f'{page}?{asked}').removesuffix(PAGE)}.json"
    stem, ending = _split(parts.path)
    return "".join((stem, *(f"{SEPARATOR}{word}" for word in _words(parts.path, query)), ending))


def link(address: str, to: str, base_url: str | None = None) -> str:
    """Return a link to a file of the copy.

    Parameters
    ----------
    address
        The address that it stands for, whose version and fragment it keeps.
    to
        Where the link stands: the name of a file.
    base_url
        Public URL of the copy where the whole URL is wanted, else None.
    """
    parts = urlsplit(address)
    version = dict(parse_qsl(parts.query)).get("v")
    file = OGC if parts.path == f"/{OGC}" else file_of(address)  # whose paths begin with it
    place = posixpath.relpath(file, posixpath.dirname(to) or ".") if base_url is None else f"{base_url}/{file}"
    named = f"?v={version}" if version and not version_of(address) else ""
    return place + named + (f"#{parts.fragment}" if parts.fragment else "")


def is_kept(address: str) -> bool:
    """Whether a copy keeps the file of an address in each version: what others cite, of images the usual ones."""
    parts = urlsplit(address)
    path, words = parts.path.strip("/"), dict(parse_qsl(parts.query)).keys()
    return path == CATALOGUE or path.split("/")[0] in (CITED if words - {"lang", "v"} else (*CITED, IMAGES))


def in_version(address: str, version: str) -> str:
    """Return an address that names a version of the data.

    Parameters
    ----------
    address
        Path and query.
    version
        The version.
    """
    return f"{address}{'&' if urlsplit(address).query else '?'}v={version}"


def version_of(address: str) -> str:
    """The version of the data that an address names of a file that is kept; empty for any other address."""
    version = dict(parse_qsl(urlsplit(address).query)).get("v", "")
    return version if is_kept(address) and VERSION.fullmatch(version) else ""


def is_page(file: str) -> bool:
    """Whether a file is a page."""
    return file.endswith(PAGE)


def _split(path: str) -> tuple[str, str]:
    bare = path.strip("/")
    first = bare.split("/")[0]
    if first == OGC:
        stem = "ogc/index" if bare == OGC else bare
        return next(((stem.removesuffix(one), one) for one in (PAGE, DOCUMENT) if stem.endswith(one)), (stem, DOCUMENT))
    if first in DATA:
        ending = "" if first == "static" else "".join(PurePosixPath(bare).suffixes)
        return bare.removesuffix(ending) if ending else bare, ending
    return (f"{bare}/index".lstrip("/") if path.endswith("/") else bare), PAGE


def _words(path: str, query: dict[str, str]) -> list[str]:
    known = {name: value for name, value in query.items() if name != "v" and (name, value) != ("lang", DEFAULT)}
    if ONE_FOR_ALL_DATES in path.split("/"):
        known.pop("as_of", None)
    return [value if name in PLAIN else f"{name}-{value}" for name, value in sorted(known.items())]
