"""``/display/…``: base map, towns and zones as the map page draws them, made during the build."""

from pathlib import PurePosixPath

from flask import Blueprint, Response

from layers.catalogue.model import find_edition
from layers.errors import UnknownError
from webapp.pages.map_layers import file_version
from webapp.requested import chosen_catalogue
from webapp.responses.prebuilt import finish
from webapp.routes.areas import JSON
from webapp.routes.layers import GEOJSON, answer_built

MEDIA_TYPES = {"geojson": GEOJSON, "json": JSON}

blueprint = Blueprint("display", __name__)


@blueprint.get("/display/<name>.<any(geojson, json):ending>")
def around(name: str, ending: str) -> Response:
    """What is shared by all dates: the base map, and the towns in a language."""
    catalogue = chosen_catalogue()
    files = {PurePosixPath(file.path).name: file for file in catalogue.display.values()}
    filename = f"{name}.{ending}"
    if filename not in files:
        raise UnknownError("display layer", filename, tuple(files))
    file = files[filename]
    return answer_built(
        ("display", filename), lambda: finish(catalogue.read(file), MEDIA_TYPES[ending], filename), file_version(file)
    )


@blueprint.get("/display/<proposal_id>/<requested>.geojson")
def zones(proposal_id: str, requested: str) -> Response:
    """All zones of a proposal on a day as they are drawn; areas are measured on those of ``/layers``."""
    catalogue = chosen_catalogue()
    proposal = catalogue.proposal(proposal_id)
    edition = find_edition(proposal, requested)[1]
    tag = catalogue.control_tag(edition)
    filename = f"{proposal.id}_display_{edition.as_of}{tag}.geojson"
    return answer_built(
        ("display", proposal.id, edition.as_of),
        lambda: finish(catalogue.read(edition.display), GEOJSON, filename, tag),
        file_version(edition.display),
    )
