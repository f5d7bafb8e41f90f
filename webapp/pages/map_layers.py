"""URLs of what a map on a page draws, each with its version."""

import hashlib
from typing import Any

from layers.catalogue.edition_key import edition_key
from layers.catalogue.entries import BuiltFile
from layers.catalogue.model import Catalogue, Proposal
from layers.products.registry import PRODUCTS
from webapp.context import View
from webapp.pages.days import YEAR

VERSION_LENGTH = 12


def display_address(view: View, name: str) -> str:
    """Return the URL of a display layer.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    name
        The date of the edition shown for its zones, else the name of a layer shared by all dates.
    """
    proposal, catalogue = view.proposal, view.catalogue
    if name == view.edition.as_of:
        path = PRODUCTS["display"].url.format(proposal=proposal.id, date=name)
        return view.address(path, v=product_version(catalogue, proposal, name))
    file = catalogue.display[name]
    return view.address(f"/{file.path}", v=file_version(file))


def zones_data(view: View) -> dict[str, Any]:
    """Return where scripts find the zones of a date: a URL with blanks for it and for the version, and that by year."""
    url, query = PRODUCTS["display"].url.format(proposal=view.proposal.id, date="{date}"), view.query()
    years = {as_of[:YEAR]: as_of for as_of in view.dates}
    return {
        "url": f"{view.context.site.address(url)}?v={{version}}{query.replace('?', '&')}",
        "versions": {year: product_version(view.catalogue, view.proposal, as_of) for year, as_of in years.items()},
    }


def product_version(catalogue: Catalogue, proposal: Proposal, as_of: str) -> str:
    """Return what changes with the bytes of products that change with the code; all dates of a year have the same.

    It stands for what was built in the year, and for what the rest would be derived from.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    as_of
        ISO date of a control map.
    """
    year = as_of[:YEAR]
    built = [one.sha256 for one in proposal.years if one.year == year]
    parts = (*built, edition_key(catalogue.data_version, proposal.id, year))
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:VERSION_LENGTH]


def file_version(file: BuiltFile) -> str:
    """What changes with the bytes of a file: shapes for screens change with the code, too, not with the data alone."""
    return file.sha256[:VERSION_LENGTH]
