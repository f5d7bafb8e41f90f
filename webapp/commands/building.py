"""Building with other control maps or outlines than the embedded ones, for a folder or for the service."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from geo.errors import ClausemapError
from webapp.commands.options import Options, open_workspace, remark, today


def build_chosen(options: Options, output: Path | None, *, whole: bool) -> None:
    """Build every day of the chosen control map on the chosen outlines, and say where.

    ``whole`` is false where an option was given that only the embedded data knows. Raises ControlError, BoundaryError.
    """
    from layers.build import build
    from layers.control_choice import choose_ground

    if not whole:
        raise click.UsageError("--all and --check are for the embedded data; leave them out")
    if output is None and (options.is_file or options.control is None):
        raise click.UsageError("say with -o which folder to write into; only a map of the workspace has a place there")
    root = output or open_workspace(options.workspace).built(str(options.control))
    _check_place(root)
    ground = choose_ground(options.choice(), today=today(), tell=remark)
    count = build(root, every_date=True, ground=ground, progress=days_bar)
    click.echo(f"{count} files in {root}", err=True)


def roots_to_serve(options: Options) -> tuple[Path | None, ...]:
    """The folders of all catalogues to serve, the one to show first at the front; None stands for the embedded data.

    Maps of a workspace that was named, or of the platform's where one of them was, are built where they are not. One
    that cannot be used is told and left out, but where it is the one to be shown first. Raises ControlError.
    """
    if options.is_file or (options.boundaries and options.control is None):
        raise click.UsageError("the service shows maps of the workspace: import the file, or build it with -o")
    if options.workspace is None and options.is_embedded:
        return ()
    kept = open_workspace(options.workspace)
    built = {name: _built_or_told(replace(options, control=name), must=name == options.control) for name in kept.names}
    ready = {name: root for name, root in built.items() if root}
    first = [options.control] if options.control in ready else [None]
    order = [*first, *([None] if first != [None] else []), *(name for name in ready if name not in first)]
    return tuple(ready[name] if name else None for name in order)


def _built_or_told(options: Options, *, must: bool) -> Path | None:
    """Where a map of the workspace is built; None where it cannot be used and need not be."""
    from layers.workspace_build import build_named

    try:
        return build_named(options.choice(), today=today(), tell=remark, progress=days_bar)
    except ClausemapError as error:
        if must:
            raise
        remark(f"{options.control} is left out: {error}")
        return None


def _check_place(root: Path) -> None:
    """Refuse a folder that holds something else: a build takes the place of all that is in it."""
    if root.exists() and any(root.iterdir()) and not (root / "catalog.json").exists():
        raise click.UsageError(f"{root}: holds other files, which the build would replace; name a new folder")


def days_bar(days: Iterable[str]) -> Iterable[str]:
    """Days as they are, with a bar on stderr that shows how far a build has got."""
    with click.progressbar(days, label="Dates", file=sys.stderr) as bar:
        yield from bar
