"""``clausemap export``: the zones of a proposal as a layer or a table, or as a map that stands alone."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from layers.catalogue.model import find_zone
from layers.products.product import Product
from layers.products.registry import exported
from layers.products.stored import StoredEdition
from webapp.commands.examples import example
from webapp.commands.language import language_option
from webapp.commands.options import ControlOptions, as_of_option, control_options, opened
from webapp.context import View, open_view, unserved

Writer = Callable[[View, tuple[str, ...]], bytes]  # of a view and the ids of the zones to write


def writers() -> dict[str, Writer]:
    """Return who writes a file, by its ending: the products of an edition, and the map."""
    return {ending: partial(_write_product, product) for ending, product in exported().items()} | {".html": _write_map}


@click.command(epilog=example("clausemap export us-28-points -o buffer.geojson --zone donetsk-buffer"))
@click.argument("proposal")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write, by its ending.")
@click.option("--zone", "zones", multiple=True, metavar="ID", help="Only this zone; may be given again.")
@language_option("Language of a map.")
@as_of_option
@control_options
def export(  # a command has as many parameters as options
    proposal: str, output: Path, *, zones: tuple[str, ...], lang: str, as_of: str | None, options: ControlOptions
) -> None:
    """Write the zones of a proposal: GeoJSON (RFC 7946, ready for QGIS), their areas as CSV or XLSX, or a map.

    The map, an .html, is one file that needs no network: layers, legend and sources are inside. The others have all
    languages.
    """
    from layers.files import write_bytes

    known = writers()
    write = known.get(output.suffix.lower())
    if write is None:
        raise click.UsageError(f"{output}: name the file with {', '.join(known)}")
    catalogue, asked = opened(options, proposal, as_of)
    view = open_view(unserved(catalogue, catalogue.languages[lang]), proposal, asked)
    edition = view.edition
    wanted = tuple(find_zone(view.proposal, edition, zone).id for zone in zones) or tuple(edition.zones)
    write_bytes(output, write(view, wanted))
    click.echo(f"{output}: {len(set(wanted))} zones of {proposal}, control map of {edition.as_of}", err=True)


def _write_product(product: Product, view: View, zones: tuple[str, ...]) -> bytes:
    return product.write(StoredEdition(view.catalogue, view.edition, view.proposal.id, view.asked, zones))


def _write_map(view: View, zones: tuple[str, ...]) -> bytes:
    from webapp.standalone import map_html

    return map_html(view, zones)
