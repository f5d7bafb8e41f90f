"""``clausemap measure``: what a drawn line or polygons would divide, as a table or as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.commands.examples import example
from webapp.commands.language import language_option
from webapp.commands.options import ControlOptions, as_of_option, control_options, opened, remark, today
from webapp.commands.terminal import print_table

if TYPE_CHECKING:
    from layers.measuring.measuring import Divided, Measurement, MeasuringData, Pair, Row
    from layers.reference.reference_data import ReferenceData


@click.command(epilog=example("clausemap measure line.geojson --proposal us-28-points --buffer-km 10"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--proposal", metavar="ID", help="Measure against its zones and the line of contact, too.")
@as_of_option
@click.option("--buffer-km", type=float, metavar="KM", help="Also measure what lies so near on either side, up to 50.")
@language_option("Language of names.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@control_options
def measure(  # a command has as many parameters as options
    file: Path, *, proposal: str | None, as_of: str | None, buffer_km: float | None, lang: str, form: str,
    options: ControlOptions,
) -> None:  # fmt: skip
    """Measure what a line divides, or polygons enclose: km² by oblast and zone, places, people, distances.

    FILE is GeoJSON, KML or GPX of at most 5 MB with one line, from border to border, or polygons. Left and right are
    seen from the first point of a line. People are those registered before the war.
    """
    from layers.files import json_bytes
    from layers.measuring.drawing_file import read_drawing
    from layers.measuring.measuring import as_document, measure_geometry

    if proposal is None and (as_of or not options.is_embedded):
        raise click.UsageError("dates and control maps are those of a proposal's zones; name it with --proposal")
    found = measure_geometry(read_drawing(file), _data(options, proposal, as_of), buffer_km)
    if form == "json":
        click.echo(json_bytes(as_document(found)), nl=False)
    else:
        _print(found, f"name_{lang.lower().replace('-', '_')}")


def _data(options: ControlOptions, proposal: str | None, as_of: str | None) -> "MeasuringData":
    from layers.catalogue.model import find_edition
    from layers.measuring.measuring import MeasuringData
    from layers.places.index import index_places
    from layers.products.stored import StoredEdition

    reference = _reference(options)
    places = index_places(reference)
    if proposal is None:
        return MeasuringData(reference, places)
    catalogue, asked = opened(options, proposal, as_of)
    requested, edition = find_edition(catalogue.proposal(proposal), asked)
    return MeasuringData(reference, places, StoredEdition(catalogue, edition, proposal, requested).zones)


def _reference(options: ControlOptions) -> "ReferenceData":
    """The oblasts of the project, or those that were given."""
    from layers.control.selection import choose_study_data
    from layers.reference.reference_data import load_reference_data

    if options.boundaries is None:
        return load_reference_data()
    return choose_study_data(options.choice(), today=today(), tell=remark).reference


def _print(found: "Measurement", name: str) -> None:
    from layers.places.registered import SOURCE

    print_table([["", f"{found.sides[0]}_km2", f"{found.sides[1]}_km2", ""], *_rows(found, name)])
    click.echo(f"{found.length_km:,.1f} km long")
    _print_settled(found, found.sides)
    if found.contact_km:
        click.echo(f"{found.contact_km[0]:,.1f} to {found.contact_km[1]:,.1f} km from the line of contact")
    if found.buffer:
        click.echo(f"\nWithin {found.buffer.depth_km:g} km:")
        rows = [row for row in _rows(found.buffer, name) if row[1:3] != ["0.0", "0.0"]]
        print_table([["", f"{found.sides[0]}_km2", f"{found.sides[1]}_km2", ""], *rows])
        _print_settled(found.buffer, found.sides)
    click.echo(SOURCE, err=True)


def _print_settled(found: "Divided", sides: tuple[str, str]) -> None:
    for words, (first, second) in (
        ("Towns and villages", [len(side.places) for side in found.settled]),
        ("People registered before the war", [side.registered_before_war for side in found.settled]),
    ):
        click.echo(f"{words}: {first:,} {sides[0]}, {second:,} {sides[1]}")


def _rows(found: "Divided", name: str) -> list[list[str]]:
    rows = [_row("Ukraine", found.km2)]
    rows += [_named(row, name) for row in found.oblasts]
    rows += [_named(row, name) for row in found.zones]
    return rows + ([_row("in no zone", found.rest_km2)] if found.rest_km2 else [])


def _named(row: "Row", name: str) -> list[str]:
    return _row(row.id, row.km2, row.names.get(name, ""))


def _row(label: str, km2: "Pair", name: str = "") -> list[str]:
    return [label, *(f"{figure:,.1f}" for figure in km2), name]
