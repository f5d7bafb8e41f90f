"""Options that several commands share: the day, and which control maps and outlines stand behind the figures."""

import functools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from layers.catalogue.model import COMMITTED, ROOM, Catalogue, load_catalogue
from layers.embedded import EMBEDDED
from webapp.commands.streams import one_line
from webapp.jobs.editions import open_catalogue

if TYPE_CHECKING:
    from layers.control.selection import ControlChoice
    from layers.control.workspace import Workspace
    from layers.reference.study_data import StudyData

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)
NOTHING_ELSE = (None, EMBEDDED)
LAYER_ENDINGS = (".geojson", ".json")


@dataclass(frozen=True)
class ControlOptions:
    """What was given for the control maps and outlines, as it stands on the command line."""

    control: str | None = None
    boundaries: Path | None = None
    edges: str | None = None
    add: str | None = None
    incomplete: bool = False
    accept_difference: bool = False
    where: str | None = None
    day: str | None = None
    workspace: Path | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether the embedded data is meant, with nothing changed."""
        return self.control in NOTHING_ELSE and self.boundaries is None

    def check(self) -> None:
        """Raise UsageError for an option that says how to use a control map where none is named."""
        given = {"--add": self.add, "--incomplete": self.incomplete, "--where": self.where, "--day": self.day}
        given |= {"--edges": self.edges, "--accept-difference": self.accept_difference}
        loose = [name for name, value in given.items() if value]
        if loose and self.control in NOTHING_ELSE:
            raise click.UsageError(f"{loose[0]} says how to use another control map; name it with --control")

    @property
    def is_file(self) -> bool:
        """Whether the control map is a file and no name of the workspace."""
        return self.control not in NOTHING_ELSE and self.control not in open_workspace(self.workspace).names

    def is_own(self, proposal_id: str) -> bool:
        """Whether a proposal is one of the workspace and not embedded."""
        folders = (open_workspace(self.workspace).proposals, ROOM / "proposals")
        own, embedded = ({path.stem for path in folder.glob("*.toml")} for folder in folders)
        return proposal_id in own - embedded

    def choice(self, as_of: str | None = None) -> "ControlChoice":
        """The same for the layers; a day is that of a file."""
        from layers.control.selection import ControlChoice

        return ControlChoice(
            workspace=open_workspace(self.workspace),
            control=self.control,
            boundaries=self.boundaries,
            edges=self.edges,  # type: ignore[arg-type]  # one of the two that click lets through
            add=self.add,
            incomplete=self.incomplete,
            accept_difference=self.accept_difference,
            where=self.where,
            as_of=as_of,
            day=self.day,
        )


def _choices(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> str | None:
    """All choices of classes, one a line."""
    for choice in given:
        if not choice.partition("=")[1]:
            raise click.UsageError(f"--where {choice}: write it as COLUMN=VALUE")
    return "\n".join(given) or None


def _day(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A day of the calendar, or 'all'."""
    from layers.dates import is_day

    if given is not None and given != "all" and not is_day(given):
        raise click.UsageError(f"--day {given}: write it as YYYY-MM-DD, or 'all'")
    return given


where_option = click.option(
    "--where",
    metavar="COLUMN=VALUE",
    multiple=True,
    callback=_choices,
    help="Take only these features of a plain file as held: COLUMN=VALUE, COLUMN=ONE|OTHER, COLUMN=* for all. Given "
    "several times, all have to fit.",
)
day_option = click.option(
    "--day",
    metavar="DATE",
    callback=_day,
    help="Use only the features of this date of a file that has several; 'all' combines them.",
)
difference_option = click.option(
    "--accept-difference",
    is_flag=True,
    help="Accept a map whose areas are far from those of the other maps of its date.",
)
CONTROL_OPTIONS = (
    click.option(
        "--control",
        metavar="NAME|FILE",
        help="A control map of the workspace, or a file, instead of the included data.",
    ),
    click.option("--boundaries", type=FILE, metavar="FILE", help="Other boundaries of the 27 units."),
    click.option(
        "--edges",
        type=click.Choice(["fill", "keep"]),
        help="Fill the slivers that a control map leaves along coast and border (the default), or leave it unchanged.",
    ),
    click.option("--add", metavar="NAME|FILE", help="Complete what the map leaves out around towns held since 2014."),
    click.option("--incomplete", is_flag=True, help="Let a map through that does not hold towns held since 2014."),
    difference_option,
    where_option,
    day_option,
)


