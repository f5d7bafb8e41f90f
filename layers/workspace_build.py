"""Building every day of a control map of the workspace, for the service to read as it reads the embedded one."""

from datetime import date
from pathlib import Path

from layers.build import Progress, build, data_version
from layers.catalogue import load_catalogue
from layers.control_choice import Choice, choose_ground
from layers.errors import BuildError
from layers.ready import Tell


def build_named(choice: Choice, *, today: date, tell: Tell, progress: Progress | None = None) -> Path:
    """Build all proposals on every day of the map that is chosen by name, unless that was done; where it lies.

    The choice must name a map of the workspace. Raises ControlError and BoundaryError as ``choose_ground`` does.
    """
    ground = choose_ground(choice, today=today, tell=tell)
    root = choice.workspace.built(str(choice.control))
    if _version_of(root) != data_version(ground=ground):
        build(root, every_date=True, ground=ground, progress=progress)
    return root


def _version_of(root: Path) -> str | None:
    """The version of what is built under a root, None where nothing that can be read is."""
    try:
        return load_catalogue(root).data_version
    except BuildError:
        return None
