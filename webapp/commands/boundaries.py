"""``clausemap boundaries``: other outlines of the oblasts, checked, and what they would change."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.commands.examples import example
from webapp.commands.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.boundaries.reading import Examined
    from layers.reference.reference_data import Oblast

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def boundaries() -> None:
    """Check other outlines of the 27 oblasts and see what they would change.

    A GeoJSON, GeoPackage or Shapefile; its units are matched by ISO code or by name.
    """


@boundaries.command(epilog=example("clausemap boundaries check oblasts.gpkg --format json"))
@click.argument("file", type=FILE)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def check(file: Path, form: str) -> None:
    """Say which units a file has, how large they are, and what is wrong with it.

    Areas are geodesic, in km²; official ones hold inland water. Exit 1 when the file cannot be used.
    """
    from layers.boundaries.reading import examine_boundaries
    from layers.reference.reference_data import load_reference_data

    embedded = load_reference_data().oblasts
    examined = examine_boundaries(file, embedded)
    rows = _unit_rows(examined, embedded)
    if form == "json":
        click.echo(json.dumps(_document(file, examined, rows), ensure_ascii=False))
    else:
        _print(rows, examined)
    if examined.refused:
        click.get_current_context().exit(1)


@boundaries.command(epilog=example("clausemap boundaries effect oblasts.geojson -o effect.csv"))
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="CSV or XLSX to write; else a CSV is printed.")
def effect(file: Path, output: Path | None) -> None:
    """Derive the zones of all proposals on the embedded and on other outlines, and write the areas on both.

    Each proposal is taken at its own date, with the same control map on both.
    """
    from layers.files import write_bytes
    from layers.zones.outline_effect import effect_csv, effect_xlsx, effects_of

    effects = effects_of(file)
    if output is None:
        click.echo(effect_csv(effects), nl=False)
        return
    is_sheet = output.suffix.lower() == ".xlsx"
    write_bytes(output, effect_xlsx(effects, file.name) if is_sheet else effect_csv(effects))
    click.echo(f"{output}: {len(effects)} areas on the embedded outlines and on {file.name}", err=True)


def _unit_rows(examined: "Examined", embedded: "Mapping[str, Oblast]") -> list[dict[str, Any]]:
    from geo.measure import area_km2

    rows = []
    for iso, unit in examined.units.items():
        area, official = area_km2(unit), embedded[iso].official_km2
        rows.append({
            "oblast": iso,
            "name": embedded[iso].names["en"],
            "area_km2": round(area, 1),
            "official_km2": official,
            "difference_pct": round(100 * (area / official - 1), 1),
            "embedded_km2": round(embedded[iso].area_km2, 1),
        })  # fmt: skip
    return rows


def _document(file: Path, examined: "Examined", rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "file": file.name,
        "sha256": examined.sha256,
        "usable": not examined.refused,
        "units": rows,
        "findings": [asdict(finding) for finding in examined.findings],
    }


def _print(rows: list[dict[str, Any]], examined: "Examined") -> None:
    shown = [[f"{value:,}" if isinstance(value, int | float) else value for value in row.values()] for row in rows]
    if rows:
        print_table([list(rows[0]), *shown])
    for finding in examined.findings:
        click.echo(f"{finding.verdict} {finding.code}: {finding.message}")
    click.echo(f"{len(rows)} of 27 units; {'cannot be used' if examined.refused else 'can be used'}", err=True)
