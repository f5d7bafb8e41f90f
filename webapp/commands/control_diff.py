"""``clausemap control diff``: what one control map shows otherwise than another."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layers.files import write_bytes
from webapp.commands.control_check import control
from webapp.commands.examples import example
from webapp.commands.options import FILE, check_ending, open_workspace, today, workspace_option
from webapp.commands.terminal import print_table

if TYPE_CHECKING:
    from layers.control.comparison import Comparison

FIGURES = ("held_in_second_only_km2", "held_in_first_only_km2", "contested_first_km2", "contested_second_km2")
HEADINGS = ("held_in_B_only_km2", "held_in_A_only_km2", "contested_A_km2", "contested_B_km2")


@control.command(epilog=example("clausemap control diff 2025-11-20 2026-01-01 --oblasts -o changed.geojson"))
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--oblasts", is_flag=True, help="Also print the areas oblast by oblast.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("-o", "--output", type=FILE, metavar="OUT", help="Write the territory that differs here (.geojson).")
@click.option("--boundaries", type=FILE, metavar="FILE", help="Other boundaries of the 27 units.")
@workspace_option
def diff(  # a command has as many parameters as options
    first: str, second: str, oblasts: bool, form: str, output: Path | None, boundaries: Path | None,
    workspace: Path | None,
) -> None:  # fmt: skip
    """Compare two control maps: areas each way, contested territory, and how far the line of contact lies apart.

    A and B are a name of the workspace (its newest day), NAME@DAY, a day of the embedded data, or a file.
    """
    from geo.geojson import feature_collection
    from layers.control.comparison import compare, comparison_figures
    from layers.control.references import find_map
    from layers.control.selection import with_outlines
    from layers.reference.study_data import load_study_data

    check_ending(output)
    study, kept = load_study_data(), open_workspace(workspace)
    if boundaries:
        study = replace(study, reference=with_outlines(study.reference, boundaries))
    one, two = (find_map(reference, kept, study, today(), accept=True) for reference in (first, second))
    found = compare(one, two, study.reference)
    if output:
        write_bytes(output, feature_collection(found.ground))
    if form == "json":
        click.echo(json.dumps(comparison_figures(found), ensure_ascii=False))
    else:
        _print(found, oblasts)


def _print(found: "Comparison", oblasts: bool) -> None:
    click.echo(f"A: {found.first}\nB: {found.second}\n")
    rows = [["oblast", *HEADINGS]]
    if oblasts:
        for change in found.differing:
            rows.append([change.names["en"], *(f"{getattr(change, name):,.1f}" for name in FIGURES)])
    rows.append(["all", *(f"{found.total(name):,.1f}" for name in FIGURES)])
    print_table(rows)
    line = found.line
    click.echo(
        f"\nLine of contact: {line.length_first_km:,.0f} km in A, {line.length_second_km:,.0f} km in B; of that in B "
        f"{line.moved_km:,.0f} km lie apart from A.\nDistance between the lines: mean {line.mean_distance_km:.2f} km, "
        f"95th percentile {line.p95_distance_km:.2f} km."
    )
    click.echo(
        "Held is what each map draws; between two makers, territory held in one need not have changed hands.", err=True
    )
