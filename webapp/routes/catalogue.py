"""``/catalog.json`` and ``/catalog.jsonld``: everything that there is."""

import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response

from layers.catalogue.model import Catalogue, Proposal
from layers.embedded import control_query
from layers.files import json_bytes
from layers.products.media_types import JSON
from layers.products.registry import IMAGES, listed
from webapp.current_request import chosen_catalogue, current_site
from webapp.responses.prebuilt import finish
from webapp.routes.responding import answer_built
from webapp.sharing import dcat
from webapp.site import Site

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalog.json")
def catalog() -> Response:
    """Proposals, dates, zones, kinds, URLs, sha256 and data version, as built, and the other control maps.

    Editions that were not built have their URLs alone, in ``on_demand``.
    """
    catalogue = chosen_catalogue()
    return answer_built(("catalog",), lambda: finish(_document(catalogue), JSON, "catalog.json"))


@blueprint.get(dcat.PATH)
def linked_catalog() -> Response:
    """The same for data portals, as DCAT-AP and schema.org describe a catalogue: each proposal on its own date."""
    site = current_site()
    return answer_built(("catalog", "dcat"), lambda: finish(json_bytes(dcat.describe_catalogue(site)), dcat.MEDIA_TYPE))


def _document(catalogue: Catalogue) -> bytes:
    """The catalogue as it was built; with the list of control maps where there is more than one to choose.

    Addresses stand below the service's prefix. Those of the embedded data name it where the service shows another
    control map first.
    """
    site = current_site()
    several = len(site.catalogues) > 1
    derived = any(one.dates != tuple(one.editions) for one in catalogue.proposals.values())
    if not several and not site.prefix and not derived:
        return catalogue.document
    query = f"?control={catalogue.control.id}" if catalogue is not site.catalogue else ""
    document = _located(site, _every_date(catalogue, json.loads(catalogue.document)), query)
    controls = [
        {**asdict(one.control), "url": site.address(f"/catalog.json?control={name}")}
        for name, one in site.catalogues.items()
    ]
    return json_bytes(document | ({"controls": controls} if several else {}))


def _every_date(catalogue: Catalogue, document: dict[str, Any]) -> dict[str, Any]:
    """A document with the dates that the service offers, of those that are derived when they are asked for URLs."""
    for entry in document["proposals"]:
        proposal = catalogue.proposals[entry["id"]]
        dates = current_site().dates(proposal)
        entry["editions"] = [edition for edition in entry["editions"] if edition["as_of"] in dates]
        derived = [date for date in dates if date not in proposal.editions]
        if derived:
            entry["on_demand"] = [_addresses(catalogue, proposal, date) for date in derived]
    return document


def _addresses(catalogue: Catalogue, proposal: Proposal, date: str) -> dict[str, Any]:
    """Where the files of an edition are: its products, and its images in their two forms."""
    query = control_query(catalogue.control.id)
    products = {
        name: {"url": product.url.format(proposal=proposal.id, date=date) + query} for name, product in listed().items()
    }
    images = [f"/images/{proposal.id}/{date}.{form}{query}" for form in IMAGES]
    return {"as_of": date, **products, "images": images}


def _located(site: Site, value: Any, query: str) -> Any:
    """A part of a catalogue in which every address is as the service has it; ``query`` names the control map."""
    if isinstance(value, dict):
        return {key: _located(site, part, query) for key, part in value.items()}
    if isinstance(value, list):
        return [_located(site, part, query) for part in value]
    if isinstance(value, str) and value.startswith("/"):
        return site.address(value) + ("" if "?" in value else query)
    return value
