"""Compressed bytes that are made at the build, and bundles: several files under one address."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import COMMITTED, load_catalogue
from webapp import static_files
from webapp.disk_cache import DiskCache
from webapp.responses import compression
from webapp.static_files import BUNDLES, asset_path, read_asset

OPENED = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskCache:
    """An empty folder of compressed files."""
    cache = DiskCache(tmp_path)
    monkeypatch.setattr(compression, "PREPARED", cache)
    return cache


def _files(cache: DiskCache) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest bytes take long; that they are smaller is the compressor's promise."""
    monkeypatch.setattr(compression, "SMALL", 1)


@pytest.mark.slow
def test_every_built_and_static_file_is_packed(prepared: DiskCache, quick: None) -> None:
    catalogue = load_catalogue(COMMITTED)
    prepared.write("of-another-version.br", b"old")
    assert compression.pack_all(catalogue) == len(list(_files(prepared)))
    assert prepared.read("of-another-version.br") is None
    edition = catalogue.proposal("us-28-points").editions["2025-11-20"]
    files = [
        catalogue.read(file)
        for file in (edition.products["layer"], edition.products["areas_csv"], catalogue.context["towns"])
    ]
    for content in (catalogue.document, *files, read_asset("vendor/leaflet/leaflet.js"), read_asset("map.bundle.css")):
        for coding, opened in OPENED.items():
            stored = prepared.read(compression._key(content, coding))
            assert stored is not None
            assert opened(stored) == content
    before = {path: path.stat().st_ino for path in _files(prepared)}
    damaged, *_ = before
    damaged.write_bytes(b"damaged")
    compression.pack_all(catalogue)
    written = {path for path in _files(prepared) if path.stat().st_ino != before[path]}
    assert written == {damaged}


@pytest.mark.parametrize("coding", OPENED)
def test_what_was_packed_is_what_is_sent(prepared: DiskCache, client: FlaskClient, coding: str) -> None:
    content = b"a text that is long enough to be compressed " * 50
    made = compression.packed(content, coding)
    assert OPENED[coding](made) == content
    compression._pack(content)
    prepared.write(compression._key(content, coding), b"what lies there")
    assert compression.packed(content, coding) == b"what lies there"
    assert compression.packed(content + b".", coding) != b"what lies there"


def test_what_is_made_at_the_build_is_smaller() -> None:
    content = read_asset("vendor/leaflet/leaflet.js")
    coding = compression.CODINGS["br"]
    assert (
        len(coding.small(content)) < 0.95 * len(coding.quick(content)) < len(compression.CODINGS["gzip"].small(content))
    )


def first_of(name: str) -> bytes:
    """How a file begins in a bundle: a stylesheet with its first rules, a module with the first name it declares."""
    content = read_asset(name)
    if name.endswith("leaflet.js"):
        return content[:60]
    if name.endswith(".js"):
        return re.findall(rb"^(?:export )?((?:const|function) .*)", content, re.MULTILINE)[0]  # type: ignore[no-any-return]
    rules = re.sub(rb"[ \t]*/\*.*?\*/\n?", b"", content, flags=re.DOTALL).lstrip()
    return rules[:200].split(b"url(")[0]


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_its_files_in_order(client: FlaskClient, name: str) -> None:
    answer = client.get(asset_path(name))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.mimetype == {"js": "text/javascript", "css": "text/css"}[name.rpartition(".")[2]]
    places = [answer.data.index(first_of(part)) for part in BUNDLES[name]]
    assert len(set(places)) == len(places)
    assert name.endswith(".js") or places == sorted(places)  # modules follow those that they import
    assert b"sourceMappingURL" not in answer.data
    assert name.endswith(".js") or b"/*" not in answer.data


def test_a_bundle_names_pictures_that_there_are(client: FlaskClient) -> None:
    found = re.findall(r"url\(([^)#]+)\)", client.get("/static/map.bundle.css").text)
    assert len(found) >= 3
    for address in found:
        assert str(client.get(f"/static/{address}").mimetype).startswith("image/")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("url(a.png)", "url(deep/er/a.png)"),
        ('url("a.png")', 'url("deep/er/a.png")'),
        ("url('a/b.png')", "url('deep/er/a/b.png')"),
        ("url(data:image/png;base64,AA)", "url(data:image/png;base64,AA)"),
        ('url("data:image/svg+xml,<a b=c>")', 'url("data:image/svg+xml,<a b=c>")'),
        ("url(/static/a.png)", "url(/static/a.png)"),
        ("url(#default#VML)", "url(#default#VML)"),
    ],
)
def test_addresses_beside_a_style_sheet_hold_in_a_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, read: str
) -> None:
    (tmp_path / "a.css").write_text(f"p {{ background: {written} }}")
    monkeypatch.setattr(static_files, "FOLDERS", {"deep/er/": tmp_path})
    monkeypatch.setattr(static_files, "BUNDLES", {"all.css": ("deep/er/a.css",)})
    assert read_asset("all.css").decode() == f"p {{ background: {read} }}\n"
