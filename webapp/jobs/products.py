"""Products that no build stores, as jobs: written for the date requested, in the pool and not by a web worker."""

import hashlib
from functools import cache, partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from layers.catalogue.edition_key import edition_key
from layers.catalogue.model import find_edition
from layers.products.product import Product
from layers.products.stored import StoredEdition, stored_product
from layers.products.wanted import WantedLayer
from layers.text.languages import Languages
from webapp.jobs.editions import open_catalogue
from webapp.jobs.jobs import Job, job_result

# Besides those that an edition's key covers; pyarrow is an extra.
PACKAGES = ("xlsxwriter", "pyogrio", "pyarrow", "pillow")

Asked = tuple[str, str, tuple[str, ...], WantedLayer]  # proposal, date requested, zones, and how a layer is wanted


def requested_product(edition: StoredEdition, product: Product) -> bytes:
    """Return a product for the date requested: the stored file, else as the pool writes it.

    Parameters
    ----------
    edition
        The edition on the date requested, with the zones, CRS and language wanted.
    product
        Row of the registry.

    Raises
    ------
    BusyError
        As ``job_result`` does.
    """
    stored = stored_product(edition, product)
    if stored is not None:
        return stored
    catalogue = edition.catalogue
    if catalogue.memory is not None:  # other processes cannot read it
        return product.write(edition)
    asked = (edition.proposal_id, edition.requested_as_of, edition.chosen, edition.wanted)
    work = partial(_write, catalogue.root, catalogue.languages, asked, product)
    return job_result(Job(_key(edition, product), work, kind="product"))


def _key(edition: StoredEdition, product: Product) -> str:
    """A hash of the edition's key, of what is asked for and of the packages that write it."""
    of_edition = edition_key(edition.catalogue.data_version, edition.proposal_id, edition.as_of)
    parts = (
        of_edition,
        edition.requested_as_of,
        product.name,
        repr(edition.chosen),
        repr(edition.wanted),
        *_versions(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _versions() -> tuple[str, ...]:
    """The packages with their versions, as far as they are installed."""
    return tuple(f"{name} {version(name)}" for name in PACKAGES if find_spec(name))


def _write(root: Path, languages: Languages, asked: Asked, product: Product) -> bytes:
    catalogue = open_catalogue(root, languages)
    proposal_id, date, chosen, wanted = asked
    requested, entry = find_edition(catalogue.proposal(proposal_id), date)
    return product.write(StoredEdition(catalogue, entry, proposal_id, requested, chosen, wanted))
