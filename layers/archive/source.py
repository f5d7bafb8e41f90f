"""What an archive is made from, as every process that works on it reads it: once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from layers.build.build import BuildOrder, shared_files
from layers.build.catalogue_document import Contents
from layers.build.data_version import data_version
from layers.build.on_demand import order_of
from layers.build.origin import Origin
from layers.catalogue.inputs import Inputs
from layers.control.selection import ControlChoice, choose_study_data
from layers.control.workspace import Workspace
from layers.embedded import EMBEDDED
from layers.errors import UnknownError
from layers.findings import Tell, say_nothing
from layers.text.languages import installed_languages

SOURCES_KEPT = 3
LABELLED_DAYS = 60  # of long series: whether a name has room is looked at on so many days, evenly spread


class ArchiveSource(Protocol):
    """Control maps with proposals, by a name that is a folder of the archive. Equal ones give the same."""

    @property
    def name(self) -> str:
        """Name of the control maps."""

    @property
    def origin(self) -> bytes:
        """What it is read from, as ``layers.build.origin`` has it; empty for the included data."""

    def __hash__(self) -> int:
        """Hash for caches."""

    def read(self) -> BuildOrder:
        """Read proposals and all that editions share."""


@dataclass(frozen=True)
class ChosenSource:
    """The included control maps, or those of a workspace, in the version that whoever starts an archive has read.

    ``origin`` is a document as ``layers.build.origin`` reads it, empty for the included data.
    """

    name: str
    version: str
    origin: bytes = b""

    def read(self) -> BuildOrder:
        """Read proposals and all that editions share. Raises BuildError where they are of another version."""
        return order_of(Inputs(self.version, installed_languages(), self.origin))


def choose_source(name: str, workspace: Workspace, own: Sequence[Path], tell: Tell = say_nothing) -> ChosenSource:
    """Return the control maps of a name, with the included proposals and further ones.

    Parameters
    ----------
    name
        The included data, or a control map of the workspace.
    workspace
        Folder with the control maps and proposals of a user.
    own
        Further proposal files of the user, already checked.
    tell
        Called with each remark, a line of text.

    Raises
    ------
    UnknownError
        If there is no such control map; also what reading it raises.
    """
    if name not in (EMBEDDED, *workspace.names):
        raise UnknownError("control map", name, (EMBEDDED, *workspace.names))
    origin = Origin(ControlChoice(workspace, control=None if name == EMBEDDED else name), tuple(own))
    study = choose_study_data(origin.choice, today=date.max, tell=tell)
    with origin.proposals() as folder:
        version = data_version(folder, study)
    return ChosenSource(name, version, b"" if name == EMBEDDED and not own else origin.document)


@lru_cache(maxsize=SOURCES_KEPT)
def read_source(source: ArchiveSource) -> BuildOrder:
    """Return what a source gives, read once a process."""
    return source.read()


def shared_contents(order: BuildOrder) -> Contents:
    """Return the files that all editions of an archive share; places of names have room on days of the whole series."""
    setting = order.setting
    control = replace(setting.study.control, dates=_spread(setting.study.control.dates))
    return shared_files(replace(setting, study=replace(setting.study, control=control)))


def _spread(dates: Sequence[str]) -> tuple[str, ...]:
    """Some of the dates, the first and the last among them, in equal steps."""
    count = min(len(dates), LABELLED_DAYS)
    return tuple(dates[step * (len(dates) - 1) // max(count - 1, 1)] for step in range(count))
