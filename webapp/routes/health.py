"""``/healthz``: whether the service responds, and with which data; ``/readyz``: whether it can answer everything."""

from flask import Blueprint, Response, jsonify

from webapp.current_request import current_site
from webapp.errors import NotReadyError

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 with the data version."""
    return _well("ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """The same where everything can be answered, else 503 that names what is wrong."""
    site = current_site()
    problems = site.readiness.problems(site.catalogues.values())
    if problems:
        raise NotReadyError("; ".join(problems))
    return _well("ready")


def _well(status: str) -> Response:
    response = jsonify(status=status, data_version=current_site().catalogue.data_version)
    response.headers["Cache-Control"] = "no-store"
    return response