def workspace_option(command: Command) -> Command:
    """The option that names the workspace."""
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="CLAUSEMAP_WORKSPACE",
        metavar="FOLDER",
        help="Folder of your control maps and proposals, or CLAUSEMAP_WORKSPACE; by default that for user data.",
    )(command)


def as_of_option(command: Command) -> Command:
    """The option that chooses the day."""
    return click.option(
        "--as-of",
        metavar="DATE",
        help="Date as YYYY-MM-DD, or 'latest'. The last control map on or before it is used. "
        "Without it, the proposal's own date.",
    )(command)


def control_options(command: Command) -> Command:
    """The options that choose control maps and outlines, given to the command as one ``options``."""

    @functools.wraps(command)
    def gathered(*given: Any, **named: Any) -> Any:
        options = ControlOptions(**{name: named.pop(name) for name in ControlOptions.__dataclass_fields__})
        return command(*given, options=options, **named)

    for option in reversed(CONTROL_OPTIONS):
        gathered = option(gathered)
    return workspace_option(gathered)  # type: ignore[return-value]


def open_workspace(folder: Path | None) -> "Workspace":
    """Return the workspace that the user names, else the platform's folder for user data."""
    from layers.control.workspace import Workspace, default_root

    return Workspace(folder or default_root())


def check_ending(output: Path | None) -> None:
    """Raise UsageError for a file to write GeoJSON into whose name says something else."""
    if output is not None and output.suffix.lower() not in LAYER_ENDINGS:
        raise click.UsageError(f"{output}: GeoJSON is written; name the file with {' or '.join(LAYER_ENDINGS)}")


def today() -> date:
    """The day by the clock, in UTC: only commands know it, never a build."""
    return datetime.now(UTC).date()


def remark(message: str) -> None:
    """Something worth knowing that is no failure, on stderr."""
    click.echo(f"clausemap: {one_line(message)}", err=True)


def opened(options: ControlOptions, proposal_id: str, as_of: str | None) -> tuple[Catalogue, str | None]:
    """Open the catalogue that a command works on.

    With other control maps or boundaries the proposal's edition is derived in memory.

    Parameters
    ----------
    options
        Control map and boundaries given to the command.
    proposal_id
        Id of the proposal.
    as_of
        ISO date, ``latest``, or None for the proposal's own date.

    Returns
    -------
    The catalogue, and the date requested or None.
    """
    options.check()
    built = built_catalogue() if options.is_embedded else None
    if built and (proposal_id in built.proposals or not options.is_own(proposal_id)):
        return built, as_of
    from layers.build.own_proposals import home_of
    from layers.control.selection import choose_study_data
    from layers.dates import is_day, parse_date

    study = choose_study_data(options.choice(as_of if is_day(as_of) else None), today=today(), tell=remark)
    folder = home_of(proposal_id, open_workspace(options.workspace))
    requested = parse_date(as_of, study.control.dates) if as_of else None
    catalogue = derived_catalogue(study, proposal_id, requested, folder)
    return catalogue, requested or catalogue.proposal(proposal_id).own_date


def derived_catalogue(study: "StudyData", proposal_id: str, requested: str | None, folder: Path) -> Catalogue:
    """Return a catalogue in memory of one proposal on one date.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposal_id
        Id of the proposal.
    requested
        ISO date or ``latest``; None for the proposal's own date.
    folder
        Folder of the proposal's file.
    """
    from layers.build.edition import derive, load_setting
    from layers.build.memory import catalogue_in_memory
    from layers.proposal.loading import load_proposal

    proposal = load_proposal(proposal_id, study.reference.names, folder)
    own_date = max(proposal.date.isoformat(), study.control.dates[0])
    return catalogue_in_memory(derive(proposal, requested or own_date, load_setting(study, folder)))


@contextmanager
def in_folder(catalogue: Catalogue) -> Iterator[Path]:
    """Give the folder of a catalogue, for processes that read it; one in memory is written for as long as needed."""
    if catalogue.memory is None:
        yield catalogue.root
        return
    from layers.build.sink import FolderSink

    with tempfile.TemporaryDirectory(prefix="clausemap-") as name:
        catalogue.memory.write(FolderSink(Path(name)))
        yield Path(name)


def built_catalogue() -> Catalogue:
    """Return the catalogue of every date, or what is committed; warn if the two have different versions."""
    catalogue, committed = open_catalogue(), load_catalogue(COMMITTED, every_language=False)
    if catalogue.data_version != committed.data_version and catalogue.languages == committed.languages:
        remark(
            f"layers/cache is of version {catalogue.data_version}, layers/data of {committed.data_version}; "
            "run 'clausemap build --all'"
        )
    return catalogue
