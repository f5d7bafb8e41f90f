"""``/catalog.json``: everything that there is."""

import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response

from layers.catalogue.model import Catalogue
from layers.files import json_bytes
from layers.products.media_types import JSON
from webapp.requested import chosen_catalogue, current_site
from webapp.responses.prebuilt import finish
from webapp.routes.responding import answer_built
from webapp.site import Site

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalog.json")
def catalog() -> Response:
    """Proposals, dates, zones, kinds, URLs, sha256 and data version, as built, and the other control maps."""
    catalogue = chosen_catalogue()
    return answer_built(("catalog",), lambda: finish(_document(catalogue), JSON, "catalog.json"))


def _document(catalogue: Catalogue) -> bytes:
    """The catalogue as it was built; with the list of control maps where there is more than one to choose.

    Addresses stand below the service's prefix. Those of the embedded data name it where the service shows another
    control map first.
    """
    site = current_site()
    several = len(site.catalogues) > 1
    if not several and not site.prefix:
        return catalogue.document
    query = f"?control={catalogue.control.id}" if catalogue is not site.catalogue else ""
    document = _located(site, json.loads(catalogue.document), query)
    controls = [
        {**asdict(one.control), "url": site.address(f"/catalog.json?control={name}")}
        for name, one in site.catalogues.items()
    ]
    return json_bytes(document | ({"controls": controls} if several else {}))


def _located(site: Site, value: Any, query: str) -> Any:
    """A part of a catalogue in which every address is as the service has it; ``query`` names the control map."""
    if isinstance(value, dict):
        return {key: _located(site, part, query) for key, part in value.items()}
    if isinstance(value, list):
        return [_located(site, part, query) for part in value]
    if isinstance(value, str) and value.startswith("/"):
        return site.address(value) + ("" if "?" in value else query)
    return value
