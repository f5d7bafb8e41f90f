"""``/healthz``: whether the service responds, and with which data."""

from flask import Blueprint, Response, jsonify

from webapp.current_request import current_site

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 with the data version."""
    response = jsonify(status="ok", data_version=current_site().catalogue.data_version)
    response.headers["Cache-Control"] = "no-store"
    return response
