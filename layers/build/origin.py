"""What a folder of the workspace is built from. It is stored there, so that a service derives what is not built."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from layers.build.build import Progress, build_order, read_order
from layers.build.data_version import data_version
from layers.catalogue.inputs import ORIGIN
from layers.catalogue.joining import version_of
from layers.control.selection import ControlChoice
from layers.control.workspace import Workspace
from layers.embedded import EMBEDDED
from layers.proposal.loading import PROPOSALS
from layers.reference.study_data import StudyData
from layers.versions.keeping import keep_version


@dataclass(frozen=True)
class Origin:
    """Control maps and boundaries, and files of further proposals; ``included``: the included proposals as well."""

    choice: ControlChoice
    own: tuple[Path, ...] = ()
    included: bool = True

    @contextmanager
    def proposals(self) -> Iterator[Path]:
        """Give a folder that holds all of its proposals."""
        with folder_with(self.own, included=self.included) as folder:
            yield folder

    @property
    def document(self) -> bytes:
        """The same as JSON, with absolute paths."""
        own = tuple(path.absolute() for path in self.own)
        return _adapter().dump_json(replace(self, choice=_absolute(self.choice), own=own))


def read_origin(document: bytes) -> Origin:
    """Return what a stored document holds."""
    return _adapter().validate_json(document)


def build_for_service(root: Path, origin: Origin, study: StudyData, progress: Progress | None = None) -> Path:
    """Build the own and the newest date of each proposal, unless that was done; the service derives the rest.

    Parameters
    ----------
    root
        The folder of the result, which is returned.
    origin
        The choice of control map, boundaries and proposals, stored beside the result so that editions are derived from
        it.
    study
        The data that ``origin`` names, loaded.
    progress
        Wraps the iteration over dates, such as a progress bar; None for none.

    Raises
    ------
    BuildError, ControlError, ProposalError, WritingError
        As ``read_order`` and ``build_order`` do.
    """
    if not is_built(root, origin, study):
        keep_version(root, origin.choice.workspace.root)
        with origin.proposals() as folder:
            order = read_order(newest=True, folder=folder, study=study)
            build_order(root, order, progress, {ORIGIN: origin.document})
    return root


def is_built(root: Path, origin: Origin, study: StudyData) -> bool:
    """Return whether a folder holds what is built from an origin, with the inputs as they are now.

    Parameters
    ----------
    root
        Folder of a build; it need not exist.
    origin
        The choice of control map, boundaries and proposals.
    study
        The data that ``origin`` names, loaded.
    """
    with origin.proposals() as folder:
        return version_of(root) == data_version(folder, study) and not _moved(root, origin)


def _moved(root: Path, origin: Origin) -> bool:
    """Whether a folder knows where its origin was, and that is elsewhere now; one with every date need not know."""
    stored = root / ORIGIN
    return stored.is_file() and stored.read_bytes() != origin.document


@contextmanager
def folder_with(own: Sequence[Path], *, included: bool = True) -> Iterator[Path]:
    """Give a folder with proposals for a build to read, for the time of a ``with`` block.

    Parameters
    ----------
    own
        Proposal files of the user.
    included
        Whether the included proposals are in it too.
    """
    if included and not own:
        yield PROPOSALS
        return
    files = (*(PROPOSALS.glob("*.toml") if included else ()), *own)
    with TemporaryDirectory(prefix="clausemap-proposals-") as name:
        for path in files:
            shutil.copyfile(path, Path(name, path.name))
        yield Path(name)


def _absolute(choice: ControlChoice) -> ControlChoice:
    """A choice whose files are found from everywhere; names of the workspace's maps are left."""
    names = {EMBEDDED, *choice.workspace.names}

    def found(name: str | None) -> str | None:
        return name if name is None or name in names else str(Path(name).absolute())

    return replace(
        choice,
        workspace=Workspace(choice.workspace.root.absolute()),
        control=found(choice.control),
        boundaries=choice.boundaries.absolute() if choice.boundaries else None,
        add=found(choice.add),
    )


@cache
def _adapter() -> TypeAdapter[Origin]:
    return TypeAdapter(Origin)
