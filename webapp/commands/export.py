"""``clausemap export``: the zones of a proposal as a layer or a table, or as a map that stands alone."""

import functools
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from layers.catalogue.model import find_zone
from layers.products.product import Product
from layers.products.registry import exported
from layers.products.stored import StoredEdition
from layers.products.wanted import DEGREES, PLAIN, PROJECTED, WantedLayer
from layers.text.languages import DEFAULT
from webapp.commands.examples import example
from webapp.commands.language import LANGUAGE_TAG
from webapp.commands.options import ControlOptions, as_of_option, control_options, opened
from webapp.context import View, open_view, unserved

CRS = tuple(map(str, PROJECTED))
Writer = Callable[[View, tuple[str, ...], WantedLayer], bytes]  # of a view and the ids of the zones to write


def writers() -> dict[str, Writer]:
    """Return who writes a file, by its ending: the products of an edition, and the map."""
    return {ending: partial(_write_product, product) for ending, product in exported().items()} | {".html": _write_map}


def wanted_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how a layer is wanted, given to the command as one ``wanted``."""

    @click.option("--areas-only", is_flag=True, help="Leave out lines, places and countries.")
    @click.option("--crs", type=click.Choice(CRS), help="EPSG code of a layer, where its format has others than 4326.")
    @click.option("--lang", type=LANGUAGE_TAG, help="Language of a map, en by default; of a layer, all by default.")
    @functools.wraps(command)
    def gathered(*given: Any, areas_only: bool, crs: str | None, lang: str | None, **named: Any) -> None:
        command(*given, wanted=WantedLayer(areas_only, int(crs or DEGREES), lang or ""), **named)

    return gathered


@click.command(epilog=example("clausemap export us-28-points -o buffer.geojson --zone donetsk-buffer"))
@click.argument("proposal")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write, by its ending.")
@click.option("--zone", "zones", multiple=True, metavar="ID", help="Only this zone; may be given again.")
@wanted_options
@as_of_option
@control_options
def export(  # a command has as many parameters as options
    proposal: str,
    output: Path,
    *,
    zones: tuple[str, ...],
    wanted: WantedLayer,
    as_of: str | None,
    options: ControlOptions,
) -> None:
    """Write the zones of a proposal as a layer, a table or a map, by the ending of the file.

    Layers: .geojson, .geojsonl, .gpkg, .fgb, .kml, .shp.zip, .parquet, .topojson, .style.json. Areas as tables: .csv,
    .xlsx. All of these: .zip. The map, an .html, is one file that needs no network: layers, legend and sources are
    inside.
    """
    from layers.files import write_bytes

    write = _writer(output)
    catalogue, asked = opened(options, proposal, as_of)
    view = open_view(unserved(catalogue, catalogue.languages[wanted.lang or DEFAULT]), proposal, asked)
    edition = view.edition
    chosen = tuple(find_zone(view.proposal, edition, zone).id for zone in zones) or tuple(edition.zones)
    if wanted.areas:
        chosen = tuple(zone for zone in chosen if edition.zones[zone].area_km2 is not None)
    if not chosen:
        raise click.UsageError("--areas-only: none of the zones has an area")
    write_bytes(output, write(view, chosen, wanted))
    click.echo(f"{output}: {len(set(chosen))} zones of {proposal}, control map of {edition.as_of}", err=True)


def _writer(output: Path) -> Writer:
    """Who writes a file, by the longest ending that its name has. Raises UsageError that lists what there is."""
    known, name = writers(), output.name.lower()
    found = max((ending for ending in known if name.endswith(ending)), key=len, default=None)
    if found is None:
        raise click.UsageError(f"{output}: name the file with {', '.join(known)}")
    return known[found]


def _write_product(product: Product, view: View, zones: tuple[str, ...], wanted: WantedLayer) -> bytes:
    if wanted.crs not in product.projections:
        raise click.UsageError(f"--crs {wanted.crs}: {product.ending} has {', '.join(map(str, product.projections))}")
    shown = wanted if product.options else PLAIN
    edition = StoredEdition(view.catalogue, view.edition, view.proposal.id, view.asked, zones, shown)
    return product.write(edition)


def _write_map(view: View, zones: tuple[str, ...], _: WantedLayer) -> bytes:
    from webapp.standalone import map_html

    return map_html(view, zones)
