"""What clients write never fills the memory: the cache of responses holds checked values alone, within its room."""

import os
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from layers.catalogue.model import Catalogue
from tests.conftest import served
from webapp.app import create_app
from webapp.responses.cache import ENTRY_BYTES, FinishedCache
from webapp.responses.prebuilt import finish
from webapp.site import EXTENSION, Site

US, DAY = "us-28-points", "2025-11-20"
BASE = "https://maps.example.org/peace"
GROWN_KB = 24_000
ASKED = 1600


def cache_of(app: Flask) -> FinishedCache:
    site: Site = app.extensions[EXTENSION]
    return site.finished


@pytest.fixture(params=["", BASE])
def asked(request: pytest.FixtureRequest, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application of its own, with and without a known URL."""
    monkeypatch.setenv("CLAUSEMAP_BASE_URL", request.param)
    return create_app(catalogue)


def odd_requests(number: int) -> list[str]:
    """Addresses that are served or refused, each with values that no other has."""
    long, url = f"{number}{'x' * 500}", f"{BASE}/en/map/{US}?zone={number}{'y' * 200}"
    return [
        f"/robots.txt?control={long}",
        f"/sitemap.xml?control={long}&a={number}",
        f"/static/page.css?v={long}&control={long}",
        f"/static/{long}",
        f"/oembed?url={url.replace('?', '%3F')}&control={long}",
        f"/catalog.json?v={long}",
        f"/ogc/collections?v={long}",
        f"/ogc/collections/{US}_buffer/items?limit={long}",
        f"/ogc/collections/{US}_buffer/items/{long}",
        f"/layers/{US}/{DAY}.geojson?v={long}&x={number}",
        f"/layers/{US}/{DAY}.geojson?control={long}",
        f"/areas/{US}/latest.csv?as_of={long}",
        f"/scripts/en/{US}.js?v={long}",
        f"/display/ground.geojson?v={number}",
        f"/en/?control={long}",
        f"/en/?as_of={long}",
        f"/en/map/{US}?as_of={long}",
        f"/en/map/{US}?zone={long}&view={long}",
        f"/en/images/{US}?title={long}",
        f"/en/images/{US}?extent={long}",
        f"/timelines/{US}.csv?from={long}",
        f"/timelines/{US}.json?v={long}",
        f"/images/{US}/{DAY}.txt?tittle={long}",
        f"/images/{US}/{DAY}.txt?extent=30.{'0' * 200}{number},46,38,50",
        f"/images/{US}/{DAY}.txt?zones={long}",
        f"/images/{US}/{long}.txt",
        f"/{long}/map/{US}",
    ]


def test_the_cache_does_not_grow_with_what_clients_write(asked: Flask) -> None:
    client, cache = asked.test_client(), cache_of(asked)
    for path in odd_requests(0):
        client.get(path)
    held, bytes_held = len(cache), cache.held_bytes
    for number in range(1, 4):
        for path in odd_requests(number):
            assert client.get(path).status_code < 500 or "sitemap" in path or "oembed" in path, path
            assert (len(cache), cache.held_bytes) == (held, bytes_held), path
    assert bytes_held >= held * ENTRY_BYTES


def test_what_is_right_but_endless_counts_with_its_key(asked: Flask) -> None:
    client, cache = asked.test_client(), cache_of(asked)
    for number in range(5):
        held, bytes_held = len(cache), cache.held_bytes
        assert client.get(f"/images/{US}/{DAY}.txt?extent=30.{number}1,46,38,50").status_code == 200
        assert len(cache) == held + 1
        assert cache.held_bytes >= bytes_held + ENTRY_BYTES


def test_entries_of_nothing_fill_the_room_too() -> None:
    cache = FinishedCache(room_bytes=10 * ENTRY_BYTES)
    for number in range(1000):
        cache.get(("x" * 10_000, number), lambda: finish(b"", "text/plain"))
    assert len(cache) == 10
    assert cache.held_bytes <= 10 * ENTRY_BYTES


def memory_kb(port: str) -> int:
    """The resident memory of all processes that were started to serve on a port."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"PORT={port}".encode() in (process / "environ").read_bytes().split(b"\0"):
                lines = (process / "status").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
        except OSError:
            continue
    return total


def ask_all(server: str, paths: list[str]) -> None:
    def ask(path: str) -> None:
        try:
            with urllib.request.urlopen(server + path, timeout=60) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            error.read()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, paths))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_client_cannot_fill_the_memory(tmp_path: Path) -> None:
    long, digits = "x" * 60_000, "0" * 7000
    with served(tmp_path / "said.txt") as server:
        port = str(urlsplit(server).port)
        assert f"PORT={port}" not in {f"{name}={value}" for name, value in os.environ.items()}
        ask_all(server, [path for number in range(20) for path in odd_requests(number)])
        before = memory_kb(port)
        assert before > 20_000
        for number in range(0, ASKED, 8):
            ask_all(
                server,
                [
                    f"/robots.txt?control={number}{long}",
                    f"/static/page.css?control={number}{long}",
                    f"/sitemap.xml?control={number}{long}",
                    f"/robots.txt?control={number}{digits}",
                    f"/static/page.css?control={number}{digits}",
                    f"/oembed?url={server}/en/map/{US}&control={number}{digits}",
                    f"/images/{US}/{DAY}.txt?extent=30.{number}{digits},46,38,50",
                    f"/images/{US}/{DAY}.txt?extent=30.{number:04},46,38,50",
                ],
            )
        grown = memory_kb(port) - before
    assert grown < GROWN_KB
