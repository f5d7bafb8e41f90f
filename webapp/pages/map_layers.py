"""URLs of what a map on a page draws, each with its version."""

from layers.catalogue.entries import BuiltFile
from layers.products.registry import PRODUCTS
from webapp.context import View


def display_address(view: View, name: str) -> str:
    """Return the URL of a display layer.

    Parameters
    ----------
    view
        The edition shown.
    name
        A date for the zones of that date, else the name of a layer shared by all dates.
    """
    proposal, catalogue = view.proposal, view.catalogue
    if name in proposal.editions:
        file, path = (
            proposal.editions[name].products["display"],
            PRODUCTS["display"].url.format(proposal=proposal.id, date=name),
        )
    else:
        file = catalogue.display[name]
        path = f"/{file.path}"
    return view.address(path, v=file_version(file))


def file_version(file: BuiltFile) -> str:
    """What changes with the bytes of a file: shapes for screens change with the code, too, not with the data alone."""
    return file.sha256[:12]
