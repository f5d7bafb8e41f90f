"""``/scripts/…``: what starts the map of a proposal, a file of its own so that no script stands in a page."""

from flask import Blueprint, Response, request

from webapp.current_request import chosen_catalogue, current_site
from webapp.map import map_fragment
from webapp.responses.prebuilt import BRIEFLY, FOR_GOOD, finish
from webapp.routes.responding import answer

SCRIPT = "text/javascript; charset=utf-8"

blueprint = Blueprint("scripts", __name__)


@blueprint.get("/scripts/<lang>/<proposal_id>.js")
def start(lang: str, proposal_id: str) -> Response:
    """Respond with the script of a proposal's map, the same for every date; a versioned URL is cached for good."""
    site = current_site()
    language, catalogue = site.languages[lang], chosen_catalogue()
    fragment = map_fragment(catalogue, catalogue.proposal(proposal_id), language, site.tiles)
    versioned = request.args.get("v") == fragment.script_version
    return answer(
        ("script", lang, proposal_id, fragment.script_version),
        lambda: finish(fragment.start.encode(), SCRIPT),
        FOR_GOOD if versioned else BRIEFLY,
    )
