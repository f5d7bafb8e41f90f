"""All files of an edition in one zip file, with what is needed to check, cite and understand them."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from layers.errors import MissingPackageError
from layers.licence import licence_url
from layers.products.edition import EditionContent
from layers.products.formats.qgis_style import qml
from layers.products.product import Product
from layers.products.wanted import AREAS, DEGREES, WantedLayer
from layers.zip_files import zipped

README = """{name}
{description}

Control: {control_source}
Outlines: {boundary_source}
Data version: {data_version}; date requested: {requested_as_of}

{files}

The layers have the same zones and the same properties; those in "areas" leave out what has no area_km2: lines, places
and countries. Coordinates are longitude and latitude on WGS 84 (EPSG:4326){projected}; areas are geodesic. In the
Shapefile, fields.csv says what the short names stand for, and texts.csv has the long texts. QGIS finds the styles by
itself: in the GeoPackage, beside the Shapefiles, and beside the layers in "areas". What the properties mean stands in
Clausemap's codebook (layers/README.md). "sha256sum -c SHA256SUMS" checks the files.
"""
LICENCE = """Licence of these layers and tables: {licence}
{url}
Credit: Clausemap. Control: {control_source}. Outlines: {boundary_source}.
"""


def bundle(products: Sequence[Product], edition: EditionContent) -> bytes:
    """Return a zip file of products of an edition, with README, licence, citation, hashes and proposal.

    A product whose package is not installed is left out.

    Parameters
    ----------
    products
        Rows of the registry; one whose package is not installed is left out.
    edition
        The edition, derived or stored.
    """
    written = {name: (about, content) for name, about, content in _products(products, edition)}
    listed = [f"{name}: {about}" for name, (about, _) in written.items()]
    files = {name: content for name, (_, content) in written.items()}
    files = {"README.txt": _readme(edition, listed), **files, **_style(edition), **_beside(edition)}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return zipped({**files, "SHA256SUMS": sums.encode()})


def _products(products: Sequence[Product], edition: EditionContent) -> Iterator[tuple[str, str, bytes]]:
    """The files by name, each with what it is, and each layer with areas alone in a folder beside them."""
    for product in products:
        wanted = _wanted(product, edition)
        name = product.named(wanted, **_names(edition))
        try:
            yield name, product.about, product.write(edition.as_wanted(wanted))
            if product.varies:
                alone = edition.as_wanted(replace(wanted, areas=True))
                yield f"{AREAS}/{name}", "the same with areas alone", product.write(alone)
        except MissingPackageError:
            continue


def _wanted(product: Product, edition: EditionContent) -> WantedLayer:
    """How a product is wanted: in the reference system of the edition where its format has it, else in degrees."""
    wanted = edition.wanted
    return wanted if wanted.crs in product.projections else replace(wanted, crs=DEGREES)


def _style(edition: EditionContent) -> dict[str, bytes]:
    """The style that QGIS finds beside each layer with areas alone, by its name."""
    style = qml(edition.as_wanted(replace(edition.wanted, areas=True)).zones).encode()
    stem = "_".join(("{proposal}_{date}".format(**_names(edition)), *edition.wanted.tags))
    return {f"{AREAS}/{stem}.qml": style}


def _names(edition: EditionContent) -> dict[str, str]:
    return {"proposal": edition.proposal_id, "date": edition.as_of, "tag": ""}


def _readme(edition: EditionContent, listed: Sequence[str]) -> bytes:
    about = dict(edition.members) | dict(edition.properties[0])
    crs = edition.wanted.crs
    projected = "" if crs == DEGREES else f",\nin files with {crs} in their names metres of EPSG:{crs}"
    return README.format(**about, files="\n".join(listed), projected=projected).encode()


def _beside(edition: EditionContent) -> dict[str, bytes]:
    """Licence, citation, and the proposal's file."""
    about: dict[str, Any] = dict(edition.properties[0])
    proposal = edition.proposal_file
    return {
        "LICENCE.txt": LICENCE.format(**about, url=licence_url(about["licence"])).encode(),
        "CITATION.cff": _citation(edition, about),
        **({"proposal.toml": proposal.read_bytes()} if proposal.is_file() else {}),
    }


def _citation(edition: EditionContent, about: dict[str, Any]) -> bytes:
    """How the layers are cited (CFF 1.2); JSON is YAML, too."""
    sources = (about["control_source"], about["boundary_source"])
    cited = {
        "cff-version": "1.2.0",
        "message": "Please cite these layers, and the sources of their data.",
        "type": "dataset",
        "title": edition.members["description"],
        "version": about["data_version"],
        "date-released": edition.as_of,
        "authors": [{"name": "Clausemap contributors"}],
        **({"license": "CC-BY-4.0"} if licence_url(about["licence"]) else {}),
        "references": [{"type": "data", "title": source, "authors": [{"name": source}]} for source in sources],
    }
    return (json.dumps(cited, ensure_ascii=False, indent=2) + "\n").encode()
