"""``/catalog.json``: everything that there is."""

import json
from dataclasses import asdict

from flask import Blueprint, Response

from layers.catalogue import Catalogue
from layers.tables import json_bytes
from webapp.finished import finish
from webapp.routes.layers import answer_built
from webapp.site import chosen_catalogue, current_site

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalog.json")
def catalog() -> Response:
    """Proposals, dates, zones, kinds, addresses, sha256 and data version, as built; and the other control maps."""
    catalogue = chosen_catalogue()
    return answer_built(("catalog",), lambda: finish(_document(catalogue), "application/json", "catalog.json"))


def _document(catalogue: Catalogue) -> bytes:
    """The catalogue as it was built; with the list of control maps where there is more than one to choose."""
    catalogues = current_site().catalogues
    if len(catalogues) == 1:
        return catalogue.document
    controls = [{**asdict(one.control), "url": f"/catalog.json?control={name}"} for name, one in catalogues.items()]
    return json_bytes(json.loads(catalogue.document) | {"controls": controls})
