"""Metrics in the text format of Prometheus, on an address of their own: readers of the service never reach it."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from webapp.disk_cache import operator_cache
from webapp.observing.counts import Series
from webapp.observing.snapshots import Snapshots

PATH = "/metrics"
TYPE = "text/plain; version=0.0.4; charset=utf-8"
NEWEST, AGE = "clausemap_newest_control_map", "clausemap_newest_control_map_age_seconds"

# name: type, and what it counts
METRICS = {
    "clausemap_requests_total": ("counter", "requests, by route and status"),
    "clausemap_request_seconds": ("histogram", "seconds until a response was ready, by route"),
    "clausemap_made_total": ("counter", "what was drawn or derived and not found in a cache, by kind"),
    "clausemap_waiting": ("gauge", "requests that wait for what is drawn or derived, those being made with them"),
    "clausemap_making": ("gauge", "results that are being drawn or derived"),
    "clausemap_memory_cache_bytes": ("gauge", "responses held in memory, of all workers"),
    "clausemap_disk_cache_bytes": ("gauge", "results in the cache folder"),
    "clausemap_workers": ("gauge", "workers that serve a data version of a control map"),
    AGE: ("gauge", "age of the newest date of a control map"),
}


class Exporter:
    """Answers ``GET /metrics`` in a thread of the server's first process, until that ends."""

    def __init__(self, address: tuple[str, int], folder: Path) -> None:
        self.address = address
        self._snapshots = Snapshots(folder)
        self._cache = operator_cache()
        self._server = ThreadingHTTPServer(address, partial(_Handler, self.page))
        os.register_at_fork(after_in_child=self._server.socket.close)
        Thread(target=self._server.serve_forever, daemon=True).start()

    def page(self) -> bytes:
        """The document: all workers together, and what only this process knows."""
        found, now_s = self._snapshots.added(), time.time()
        ages = {name.replace(NEWEST, AGE): now_s - value for name, value in found.latest.items()}
        own: Series = {"clausemap_disk_cache_bytes": self._cache.held_bytes}
        return document(found.counters | found.gauges | ages | own).encode()


def document(numbers: Series) -> str:
    """Return numbers as text, each metric with its type and what it counts."""
    by_metric: dict[str, list[str]] = defaultdict(list)
    for name, value in numbers.items():
        by_metric[_metric(name)].append(f"{name} {value:.15g}")
    rows: Iterable[list[str]] = (
        [f"# HELP {metric} {METRICS[metric][1]}", f"# TYPE {metric} {METRICS[metric][0]}", *by_metric[metric]]
        for metric in METRICS
        if metric in by_metric
    )
    return "".join(f"{row}\n" for group in rows for row in group)


def _metric(name: str) -> str:
    bare = name.partition("{")[0]
    return bare if bare in METRICS else bare.rpartition("_")[0]  # _bucket, _count and _sum of a histogram


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def __init__(self, page: Callable[[], bytes], *given: Any) -> None:
        self.page = page
        super().__init__(*given)

    def do_GET(self) -> None:
        body = self.page() if self.path == PATH else b"metrics are at /metrics\n"
        self.send_response(200 if self.path == PATH else 404)
        self.send_header("Content-Type", TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: a scraper asks every few seconds."""
