"""``/static/…``: style sheet, scripts and Leaflet."""

from flask import Blueprint, Response, request

from webapp.assets import asset_version, media_type, read_asset
from webapp.finished import FOR_GOOD, REVALIDATED, answer, finish
from webapp.site import current_site

blueprint = Blueprint("assets", __name__)


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """A file by its name; kept for good where the address names its version."""
    body = read_asset(name)
    versioned = request.args.get("v") == asset_version(name)
    key = ("static", name, len(body))
    return answer(
        current_site().finished, key, lambda: finish(body, media_type(name)), FOR_GOOD if versioned else REVALIDATED
    )
