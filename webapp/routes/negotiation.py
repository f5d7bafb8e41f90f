"""The files of an edition by the media type that a request accepts: the URL of a file without its ending."""

from functools import partial

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from layers.products.media_types import GEOJSON, JSON
from layers.products.product import Product
from layers.products.registry import PRODUCTS
from webapp.current_request import current_site
from webapp.errors import MediaTypeError
from webapp.query import LONGEST_NAME
from webapp.routes.products import edition

FOLDERS = ("layers", "areas")


def register(app: Flask) -> None:
    """Give the application a URL for each folder that has an edition in several formats."""
    for folder in FOLDERS:
        respond = partial(accepted, forms_of(folder))
        app.add_url_rule(f"/{folder}/<proposal_id>/<requested>", f"products.accepted_{folder}", respond)


def forms_of(folder: str) -> dict[str, Product]:
    """Return the products below a folder by media type, the default first; JSON stands for GeoJSON where it is one."""
    forms: dict[str, Product] = {}
    for product in PRODUCTS.values():
        if product.folder == folder:
            forms.setdefault(product.encoding_format, product)
    return forms | {JSON: forms[GEOJSON]} if GEOJSON in forms else forms


def accepted(forms: dict[str, Product], proposal_id: str, requested: str) -> Response:
    """Respond with the file that the request accepts best, the default for whoever takes anything.

    Parameters
    ----------
    forms
        Products by media type, the default first.
    proposal_id
        Id of the proposal.
    requested
        ISO date or ``latest``.

    Raises
    ------
    MediaTypeError
        If no format is accepted; lists the media types there are.
    """
    if "." in requested:
        raise NotFound  # an ending that no product has
    wanted = request.accept_mimetypes
    found = wanted.best_match(forms) if wanted else next(iter(forms))
    if found is None:
        raise MediaTypeError("media type", str(wanted)[:LONGEST_NAME], tuple(forms))
    product = forms[found]
    response = edition(product, proposal_id, requested)
    path = current_site().address(product.url.format(proposal=proposal_id, date=requested))
    response.headers["Content-Location"] = path + (f"?{request.query_string.decode()}" if request.query_string else "")
    response.vary.add("Accept")
    return response
