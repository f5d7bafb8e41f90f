"""Building with other control maps or outlines than the embedded ones, for a folder or for the service."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.errors import ClausemapError
from layers.embedded import EMBEDDED
from webapp.commands.options import NOTHING_ELSE, ControlOptions, open_workspace, remark, today
from webapp.errors import SetupError

if TYPE_CHECKING:
    from layers.control.workspace import Workspace


def build_chosen(options: ControlOptions, output: Path | None, *, whole: bool) -> None:
    """Build every date of the chosen control map on the chosen boundaries, and print where.

    Parameters
    ----------
    options
        Control maps and boundaries given to the command.
    output
        Folder of the result; None for that in the workspace.
    whole
        False if an option was given that only the included data knows, which is an error.

    Raises
    ------
    UsageError
        If the options do not fit each other.
    ControlError, BoundaryError
        If a control map or boundaries cannot be used.
    """
    from layers.build.build import build
    from layers.build.origin import folder_with
    from layers.build.workspace import place
    from layers.control.selection import choose_study_data
    from layers.versions.keeping import keep_version

    if not whole:
        raise click.UsageError("--all, --newest and --check are for the embedded data; leave them out")
    if output is None and (options.is_file or options.control is None):
        raise click.UsageError("say with -o which folder to write into; only a map of the workspace has a place there")
    if output:
        _check_place(output)
    choice = options.choice()
    study = choose_study_data(choice, today=today(), tell=remark)
    root = output or place(choice, study)
    if output is None:
        keep_version(root, choice.workspace.root)
    with folder_with(usable_proposals(open_workspace(options.workspace))) as folder:
        count = build(root, every_date=True, folder=folder, study=study, progress=days_bar)
    click.echo(f"{count} files in {root}", err=True)


def roots_to_serve(options: ControlOptions) -> tuple[Path | None, ...]:
    """Return the folders of all catalogues to serve, the one to show first at the front; None is the included data.

    What is chosen comes first, then the included data, the proposals of the workspace on it, and the maps of a
    workspace that was named. They are built if necessary; one that cannot be used is reported and left out, unless it
    is the one to show first. Raises ControlError, BoundaryError, and SetupError for a workspace that is not there.
    """
    if options.workspace is not None and not options.workspace.is_dir():
        raise SetupError(f"--workspace {options.workspace}: there is no such folder")
    if options.workspace is None and options.is_embedded:
        return ()
    own = usable_proposals(open_workspace(options.workspace))
    first = None if options.is_embedded else _built(options, own)
    names = open_workspace(options.workspace).names if options.workspace else ()
    embedded = [] if options.control in NOTHING_ELSE else [_embedded(options, own)]
    beside = None if options.boundaries else _own_or_told(options, own)
    others = (_built_or_told(replace(options, control=name), own) for name in names if name != options.control)
    return (first, *embedded, *(root for root in (beside, *others) if root))


def served_roots(options: ControlOptions) -> tuple[Path | None, ...]:
    """Return the same for the service, which keeps what it serves in the workspace for those who quote it later."""
    roots = roots_to_serve(options)
    keep_served(roots, options.workspace)
    return roots


def archived_roots(folder: Path) -> tuple[Path, ...]:
    """Return the folders of an archive's catalogues, the included control maps first. Raises SetupError for none."""
    found = sorted(path.parent.resolve() for path in folder.glob("*/catalog.json"))
    if not found:
        raise SetupError(f"--archive {folder}: no catalogue in it; run 'clausemap archive --to {folder}' to the end")
    return tuple(sorted(found, key=lambda root: root.name != EMBEDDED))


def keep_served(roots: Sequence[Path | None], workspace: Path | None) -> None:
    """Keep the versions that are served in the workspace, if one is named; where it cannot be written, that is told.

    Parameters
    ----------
    roots
        Folders of the catalogues; None is the included data.
    workspace
        Folder of the operator; None for none.
    """
    from layers.versions.keeping import keep_version

    try:
        for root in roots if workspace else ():
            keep_version(root, Path(str(workspace)))
    except ClausemapError as error:
        remark(f"the version served is not kept: {error}")


def _embedded(options: ControlOptions, own: Sequence[Path]) -> Path | None:
    """The embedded data beside other maps, on the same outlines as they are."""
    return _built(replace(options, control=None), own) if options.boundaries else None


def _built(options: ControlOptions, own: Sequence[Path]) -> Path:
    from layers.build.workspace import build_chosen as build_once

    return build_once(options.choice(), today=today(), tell=remark, progress=days_bar, own=own)


def usable_proposals(workspace: "Workspace") -> tuple[Path, ...]:
    """Return the proposals of a workspace that can be used; the others are reported."""
    if not workspace.proposals.is_dir():
        return ()
    from layers.build.own_proposals import usable_files
    from layers.reference.reference_data import load_reference_data

    return usable_files(workspace, load_reference_data(), remark)


def _own_or_told(options: ControlOptions, own: Sequence[Path]) -> Path | None:
    """Return where the workspace's proposals are built on the embedded control maps; None where there are none."""
    if not own:
        return None
    from layers.build.own_proposals import build_own
    from layers.reference.study_data import load_study_data

    try:
        return build_own(open_workspace(options.workspace), own, load_study_data(), tell=remark, progress=days_bar)
    except ClausemapError as error:
        remark(f"the workspace's proposals are left out: {error}")
        return None


def _built_or_told(options: ControlOptions, own: Sequence[Path]) -> Path | None:
    """Where a map of the workspace is built; None where it cannot be used, which is told."""
    try:
        return _built(options, own)
    except ClausemapError as error:
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
