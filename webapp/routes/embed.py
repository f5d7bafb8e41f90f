"""``/embed/…``: the map alone, the one kind of page that other sites may frame."""

from functools import partial

from flask import Blueprint, Response

from webapp.pages.map import early_links, embed_page
from webapp.routes.pages import proposal_page
from webapp.site import current_site

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/<lang>/<proposal_id>")
def embed(lang: str, proposal_id: str) -> Response:
    """The map of a proposal on a day, for frames."""
    tiles = current_site().tiles
    return proposal_page(
        "embed", lang, proposal_id, partial(embed_page, tiles), lambda reading: early_links(tiles, reading, "embed.css")
    )
