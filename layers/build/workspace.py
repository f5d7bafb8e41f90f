"""Building the proposals on a control map for the service, unless that was done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from layers.build.build import Progress
from layers.build.origin import Origin, build_for_service
from layers.control.selection import ControlChoice, choose_study_data
from layers.findings import Tell
from layers.reference.study_data import StudyData


def build_chosen(
    choice: ControlChoice, *, today: date, tell: Tell, progress: Progress | None = None, own: Sequence[Path] = ()
) -> Path:
    """Build all proposals on their own and the newest date of a choice, unless that was done.

    Parameters
    ----------
    choice
        Control map, boundaries and permissions that the user gives.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    tell
        Called with each remark, a line of text.
    progress
        Wraps the iteration over dates, such as a progress bar; None for none.
    own
        Further proposal files of the user, already checked.

    Returns
    -------
    The folder in the workspace.

    Raises
    ------
    ControlError, BoundaryError
        As ``choose_study_data`` does.
    """
    study = choose_study_data(choice, today=today, tell=tell)
    return build_for_service(place(choice, study), Origin(choice, tuple(own)), study, progress)


def place(choice: ControlChoice, study: StudyData) -> Path:
    """Return the folder in the workspace for what is built with a choice.

    A map of the workspace has a folder under its name. Used with other boundaries or otherwise than as imported, and
    for a file, the folder is named after the data built in it.

    Parameters
    ----------
    choice
        Control map, boundaries and permissions that the user gives.
    study
        The data that ``choice`` names, loaded.
    """
    asked = replace(choice, accept_difference=False)  # which changes no figure
    plain = (
        ControlChoice(choice.workspace, control=choice.control) == asked and choice.control in choice.workspace.names
    )
    return choice.workspace.built(
        study.control.source.id if plain else f"{study.control.source.id}-{study.version[:12]}"
    )
