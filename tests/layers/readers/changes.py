"""Changes to files of control maps that leave their figure as it is, or break them so that they must be refused.

A change takes random numbers and the files by name, the map first, and gives them back changed; None where it has
nothing to do there.
"""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import PurePath
from random import Random
from types import MappingProxyType
from typing import Any

Files = dict[str, bytes]
Change = Callable[[Random, Files], Files | None]
TEXT = (".geojson", ".json", ".kml", ".geojsonl")
STRUCTURE = re.compile(rb'[{}\[\]":,<>/=]|[A-Za-z]+')
ENDINGS = (
    ".json",
    ".geojson",
    ".kml",
    ".kmz",
    ".zip",
    ".gz",
    ".gpkg",
    ".shp",
    ".txt",
    ".csv",
    ".bin",
    "",
    ".TXT",
    ".map",
)
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "latin-1")
ODD_NUMBERS = ("NaN", "Infinity", "-Infinity", "1e999", "null", "true", "[]", "{}", "9" * 400, "9" * 6000, "")
DEEP = (5, 60, 900, 30_000)


def _main(files: Files) -> str:
    return next(iter(files))


def _with(files: Files, content: bytes) -> Files:
    return {**files, _main(files): content}


def _suffix(files: Files) -> str:
    return PurePath(_main(files)).suffix


def _is_text(files: Files) -> bool:
    return _suffix(files) in TEXT and not files[_main(files)].startswith((b"\xff\xfe", b"\xfe\xff"))


def truncated(random: Random, files: Files) -> Files | None:
    """Any of the files cut off anywhere; lines of features end anywhere without a fault, so that these stay whole."""
    name = random.choice(list(files))
    if _suffix(files) == ".geojsonl":
        return None
    return {**files, name: files[name][: random.randrange(len(files[name]))]}


def flipped(random: Random, files: Files) -> Files | None:
    """A bit of the structure of a text changed: a bracket, a comma, a letter; numbers stay as they are."""
    content = files[_main(files)]
    if not _is_text(files):
        return None
    found = random.choice(list(STRUCTURE.finditer(content)))
    return _with(files, _bit(random, content, random.randrange(*found.span())))


def flipped_head(random: Random, files: Files) -> Files | None:
    """A bit of the first bytes of a file in binary."""
    name = random.choice(list(files))
    if _is_text(files) or not files[name]:
        return None
    return {**files, name: _bit(random, files[name], random.randrange(min(100, len(files[name]))))}


def flipped_packed(random: Random, files: Files) -> Files | None:
    """A bit of something packed, whose sum tells it."""
    if _suffix(files) not in {".gz", ".zip"}:
        return None
    return _with(files, _bit(random, files[_main(files)], random.randrange(len(files[_main(files)]))))


def _bit(random: Random, content: bytes, place: int) -> bytes:
    changed = content[place] ^ (1 << random.randrange(8))
    return content[:place] + bytes([changed]) + content[place + 1 :]


def without_a_piece(random: Random, files: Files) -> Files | None:
    """A bracket, a comma, a quotation mark or a tag left out."""
    if not _is_text(files):
        return None
    content = files[_main(files)]
    pattern = rb"</?[A-Za-z]+>" if _suffix(files) == ".kml" else rb'[{}\[\]":,]'
    found = random.choice(list(re.finditer(pattern, content)))
    return _with(files, content[: found.start()] + content[found.end() :])


def renamed(random: Random, files: Files) -> Files:
    """The same under another name and ending, what belongs to it, too."""
    stem = random.choice(("карта", "map", "2025", "окуповано 🇺🇦", "a.b.c", "x" * 60))
    ending = _suffix(files) if len(files) > 1 else random.choice(ENDINGS)
    first = PurePath(_main(files)).stem
    names = {name: (stem + ending if name == _main(files) else name.replace(first, stem, 1)) for name in files}
    return {names[name]: content for name, content in files.items()}


def encoded(random: Random, files: Files) -> Files | None:
    """A text in another encoding."""
    if not _is_text(files):
        return None
    try:
        return _with(files, files[_main(files)].decode().encode(random.choice(ENCODINGS)))
    except UnicodeEncodeError:
        return None


