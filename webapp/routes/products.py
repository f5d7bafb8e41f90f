"""The files of an edition, a URL for each row of ``layers.products``, and the layers that all editions share."""

from functools import partial

from flask import Flask, Response, request

from layers.catalogue.entries import BuiltFile
from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition, find_zone
from layers.errors import BuildError, UnknownError
from layers.products.product import Product
from layers.products.registry import PRODUCTS
from layers.products.shared import CONTEXT, DISPLAY, shared_products
from layers.products.stored import StoredEdition
from layers.products.wanted import DEGREES, PLAIN, WantedLayer
from webapp.current_request import chosen_catalogue, versioned_catalogue
from webapp.errors import OptionError
from webapp.jobs.products import requested_product
from webapp.pages.map_layers import file_version, product_version
from webapp.query import LONGEST_NAME, check_names
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import finish
from webapp.routes.responding import answer_built

VARIABLES = {"proposal": "<proposal_id>", "date": "<requested>", "zone": "<zone_id>"}


def register(app: Flask) -> None:
    """Give the application a URL for each product."""
    for product in PRODUCTS.values():
        app.add_url_rule(product.url.format(**VARIABLES), f"products.{product.name}", partial(edition, product))
        if product.varies:
            areas = partial(edition, product, areas=True)
            app.add_url_rule(product.areas_url.format(**VARIABLES), f"products.{product.name}_areas", areas)
            app.add_url_rule(
                product.zone_url.format(**VARIABLES), f"products.{product.name}_zone", partial(edition, product)
            )
    app.add_url_rule(f"/{CONTEXT}/<name>.geojson", "products.context", context)
    app.add_url_rule(f"/{DISPLAY}/<name>.<any(geojson, json):ending>", "products.around", around)


def edition(product: Product, proposal_id: str, requested: str, zone_id: str = "", *, areas: bool = False) -> Response:
    """Respond with a product of a proposal on a date, with all its zones or one.

    Parameters
    ----------
    product
        Row of the registry.
    proposal_id
        Id of the proposal.
    requested
        ISO date or ``latest``.
    zone_id
        Id of the only zone; empty for all.
    areas
        Whether lines, places and countries are left out.
    """
    catalogue = chosen_catalogue() if product.changes_with_code else versioned_catalogue()
    wanted = _wanted(product, catalogue, areas=areas) if product.options else PLAIN
    proposal = catalogue.proposal(proposal_id)
    asked, entry = _edition_on(catalogue, proposal, requested)
    chosen = (find_zone(proposal, entry, zone_id).id,) if zone_id else ()
    version = _lasting(catalogue, product, wanted)
    if product.changes_with_code:  # on screens the date that was requested is not shown
        asked, version = entry.as_of, product_version(catalogue, proposal, entry.as_of)

    def make() -> Finished:
        body = requested_product(StoredEdition(catalogue, entry, proposal.id, asked, chosen, wanted), product)
        tag, named = catalogue.control_tag(entry), "_".join((proposal.id, *chosen))
        filename = product.named(wanted, proposal=named, date=entry.as_of, tag=tag)
        return finish(body, product.media_type, filename, tag)

    key = (product.name, catalogue.data_version, proposal.id, chosen, asked, wanted)
    return answer_built(key, make, version)


def _edition_on(catalogue: Catalogue, proposal: Proposal, requested: str) -> tuple[str, Edition]:
    """The date and edition requested; of an earlier version only what was built is there. Raises UnknownError."""
    try:
        return find_edition(proposal, requested)
    except BuildError:
        if catalogue.data_version == chosen_catalogue().data_version:
            raise
        dates = tuple(proposal.editions)
        raise UnknownError(f"date in version {catalogue.data_version}:", requested[:LONGEST_NAME], dates) from None


def _lasting(catalogue: Catalogue, product: Product, wanted: WantedLayer) -> str:
    """The version that a URL has to name for its bytes to stay; none for a file that is written anew of an old one."""
    old = catalogue.data_version != chosen_catalogue().data_version
    return "" if old and not (product.path and wanted == PLAIN) else catalogue.data_version


def _wanted(product: Product, catalogue: Catalogue, *, areas: bool) -> WantedLayer:
    """How the current request wants a layer. Raises OptionError that lists what there is."""
    check_names(request.args, "option", product.options)
    known = tuple(map(str, product.projections))
    crs = request.args.get("crs", "").upper().removeprefix("EPSG:")
    if crs and crs not in known:
        raise OptionError(f"crs of {product.ending}", crs[:LONGEST_NAME], known)
    lang = request.args.get("lang", "")
    if lang and lang not in catalogue.languages.tags:
        raise OptionError("language", lang[:LONGEST_NAME], catalogue.languages.tags)
    return WantedLayer(areas, int(crs or DEGREES), lang)


def context(name: str) -> Response:
    """Respond with a layer around the zones, such as oblasts, neighbours, sea, rivers and towns."""
    catalogue = versioned_catalogue()
    if name not in catalogue.context:
        raise UnknownError("context layer", name, tuple(catalogue.context))
    return _shared(catalogue, catalogue.context[name], catalogue.data_version)


def around(name: str, ending: str) -> Response:
    """Respond with a layer for screens that is the same on every date, such as the base map.

    Parameters
    ----------
    name
        Name of the layer.
    ending
        Ending of its URL.

    Raises
    ------
    UnknownError
        If there is no such layer; lists those there are.
    """
    catalogue = chosen_catalogue()
    shown = shared_products(catalogue.languages)
    files = {shown[one.path].filename: one for one in catalogue.display.values() if one.path in shown}
    filename = f"{name}.{ending}"
    if filename not in files:
        raise UnknownError("display layer", filename, tuple(files))
    return _shared(catalogue, files[filename], file_version(files[filename]))


def _shared(catalogue: Catalogue, file: BuiltFile, version: str) -> Response:
    product = shared_products(catalogue.languages)[file.path]

    def make() -> Finished:
        return finish(catalogue.read(file), product.media_type, product.filename)

    return answer_built((product.folder, product.filename, catalogue.data_version), make, version)
