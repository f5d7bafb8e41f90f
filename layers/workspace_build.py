"""Building every day of a control map for the service to read as it reads the embedded one, unless that was done."""

from datetime import date
from pathlib import Path

from layers.build import Progress, build, data_version
from layers.catalogue import load_catalogue
from layers.control_choice import Choice, choose_ground
from layers.errors import BuildError
from layers.ground import Ground
from layers.ready import Tell


def build_chosen(choice: Choice, *, today: date, tell: Tell, progress: Progress | None = None) -> Path:
    """Build all proposals on every day of what is chosen, unless that was done; where it lies in the workspace.

    Raises ControlError and BoundaryError as ``choose_ground`` does.
    """
    ground = choose_ground(choice, today=today, tell=tell)
    root = place(choice, ground)
    if _version_of(root) != data_version(ground=ground):
        build(root, every_date=True, ground=ground, progress=progress)
    return root


def place(choice: Choice, ground: Ground) -> Path:
    """Where in the workspace the ground that was chosen is built.

    A map of the workspace has a place under its name; used otherwise than as it was imported, with other outlines, and
    for a file, the place is named after what is built there.
    """
    plain = Choice(choice.workspace, control=choice.control) == choice and choice.control in choice.workspace.names
    return choice.workspace.built(ground.source.id if plain else f"{ground.source.id}-{ground.version[:12]}")


def _version_of(root: Path) -> str | None:
    """The version of what is built under a root, None where nothing that can be read is."""
    try:
        return load_catalogue(root).data_version
    except BuildError:
        return None