def packed(random: Random, files: Files) -> Files:
    """In a zip or in gzip, also twice."""
    content, name = files[_main(files)], _main(files)
    if len(files) == 1 and random.random() < 0.5:
        for _ in range(random.choice((1, 1, 2))):
            content, name = gzip.compress(content, mtime=0), f"{name}.gz"
        return {name: content}
    sink = io.BytesIO()
    folder = random.choice(("", "a/b/", "карти/"))
    with zipfile.ZipFile(sink, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for member, inner in files.items():
            archive.writestr(folder + member, inner)
        if random.random() < 0.5:
            archive.writestr(f"{folder}README.html", "<html><body>About this map</body></html>")
    return {f"{PurePath(name).stem}.zip": sink.getvalue()}


def around(random: Random, files: Files) -> Files | None:
    """Blanks, zeros or nonsense before or behind."""
    content = files[_main(files)]
    before = random.choice((b"", b"\n\n  \t", b"\xef\xbb\xbf", b"\x00", b"callback("))
    behind = random.choice((b"", b"\r\n\r\n", b"\x00" * 20, b"\x1a", b");", b"<!-- -->", b" trailing", content))
    if behind == content and _suffix(files) == ".geojsonl":
        return None
    return _with(files, before + content + behind)


def line_ends(random: Random, files: Files) -> Files | None:
    """Other ends of lines and other indents, which mean nothing."""
    document = _document(files)
    if document is None:
        return None
    written = json.dumps(document, indent=random.choice((None, 1, 4)), ensure_ascii=random.random() < 0.5)
    return _with(files, written.replace("\n", random.choice(("\n", "\r\n", "\r"))).encode())


def wrapped(random: Random, files: Files) -> Files | None:
    """In a list, in an object, or in many of them."""
    if _document(files) is None:
        return None
    content = files[_main(files)]
    begin, end = random.choice(
        (
            (b"[", b"]"),
            (b'{"data": ', b"}"),
            (b'{"result": {"items": ', b"}}"),
            (b'{"type": "FeatureCollection", "features": [', b"]}"),
            (b'{"status": 200, "ok": true, "map": ', b', "next": null}'),
        )
    )
    times = random.choice((1, 1, 2, *DEEP))
    return _with(files, begin * times + content + end * times)


def deep_elsewhere(random: Random, files: Files) -> Files | None:
    """Something nested deeply, long or large in a property or beside the features."""
    document = _document(files)
    if not isinstance(document, dict):
        return None
    content = json.dumps(document, ensure_ascii=False)
    times = random.choice(DEEP)
    odd = random.choice(
        ("[" * times + "]" * times, '{"a":' * times + "1" + "}" * times, '"' + "ї" * 300_000 + '"', "9" * 6000, "1e999")
    )
    if random.random() < 0.5:
        return _with(files, f'{{"odd": {odd}, {content[1:]}'.encode())
    return _with(files, content.replace('"properties": {', f'"properties": {{"odd": {odd}, ', 1).encode())


def odd_number(random: Random, files: Files) -> Files | None:
    """A coordinate that is no number, in one place."""
    content = files[_main(files)]
    if not _is_text(files):
        return None
    found = list(re.finditer(rb"(?<=[\[,\s>])-?\d\d\.?\d*(?=[\],\s<])", content))
    if not found:
        return None
    one = random.choice(found)
    odd = random.choice((*ODD_NUMBERS, f'"{one[0].decode()}"'))
    return _with(files, content[: one.start()] + odd.encode() + content[one.end() :])


def same_ground(random: Random, files: Files) -> Files | None:
    """The same territory written otherwise."""
    document = _document(files)
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        return None
    features = [_otherwise(random, feature) for feature in document["features"]]
    if random.random() < 0.5:
        features += random.choices(ADDED, k=random.randrange(1, 4))
    random.shuffle(features)
    return _with(files, json.dumps({**document, "features": features}, ensure_ascii=False).encode())


ADDED: tuple[Any, ...] = (
    {"type": "Feature", "properties": {}, "geometry": None},
    {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [35, 48]}},
    {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": []}},
    {"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": []}},
    {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[35, 48], [36, 49]]}},
)


def _otherwise(random: Random, feature: Any) -> Any:
    geometry = feature.get("geometry") or {}
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return feature
    several = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    changed = [[_ring(random, ring) for ring in rings] for rings in several]
    made: dict[str, Any] = {"type": "MultiPolygon", "coordinates": changed}
    if random.random() < 0.3:
        parts = [{"type": "Polygon", "coordinates": rings} for rings in changed]
        made = {"type": "GeometryCollection", "geometries": parts}
    return {**feature, "geometry": made}


def _ring(random: Random, ring: list[list[float]]) -> list[list[float]]:
    """A ring from another vertex on, in the other direction, with heights, with a vertex twice."""
    *points, _ = ring
    start = random.randrange(len(points))
    points = points[start:] + points[:start]
    if random.random() < 0.3:
        points.reverse()
    if random.random() < 0.3:
        points = [[*point[:2], random.choice((0, 120.5, -3))] for point in points]
    if random.random() < 0.3:
        points.insert(1, points[1])
    return points if random.random() < 0.1 else [*points, points[0]]


def _document(files: Files) -> Any:
    """What a JSON holds; None for other files."""
    if _suffix(files) not in {".geojson", ".json"}:
        return None
    return json.loads(files[_main(files)])


CHANGES: Mapping[str, tuple[Change, int]] = MappingProxyType(  # with how often each is tried
    {
        "truncated": (truncated, 5),
        "flipped": (flipped, 6),
        "flipped head": (flipped_head, 3),
        "flipped packed": (flipped_packed, 2),
        "without a piece": (without_a_piece, 4),
        "renamed": (renamed, 2),
        "encoded": (encoded, 3),
        "packed": (packed, 2),
        "around": (around, 2),
        "line ends": (line_ends, 1),
        "wrapped": (wrapped, 3),
        "deep elsewhere": (deep_elsewhere, 2),
        "odd number": (odd_number, 4),
        "same ground": (same_ground, 3),
    }
)
