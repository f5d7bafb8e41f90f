"""``/embed/…``: the map alone, the one kind of page that other sites may frame."""

from flask import Blueprint, Response

from webapp.pages.map import early_links, embed_page
from webapp.routes.pages import proposal_page

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/<lang>/<proposal_id>")
def embed(lang: str, proposal_id: str) -> Response:
    """The map of a proposal on a day, for frames."""
    return proposal_page("embed", lang, proposal_id, embed_page, lambda view: early_links(view, "embed.css"))
