"""The map page in Chromium until its zones are drawn: ours against stock Folium and Leaflet on a canvas.

The rivals are a map alone with the same zones on the same ground in the same run (bench/page_rivals.py). Ours is the
whole page with all its words, and the embed, each with hatches and names besides. Each load is cold, in a browser
context of its own, the contenders in turn; the clock is the page's own, from the start of the navigation until the
zones are in the page. Ours come before their ground, those of the rivals after it, so a second column tells when the
ground is there, too. Once on loopback as it is, once with 9 Mbit/s and 60 ms. Promised of ours: drawn within 400 ms and
1 s, and no slower than either rival; at most 250 KB over the wire when cold and 10 KB when warm, which is a second load
in the same context.
"""

import contextlib
import functools
import os
import sys
import tempfile
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.page_rivals import write_rivals
from layers.catalogue.model import COMMITTED, find_edition, load_catalogue
from webapp.setup.browser import find_browser

PROPOSAL = "us-28-points"
ROUNDS = 12
SIZE = {"width": 1280, "height": 900}
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
LINES = {"loopback": None, "9 Mbit/s, 60 ms": {"latency": 60, "bytes": 9_000_000 / 8}}
MOST_MS = {"loopback": 400, "9 Mbit/s, 60 ms": 1000}
MOST_KB = {"cold": 250, "warm": 10}
OURS = ("ours, the whole page", "ours, the embed")
# Both light, so that the clock does not slow down what it measures.
WATCH = """new MutationObserver(() => {
  window.zonesAt ||= performance.now();
  if (document.querySelector("[data-shaped], [data-drawn]")) window.shapesAt ||= performance.now();
}).observe(document, {subtree: true, attributeFilter: ["data-zoned", "data-shaped", "data-drawn"]});"""
ASK_AGAIN_MS, LONGEST_MS = 50, 30_000


@dataclass(frozen=True)
class Load:
    """One load: milliseconds until the zones were drawn, until the ground was too, bytes over the wire with headers."""

    zones_ms: float
    shapes_ms: float
    wire_bytes: float


class Finished(SimpleHTTPRequestHandler):
    """Files that are gzipped already, as they lie."""

    def end_headers(self) -> None:
        """Say that they are, and that browsers may keep them."""
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "public, max-age=3600")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the table is what is printed."""


@contextlib.contextmanager
def serve_files(folder: Path) -> Iterator[str]:
    """Serve a folder from a thread; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Finished, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@contextlib.contextmanager
def serve_ours() -> Iterator[str]:
    """Run ``clausemap serve`` as users do; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Finished) as probe:
        port = probe.server_port
    command = str(Path(sys.executable).with_name("clausemap"))
    server = Popen([command, "serve"], env={**os.environ, "PORT": str(port)}, stdout=DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def load(context: BrowserContext, address: str, line: dict[str, float] | None) -> Load:
    """Load a page in a context until its zones are drawn."""
    page = context.new_page()
    page.add_init_script(WATCH)
    network = context.new_cdp_session(page)
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.send("Network.enable")
    if line:
        speed = {"downloadThroughput": line["bytes"], "uploadThroughput": line["bytes"]}
        network.send("Network.emulateNetworkConditions", {"offline": False, "latency": line["latency"], **speed})
    page.goto(address)
    zones, shapes = wait_until_drawn(page)
    page.wait_for_load_state("networkidle")
    page.close()
    return Load(zones, shapes, sum(sizes))


def wait_until_drawn(page: Page) -> tuple[float, float]:
    """Ask now and then for the two moments that the page noted, in its milliseconds. Raises TimeoutError."""
    for _ in range(LONGEST_MS // ASK_AGAIN_MS):
        page.wait_for_timeout(ASK_AGAIN_MS)
        noted: list[float] | None = page.evaluate("window.shapesAt ? [zonesAt, shapesAt] : null")
        if noted:
            return noted[0], noted[1]
    raise TimeoutError(f"{page.url}: nothing drawn within {LONGEST_MS} ms")


def cold_and_warm(browser: Browser, address: str, line: dict[str, float] | None) -> tuple[Load, Load]:
    """Two loads in a new context."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    loads = load(context, address, line), load(context, address, line)
    context.close()
    return loads


def measure(browser: Browser, addresses: dict[str, str]) -> dict[str, dict[str, float]]:
    """The medians of every contender: milliseconds by line, kilobytes when cold and when warm."""
    found: dict[str, dict[str, list[float]]] = {name: {} for name in addresses}
    for address in addresses.values():
        cold_and_warm(browser, address, None)  # the servers have everything at hand before the clock starts
    for number in range(ROUNDS):
        turn = deque(addresses)
        turn.rotate(number)  # what comes first has more of the former round to wait for
        for line, conditions in LINES.items():
            for name in turn:
                cold, warm = cold_and_warm(browser, addresses[name], conditions)
                for key, value in (
                    (line, cold.zones_ms),
                    (with_ground(line), cold.shapes_ms),
                    ("cold", cold.wire_bytes / 1000),
                    ("warm", warm.wire_bytes / 1000),
                ):
                    found[name].setdefault(key, []).append(value)
    return {name: {key: median(values) for key, values in one.items()} for name, one in found.items()}


def with_ground(line: str) -> str:
    """The column of a line's times until the ground is drawn, too."""
    return f"{line}, ground"


def tell(results: dict[str, dict[str, float]]) -> bool:
    """Print the table and each promise; whether all are kept."""
    columns = (*(column for line in LINES for column in (line, with_ground(line))), *MOST_KB)
    print(f"{'':32}" + "".join(f"{column:>26}" for column in columns))
    for name, figures in results.items():
        units = (f"{figures[column]:.0f} {'kB' if column in MOST_KB else 'ms'}" for column in columns)
        print(f"{name:32}" + "".join(f"{words:>26}" for words in units))
    kept = []
    for ours in OURS:
        for column, most in (MOST_MS | MOST_KB).items():
            kept.append(results[ours][column] <= most)
            print(f"{ours}, {column}: {results[ours][column]:.0f}, promised at most {most}")
        for line in LINES:
            fastest = min(figures[line] for name, figures in results.items() if name not in OURS)
            kept.append(results[ours][line] <= fastest)
            print(f"{ours} / fastest rival, {line}: {results[ours][line] / fastest:.2f}, promised at most 1")
    return all(kept)


def main() -> int:
    """All contenders in turn; 1 where a promise is not kept."""
    found = find_browser()
    if found is None:
        print("page: no Chromium, left out; `make browser` installs one")
        return 0
    catalogue = load_catalogue(COMMITTED)
    _, edition = find_edition(catalogue.proposal(PROPOSAL), None)
    with tempfile.TemporaryDirectory() as folder, serve_ours() as ours, sync_playwright() as playwright:
        pages = write_rivals(catalogue, edition, Path(folder))
        with serve_files(Path(folder)) as files:
            browser = playwright.chromium.launch(executable_path=found, args=list(OPTIONS))
            addresses = dict(zip(OURS, (f"{ours}/en/map/{PROPOSAL}", f"{ours}/embed/en/{PROPOSAL}"), strict=True))
            kept = tell(measure(browser, addresses | {name: files + path for name, path in pages.items()}))
            browser.close()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
