"""``/static/…``: style sheet, scripts and Leaflet."""

from flask import Blueprint, Response, request

from webapp.responses.prebuilt import FOR_GOOD, REVALIDATED, finish
from webapp.routes.responding import answer
from webapp.static_files import asset_version, assets_modified_s, media_type, read_asset

blueprint = Blueprint("assets", __name__)


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """A file by its name; cached for good if the URL has its version."""
    if request.args.get("v") == asset_version(name):
        key = ("static", name, asset_version(name))
        return answer(key, lambda: finish(read_asset(name), media_type(name)), FOR_GOOD, modified_s=assets_modified_s())
    file = finish(read_asset(name), media_type(name))
    return answer(("static", name, file.etag), lambda: file, REVALIDATED, settled=False)
