"""Charts as jobs: what the file of a timeline is known by, and drawing it once for all who request it."""

import hashlib
import json
from functools import lru_cache, partial

from layers.catalogue.model import Catalogue
from webapp.charts.cache import CODE, FILES, PACKAGES
from webapp.charts.order import ChartOrder, draw_chart_order
from webapp.jobs.code_version import code_version, texts_version
from webapp.jobs.jobs import Job


def chart_job(catalogue: Catalogue, order: ChartOrder) -> Job:
    """Return the job of a timeline's file. It raises what ``draw_chart_order`` raises."""
    return Job(chart_key(catalogue, order), partial(draw_chart_order, order))


def chart_key(catalogue: Catalogue, order: ChartOrder) -> str:
    """Return a hash of the code, of everything that was built, and of what was ordered of a timeline."""
    parts = {
        "code": code_version(CODE, FILES, PACKAGES) + texts_version(order.languages),
        "data": _document_version(catalogue.document),
        "charts": [order.proposal, order.first, order.last, order.lang, order.form],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=8)
def _document_version(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()
