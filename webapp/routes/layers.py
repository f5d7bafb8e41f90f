"""``/layers/…`` and ``/context/…``: GeoJSON as it was built, for everybody."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from layers.catalogue.model import as_requested, find_edition, find_zone
from layers.errors import UnknownError
from webapp.requested import chosen_catalogue
from webapp.response_cache import Finished
from webapp.responses.prebuilt import BRIEFLY, FOR_GOOD, finish
from webapp.routes.responding import answer

GEOJSON = "application/geo+json"

blueprint = Blueprint("layers", __name__)


@blueprint.get("/layers/<proposal_id>/<requested>.geojson")
def layer(proposal_id: str, requested: str) -> Response:
    """All zones of a proposal on a day."""
    catalogue = chosen_catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    tag = catalogue.control_tag(edition)
    filename = f"{proposal.id}_{edition.as_of}{tag}.geojson"
    return answer_built(
        ("layer", proposal.id, asked),
        lambda: finish(as_requested(catalogue.read(edition.layer), edition, asked), GEOJSON, filename, tag),
    )


@blueprint.get("/layers/<proposal_id>/<requested>/<zone_id>.geojson")
def zone(proposal_id: str, requested: str, zone_id: str) -> Response:
    """One zone of a proposal on a day, a FeatureCollection of one."""
    catalogue = chosen_catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    file = find_zone(proposal, edition, zone_id).file
    tag = catalogue.control_tag(edition)
    filename = f"{proposal.id}_{zone_id}_{edition.as_of}{tag}.geojson"
    return answer_built(
        ("zone", proposal.id, zone_id, asked),
        lambda: finish(as_requested(catalogue.read(file), edition, asked), GEOJSON, filename, tag),
    )


@blueprint.get("/context/<name>.geojson")
def context(name: str) -> Response:
    """A context layer: oblasts, neighbours, sea, Dnipro, towns."""
    catalogue = chosen_catalogue()
    if name not in catalogue.context:
        raise UnknownError("context layer", name, tuple(catalogue.context))
    file = catalogue.context[name]
    return answer_built(("context", name), lambda: finish(catalogue.read(file), GEOJSON, f"{name}.geojson"))


def answer_built(key: tuple[str, ...], make: Callable[[], Finished], version: str | None = None) -> Response:
    """Answer with built data: kept for good where the address names its version, and open to every site.

    The version is that of the data, or what is given for files that change with the code, too.
    """
    versioned = request.args.get("v") == (version or chosen_catalogue().data_version)
    return answer(key, make, FOR_GOOD if versioned else BRIEFLY)
