"""``/towns/…``: the towns in the zones of a proposal on a day, as JSON."""

from flask import Blueprint, Response

from layers.catalogue.model import as_requested, find_edition
from webapp.requested import chosen_catalogue
from webapp.responses.prebuilt import finish
from webapp.routes.areas import JSON
from webapp.routes.layers import answer_built

blueprint = Blueprint("towns", __name__)


@blueprint.get("/towns/<proposal_id>/<requested>.json")
def towns(proposal_id: str, requested: str) -> Response:
    """The towns of each zone that divides the territory, largest first."""
    catalogue = chosen_catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    tag = catalogue.control_tag(edition)
    filename = f"{proposal.id}_towns_{edition.as_of}{tag}.json"
    return answer_built(
        ("towns", proposal.id, asked),
        lambda: finish(as_requested(catalogue.read(edition.towns), edition, asked), JSON, filename, tag),
    )
