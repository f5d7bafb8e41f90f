"""URLs of what a map on a page draws, each with its version."""

from layers.catalogue.edition_key import edition_key
from layers.catalogue.entries import BuiltFile
from layers.catalogue.model import Catalogue, Proposal
from layers.products.registry import PRODUCTS
from webapp.context import View

VERSION_LENGTH = 12


def display_address(view: View, name: str) -> str:
    """Return the URL of a display layer.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    name
        A date for the zones of that date, else the name of a layer shared by all dates.
    """
    proposal, catalogue = view.proposal, view.catalogue
    if name in proposal.dates:
        path = PRODUCTS["display"].url.format(proposal=proposal.id, date=name)
        return view.address(path, v=product_version(catalogue, proposal, name, "display"))
    file = catalogue.display[name]
    return view.address(f"/{file.path}", v=file_version(file))


def product_version(catalogue: Catalogue, proposal: Proposal, as_of: str, product: str) -> str:
    """Return what changes with the bytes of a product; if it is not built, with what it would be derived from.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    as_of
        ISO date of a control map.
    product
        Name of the product in the registry.
    """
    built = proposal.editions.get(as_of)
    if built is None:
        return edition_key(catalogue.data_version, proposal.id, as_of)[:VERSION_LENGTH]
    return file_version(built.products[product])


def file_version(file: BuiltFile) -> str:
    """What changes with the bytes of a file: shapes for screens change with the code, too, not with the data alone."""
    return file.sha256[:VERSION_LENGTH]
