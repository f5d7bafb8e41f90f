"""``/catalog.json``: everything that there is."""

import json
from dataclasses import asdict
from typing import Any

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
    """The catalogue as it was built; with the list of control maps where there is more than one to choose.

    The addresses of the embedded data name it where the service shows another control map first.
    """
    site = current_site()
    if len(site.catalogues) == 1:
        return catalogue.document
    controls = [
        {**asdict(one.control), "url": f"/catalog.json?control={name}"} for name, one in site.catalogues.items()
    ]
    document = json.loads(catalogue.document)
    if catalogue is not site.catalogue:
        document = _named(document, catalogue.control.id)
    return json_bytes(document | {"controls": controls})


def _named(value: Any, control_id: str) -> Any:
    """A part of a catalogue in which every address of its own names the control map."""
    if isinstance(value, dict):
        return {key: _named(part, control_id) for key, part in value.items()}
    if isinstance(value, list):
        return [_named(part, control_id) for part in value]
    if isinstance(value, str) and value.startswith("/") and "?" not in value:
        return f"{value}?control={control_id}"
    return value
