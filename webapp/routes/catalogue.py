"""``/catalog.json``: everything that there is."""

from flask import Blueprint, Response

from webapp.finished import finish
from webapp.routes.layers import answer_built
from webapp.site import current_site

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalog.json")
def catalog() -> Response:
    """Proposals, dates, zones, kinds, addresses, sha256 and data version, as built."""
    document = current_site().catalogue.document
    return answer_built(("catalog",), lambda: finish(document, "application/json", "catalog.json"))
