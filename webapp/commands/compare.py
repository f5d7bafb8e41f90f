"""``clausemap build --compare``: what a build has otherwise than an earlier one."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from layers.catalogue.differences import Differences, ZoneChange, areas_of, differences, read_areas
from layers.errors import BuildError
from webapp.commands.options import ControlOptions, open_workspace
from webapp.commands.terminal import print_table
from webapp.jobs.editions import open_catalogue

FORMS = ("table", "json", "toml")
DIFFERS, UNREADABLE = 1, 2  # as those of diff


def compare_builds(old: Path, options: ControlOptions, output: Path | None, form: str) -> None:
    """Print what differs between an earlier build and the present one; exit 1 if anything does, 2 without a build.

    Parameters
    ----------
    old
        Folder or catalogue of the earlier build.
    options
        A control map of the workspace whose build is meant instead of that of the included data.
    output
        Folder of the present build, if it is another one.
    form
        One of FORMS: a table, JSON, or rows for a file of corrections.
    """
    try:
        before = read_areas(old)
        found = differences(before, areas_of(open_catalogue(output or _chosen(options)), before))
    except BuildError as error:
        click.echo(f"clausemap: {error}", err=True)
        click.get_current_context().exit(UNREADABLE)
    if form == "json":
        click.echo(json.dumps({**asdict(found), "differs": not found.is_empty}, ensure_ascii=False))
    else:
        _print(found) if form == "table" else click.echo("\n".join(_toml(found)))
    click.echo(_summary(found), err=True)
    click.get_current_context().exit(0 if found.is_empty else DIFFERS)


def _chosen(options: ControlOptions) -> Path | None:
    """The folder of a control map of the workspace; None for the included data."""
    return None if options.is_embedded else open_workspace(options.workspace).built(str(options.control))


def _print(found: Differences) -> None:
    rows = [["proposal", "date", "zone", "before_km2", "after_km2", "difference_km2"]]
    rows += [[name, "-", "-", "-", "-", "proposal added"] for name in found.proposals_added]
    rows += [[name, "-", "-", "-", "-", "proposal removed"] for name in found.proposals_removed]
    rows += [[name, date, "-", "-", "-", "date added"] for name, date in found.dates_added]
    rows += [[name, date, "-", "-", "-", "date removed"] for name, date in found.dates_removed]
    rows += [[one.proposal, one.as_of, one.zone, *_figures(one)] for one in found.zones]
    if len(rows) > 1:
        print_table(rows)


def _figures(change: ZoneChange) -> list[str]:
    shown = ["-" if area is None else f"{area:,.1f}" for area in (change.before_km2, change.after_km2)]
    if change.before_km2 is None or change.after_km2 is None:
        return [*shown, "zone " + change.change]
    return [*shown, f"{change.after_km2 - change.before_km2:+,.1f}"]


def _toml(found: Differences) -> Iterator[str]:
    """The zones that differ as the rows of a correction."""
    yield f'replaces = "{found.before}"'
    yield "changes = ["
    for one in found.zones:
        areas = {"before_km2": one.before_km2, "after_km2": one.after_km2}
        figures = "".join(f", {name} = {area}" for name, area in areas.items() if area is not None)
        yield f'  {{ proposal = "{one.proposal}", as_of = {one.as_of}, zone = "{one.zone}"{figures} }},'
    yield "]"


def _summary(found: Differences) -> str:
    versions = f"{found.before} to {found.after}"
    if found.is_empty:
        return f"{versions}: the same proposals, dates, zones and areas"
    proposals = len(found.proposals_added) + len(found.proposals_removed)
    dates = len(found.dates_added) + len(found.dates_removed)
    return f"{versions}: {proposals} proposals, {dates} dates and {len(found.zones)} zones differ"
