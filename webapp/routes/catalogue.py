"""``/catalog.json`` and ``/catalog.jsonld``: everything that there is; of a large archive in parts, one a year."""

import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request

from layers.catalogue.model import Catalogue, Proposal, write_edition
from layers.catalogue.years import URL, YEAR
from layers.corrections.loading import latest_replacement
from layers.embedded import control_query
from layers.errors import UnknownError
from layers.files import json_bytes
from layers.products.media_types import JSON
from layers.products.registry import IMAGES, listed
from webapp.current_request import current_site, versioned_catalogue
from webapp.query import LONGEST_NAME
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import finish
from webapp.routes.responding import answer_built
from webapp.sharing import dcat
from webapp.site import Site

IMAGES_BELOW = "/images/"

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalog.json")
def catalog() -> Response:
    """Proposals, dates, zones, kinds, URLs, sha256 and data version, as built, and the other control maps.

    Editions that were not built have their URLs alone, in ``on_demand``. A large archive has neither here, but the URLs
    of its ``years``.
    """
    catalogue = versioned_catalogue()
    version = catalogue.data_version
    if request.args.get("v"):
        return answer_built(
            ("catalog", version), lambda: finish(_lasting_document(catalogue), JSON, "catalog.json"), version
        )
    versions = current_site().versions(catalogue)
    key = ("catalog", version, versions)
    return answer_built(key, lambda: finish(_document(catalogue, versions), JSON, "catalog.json"), version)


@blueprint.get("/catalog/<proposal_id>/<year>.json")
def year_of_catalog(proposal_id: str, year: str) -> Response:
    """The editions of a proposal in a year, as ``/catalog.json`` has them."""
    catalogue = versioned_catalogue()
    proposal = catalogue.proposal(proposal_id)
    if year not in _years(proposal):
        raise UnknownError(f"year of {proposal.id}:", year[:LONGEST_NAME], _years(proposal))
    version, lasting = catalogue.data_version, bool(request.args.get("v"))

    def make() -> Finished:
        return finish(_year_document(catalogue, proposal, year, lasting=lasting), JSON, f"{proposal.id}_{year}.json")

    return answer_built(("catalog", version, proposal.id, year, lasting), make, version)


@blueprint.get(dcat.PATH)
def linked_catalog() -> Response:
    """The same for data portals, as DCAT-AP and schema.org describe a catalogue: each proposal on its own date."""
    site = current_site()
    return answer_built(("catalog", "dcat"), lambda: finish(json_bytes(dcat.describe_catalogue(site)), dcat.MEDIA_TYPE))


def _document(catalogue: Catalogue, versions: tuple[str, ...]) -> bytes:
    """The catalogue as it was built, and what the service has beside it: control maps, dates, versions, corrections.

    Addresses stand below the service's prefix. Those of the embedded data name it where the service shows another
    control map first.
    """
    site = current_site()
    document = json.loads(catalogue.index if catalogue.is_large else catalogue.document)
    for entry in document["proposals"]:
        _complete(catalogue, entry)
    controls = [
        {**asdict(one.control), "url": site.address(f"/catalog.json?control={name}")}
        for name, one in site.catalogues.items()
    ]
    beside: dict[str, Any] = {"versions": versions} if len(versions) > 1 and not site.published else {}
    beside |= {"controls": controls} if len(site.catalogues) > 1 else {}
    return json_bytes({**_located(site, document, _control_query(catalogue)), **beside})


def _lasting_document(catalogue: Catalogue) -> bytes:
    """The catalogue of a version as it was built: it never changes. All but images are named in that version."""
    document = json.loads(catalogue.index if catalogue.is_large else catalogue.document)
    if catalogue.is_large:
        for entry in document["proposals"]:
            _complete(catalogue, entry)
    return json_bytes(_located(current_site(), document, _control_query(catalogue), catalogue.data_version))


def _year_document(catalogue: Catalogue, proposal: Proposal, year: str, *, lasting: bool) -> bytes:
    """The editions of a year; where that is to last, as built, with addresses that name the version."""
    dates = [date for date in proposal.editions if date.startswith(year)]
    entry = {"id": proposal.id, "editions": [json.loads(write_edition(proposal.editions[date])) for date in dates]}
    if not lasting:
        entry = _corrected(_every_date(catalogue, proposal, entry, year))
    version = catalogue.data_version
    document = {"data_version": version, "proposal": entry.pop("id"), "year": year, **entry}
    return json_bytes(_located(current_site(), document, _control_query(catalogue), version if lasting else ""))


def _complete(catalogue: Catalogue, entry: dict[str, Any]) -> None:
    """Give the entry of a proposal what the service offers beside what was built, or the URLs of its years."""
    proposal = catalogue.proposals[entry["id"]]
    if catalogue.is_large:
        entry.pop("editions", None)
        stored = {year["year"]: year for year in entry.get("years", ())}
        entry["years"] = [
            stored.get(year, {"year": year, "url": URL.format(proposal=proposal.id, year=year)})
            for year in _years(proposal)
        ]
    else:
        _corrected(_every_date(catalogue, proposal, entry))


def _years(proposal: Proposal) -> tuple[str, ...]:
    """The years in which the service offers editions of a proposal."""
    return tuple(dict.fromkeys(date[:YEAR] for date in current_site().dates(proposal)))


def _control_query(catalogue: Catalogue) -> str:
    """A query that names the control map; empty for the one that the service shows first."""
    control = catalogue.control.id
    return f"?control={control}" if control != current_site().catalogue.control.id else ""


def _every_date(catalogue: Catalogue, proposal: Proposal, entry: dict[str, Any], year: str = "") -> dict[str, Any]:
    """An entry with the dates that the service offers, of those that are derived when they are asked for URLs."""
    dates = [date for date in current_site().dates(proposal) if date.startswith(year)]
    entry["editions"] = [edition for edition in entry["editions"] if edition["as_of"] in dates]
    derived = [date for date in dates if date not in proposal.editions]
    if derived:
        entry["on_demand"] = [_addresses(catalogue, proposal, date) for date in derived]
    return entry


def _corrected(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry whose editions say what they replace: the version, and the date and id of the latest correction."""
    latest = latest_replacement(current_site().corrections, entry["id"])
    if latest:
        replaced = {"data_version": latest.replaces, "date": latest.date.isoformat(), "correction": latest.id}
        for edition in (*entry["editions"], *entry.get("on_demand", ())):
            edition["replaces"] = replaced
    return entry


def _addresses(catalogue: Catalogue, proposal: Proposal, date: str) -> dict[str, Any]:
    """Where the files of an edition are: its products, and its images in their two forms."""
    query = control_query(catalogue.control.id)
    products = {
        name: {"url": product.url.format(proposal=proposal.id, date=date) + query} for name, product in listed().items()
    }
    images = [f"/images/{proposal.id}/{date}.{form}{query}" for form in IMAGES]
    return {"as_of": date, **products, "images": images}


def _located(site: Site, value: Any, query: str, version: str = "") -> Any:
    """A part of a catalogue in which every address is as the service has it; ``query`` names the control map."""
    if isinstance(value, dict):
        return {key: _located(site, part, query, version) for key, part in value.items()}
    if isinstance(value, list):
        return [_located(site, part, query, version) for part in value]
    if isinstance(value, str) and value.startswith("/"):
        address = site.address(value) + ("" if "?" in value else query)
        version = "" if value.startswith(IMAGES_BELOW) else version  # which have versions of their own
        return f"{address}{'&' if '?' in address else '?'}v={version}" if version else address
    return value
