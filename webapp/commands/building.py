"""``clausemap build`` with other control maps or outlines than the embedded ones."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

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


def _check_place(root: Path) -> None:
    """Refuse a folder that holds something else: a build takes the place of all that is in it."""
    if root.exists() and any(root.iterdir()) and not (root / "catalog.json").exists():
        raise click.UsageError(f"{root}: holds other files, which the build would replace; name a new folder")


def days_bar(days: Iterable[str]) -> Iterable[str]:
    """Days as they are, with a bar on stderr that shows how far a build has got."""
    with click.progressbar(days, label="Dates", file=sys.stderr) as bar:
        yield from bar
