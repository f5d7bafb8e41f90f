"""``clausemap control import``, ``list`` and ``combine``: control maps into the workspace."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layers.files import write_bytes
from webapp.commands.control_check import control, reading_bar
from webapp.commands.examples import example
from webapp.commands.options import (
    FILE,
    check_ending,
    day_option,
    difference_option,
    open_workspace,
    remark,
    today,
    where_option,
    workspace_option,
)
from webapp.commands.terminal import print_table

if TYPE_CHECKING:
    from layers.control.importing import Imported
    from layers.control.stored import StoredMap
    from layers.control.workspace import Workspace
    from layers.reference.reference_data import ReferenceData


@control.command("import", epilog=example("clausemap control import deepstate.geojson --as-of 2025-11-20"))
@click.argument("file", type=FILE)
@click.option("--as-of", metavar="DATE", help="Date of the map; without it, the one that the file states.")
@click.option("--name", metavar="NAME", help="What to call the map; without it, after its publisher.")
@click.option("-o", "--output", type=FILE, metavar="OUT", help="Write here instead of into the workspace (.geojson).")
@click.option("--add", metavar="NAME|FILE", help="Complete what the map leaves out around towns held since 2014.")
@click.option("--edges", type=click.Choice(["fill", "keep"]), default="fill", show_default=True, help="How to use it.")
@where_option
@day_option
@click.option("--accept-jump", is_flag=True, help="Let a total through that is far from the neighbouring days.")
@difference_option
@workspace_option
def import_map(  # noqa: PLR0913  # a command has as many parameters as options
    file: Path, *, as_of: str | None, name: str | None, output: Path | None, add: str | None, edges: str,
    where: str | None, day: str | None, accept_jump: bool, accept_difference: bool, workspace: Path | None,
) -> None:  # fmt: skip
    """Import a control map into the workspace, in the project's own format and with its provenance.

    The file is checked first and the findings are printed; a refused file is not imported.
    """
    from layers.control.importing import ImportRequest, import_control
    from layers.control.references import find_near
    from layers.reference.study_data import load_study_data

    check_ending(output)
    kept, study = open_workspace(workspace), load_study_data()
    wanted = ImportRequest(name, as_of, where, edges, accept_jump, accept_difference, day=day)  # type: ignore[arg-type]  # click lets two through
    other = find_near(add, kept, study, today(), accept=accept_difference) if add else None
    with reading_bar(file) as progress:
        imported = import_control(file, wanted, study, today=today(), kept=kept, add=other, progress=progress)
    _tell(imported, study.reference)
    _keep(imported.stored, kept, output)


@control.command("list", epilog=example("clausemap control list --format json"))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@workspace_option
def list_maps(form: str, workspace: Path | None) -> None:
    """List the control maps that can be chosen: the embedded one and those of the workspace."""
    from layers.embedded import EMBEDDED
    from layers.reference.control_series import included_series

    kept = open_workspace(workspace)
    days = {EMBEDDED: included_series().dates} | {name: kept.days(name) for name in kept.names}
    if form == "json":
        listed = [{"name": name, "days": list(found)} for name, found in days.items()]
        click.echo(json.dumps({"workspace": str(kept.root), "control": listed}, ensure_ascii=False))
        return
    rows = [[name, str(len(found)), found[0], found[-1]] for name, found in days.items()]
    print_table([["name", "days", "first", "last"], *rows])


@control.command(epilog=example("clausemap control combine deepstate uacontrolmap nzz --as-of 2025-11-20"))
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--as-of", metavar="DATE", required=True, help="Date of the combination.")
@click.option("--name", default="combined", show_default=True, metavar="NAME", help="What to call the combination.")
@click.option("-o", "--output", type=FILE, metavar="OUT", help="Write here instead of into the workspace (.geojson).")
@click.option("--add", metavar="NAME|FILE", help="Complete those maps that leave out towns held since 2014.")
@click.option("--incomplete", is_flag=True, help="Let maps through that do not hold towns held since 2014.")
@click.option("--boundaries", type=FILE, metavar="FILE", help="Boundaries along which edges are filled.")
@difference_option
@workspace_option
def combine(  # noqa: PLR0913  # a command has as many parameters as options
    names: tuple[str, ...], *, as_of: str, name: str, output: Path | None, add: str | None, incomplete: bool,
    boundaries: Path | None, accept_difference: bool, workspace: Path | None,
) -> None:  # fmt: skip
    """Make one control map of several of about the same day: what all, most and any of them show.

    Each map is one of the workspace, or a file; its day may be up to three days from the one given. With the
    combination behind a proposal, every area has a low and a high: where these maps disagree.
    """
    from layers.control.combination import combine_maps
    from layers.control.selection import ControlChoice

    check_ending(output)
    kept = open_workspace(workspace)
    choice = ControlChoice(kept, None, boundaries, add=add, incomplete=incomplete, accept_difference=accept_difference)
    stored = combine_maps(names, as_of, name, choice, today=today(), tell=remark)
    _tell_levels(stored.provenance["levels_km2"])
    _keep(stored, kept, output)


def _keep(stored: "StoredMap", kept: "Workspace", output: Path | None) -> None:
    """Write a map into a file or into its place, and say where; what it replaces there is told."""
    from layers.control.stored import own_bytes

    if output:
        write_bytes(output, own_bytes(stored))
        click.echo(str(output))
        return
    kept.check_place(stored.name, stored.maps)
    before = kept.read_from(stored.name, stored.as_of)
    other = before not in {None, stored.sha256}
    former = kept.set_aside(stored.name, stored.as_of) if other else None
    click.echo(str(kept.put(stored)))
    if former:
        remark(
            f"{stored.name} of {stored.as_of} was there already, read from another file; it is replaced, and the "
            f"former map kept as {former}"
        )


def _tell_levels(levels_km2: dict[str, float]) -> None:
    listed = ", ".join(f"{level} {area:,.0f}" for level, area in levels_km2.items())
    remark(f"held in Ukraine, km²: {listed}")


def _tell(imported: "Imported", reference: "ReferenceData") -> None:
    """What was found, repaired and completed, and what filling the edges will give; on stderr."""
    from layers.control.edge_filling import find_strips
    from layers.control.preparation import by_oblast

    stored = imported.stored
    for finding in imported.findings:
        remark(f"{finding.verdict}: {finding.code}: {finding.message}")
    for added in stored.provenance["added"]:
        for piece in added["pieces"]:
            remark(f"completed around {', '.join(piece['towns'])}: {piece['area_km2']:,.0f} km² from {added['title']}")
    if stored.edges == "fill":
        outlines = {iso: oblast.outline for iso, oblast in reference.oblasts.items()}
        added = find_strips(stored.levels["held"], outlines, reference.ukraine).by_oblast_km2
        if added:
            remark(f"edges that will be filled on the embedded outlines, km²: {by_oblast(added, reference)}")
    areas = (stored.provenance[key] for key in ("area_before_km2", "area_after_km2"))
    remark("held, km²: as read {:,.0f}, in Ukraine {:,.0f}".format(*areas))
