"""The application as a worker serves it: observed as the settings say."""

from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from webapp.jobs.jobs import MADE, QUEUE
from webapp.observing.counts import RequestCounts, Series, series
from webapp.observing.metrics import NEWEST
from webapp.observing.observed import Observed
from webapp.observing.request_log import open_log
from webapp.observing.route_names import RouteNames
from webapp.observing.snapshots import Snapshot, keep_writing
from webapp.settings import read_settings
from webapp.site import EXTENSION, Site

if TYPE_CHECKING:
    from flask import Flask


def observed(app: "Flask", folder: Path | None) -> Observed:
    """Return the application of this worker with ids, and as far as they are wanted with a log and counts.

    Parameters
    ----------
    app
        The application.
    folder
        Folder for the counts of all workers; None where nothing is counted.
    """
    settings, site = read_settings(), app.extensions[EXTENSION]
    routes = RouteNames((rule.rule for rule in app.url_map.iter_rules()), site.languages.tags, site.prefix)
    proxies = settings.proxies if settings.access_log_addresses else None
    log = open_log(settings.access_log, proxies) if settings.access_log else None
    counts = RequestCounts() if folder else None
    if folder and counts:
        keep_writing(folder, partial(_snapshot, site, counts))
    return Observed(app, routes, log, counts)


def _snapshot(site: Site, counts: RequestCounts) -> Snapshot:
    made = {series("clausemap_made_total", kind=kind): number for kind, number in dict(MADE).items()}
    gauges: Series = {
        "clausemap_waiting": QUEUE.waiting,
        "clausemap_making": QUEUE.begun,
        "clausemap_memory_cache_bytes": site.finished.held_bytes,
    }
    latest: Series = {}
    for name, catalogue in site.catalogues.items():
        gauges[series("clausemap_workers", control=name, data_version=catalogue.data_version)] = 1
        latest[series(NEWEST, control=name)] = _start_of(catalogue.control_dates[-1])
    return Snapshot(counts.series | made, gauges, latest)


def _start_of(day: str) -> float:
    """The seconds from 1970 to the beginning of a day in UTC."""
    return datetime.combine(date.fromisoformat(day), time(), UTC).timestamp()
