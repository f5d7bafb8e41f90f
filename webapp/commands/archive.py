"""``clausemap archive``: every proposal on every day, as files or rows, by all cores or a cluster."""

import functools
import os
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from layers.dates import is_day
from layers.embedded import EMBEDDED
from layers.text.languages import DEFAULT, installed_languages
from webapp.commands.catalogues import usable_proposals
from webapp.commands.options import open_workspace, remark, workspace_option
from webapp.images.options.options import NAMED_SIZES, THEMES, Options
from webapp.images.order import PICTURES

if TYPE_CHECKING:
    from webapp.archiving.running import ArchivePlan
    from webapp.archiving.tasks import EditionOutcome
    from webapp.archiving.wanted import WantedFiles

PROBLEMS_SHOWN = 20
LAST_DAY = "9999-12-31"
EXAMPLES = """\b
Examples:
  clausemap archive --to archive
  clausemap archive --to archive --formats gpkg,parquet --images svg,png --lang en,uk
  clausemap archive --to s3://bucket/archive --scheduler tcp://10.0.0.1:8786
  clausemap archive --to postgresql://user@host/maps
"""


class CommaList(click.ParamType):  # type: ignore[type-arg]  # generic in its stubs alone
    """Some of the words that there are, with commas between them; they are read when the option is used."""

    name = "list"

    def __init__(self, known: Callable[[], Iterable[str]]) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the words, each once; a usage error that lists what there is for any other."""
        words = tuple(dict.fromkeys(word.strip() for word in str(value).split(",") if word.strip()))
        known = tuple(self.known())
        unknown = next((word for word in words if word not in known), None)
        if unknown is not None:
            self.fail(f"'{unknown}': list some of {', '.join(known)}", param, ctx)
        return words


def _day(_: click.Context, __: click.Parameter, given: str) -> str:
    """A day of the calendar, or nothing."""
    if given and not is_day(given):
        raise click.BadParameter(f"{given}: write it as YYYY-MM-DD")
    return given


def _endings() -> list[str]:
    """What ``clausemap export`` writes and no build has, without the dot."""
    from layers.products.registry import exported

    return [ending[1:] for ending, one in exported().items() if not one.path]


@dataclass(frozen=True)
class Wishes:
    """What is archived, as it stands on the command line."""

    controls: tuple[str, ...]
    proposals: tuple[str, ...]
    since: str
    until: str
    formats: tuple[str, ...]
    forms: tuple[str, ...]
    languages: tuple[str, ...]
    sizes: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def wanted(self) -> "WantedFiles":
        """What is wanted of each edition."""
        from webapp.archiving.wanted import WantedFiles

        looks = product(self.sizes, self.themes, self.languages) if self.forms else ()
        options = tuple(Options(size=NAMED_SIZES[size], theme=theme, lang=lang) for size, theme, lang in looks)
        return WantedFiles(tuple(f".{one}" for one in self.formats), self.forms, options)


WISHES = (
    click.option("--control", "controls", multiple=True, default=[EMBEDDED], show_default=True, metavar="NAME",
                 help="Control maps: the included ones, or those of a name in the workspace; may be given again."),
    click.option("--proposal", "proposals", multiple=True, metavar="ID", help="Only this one; may be given again."),
    click.option("--since", default="", callback=_day, metavar="DATE", help="First day of control maps."),
    click.option("--until", default="", callback=_day, metavar="DATE", help="Last day of control maps."),
    click.option("--formats", type=CommaList(_endings), default="", metavar="ENDING,…",
                 help="Formats besides those of a build, by the endings of 'clausemap export' without the dot."),
    click.option("--images", "forms", type=CommaList(lambda: PICTURES), default="", metavar="FORM,…",
                 help=f"Images, each with its texts: {', '.join(PICTURES)}."),
    click.option("--lang", "languages", type=CommaList(lambda: installed_languages().tags), default=DEFAULT,
                 show_default=True, metavar="TAG,…", help="Languages of images; layers have all."),
    click.option("--size", "sizes", type=CommaList(lambda: NAMED_SIZES), default="article", show_default=True,
                 metavar="PRESET,…", help="Sizes of images."),
    click.option("--theme", "themes", type=CommaList(lambda: THEMES), default=THEMES[0], show_default=True,
                 metavar="THEME,…", help="Looks of images."),
)  # fmt: skip


def wishes_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what is archived, given to the command as one ``wishes``."""

    @functools.wraps(command)
    def gathered(*given: Any, **named: Any) -> None:
        command(*given, wishes=Wishes(**{name: named.pop(name) for name in Wishes.__dataclass_fields__}), **named)

    for option in reversed(WISHES):
        gathered = option(gathered)
    return gathered


@click.command(epilog=EXAMPLES)
@click.option("--to", required=True, metavar="PLACE", help="Folder, URL of object storage, or of PostGIS.")
@wishes_options
@click.option("--scheduler", metavar="ADDRESS", help="Dask cluster to use instead of the cores of this machine.")
@click.option("--workers", type=click.IntRange(1), help="Processes on this machine.  [default: all cores]")
@workspace_option
def archive(to: str, *, wishes: Wishes, scheduler: str | None, workers: int | None, workspace: Path | None) -> None:
    """Derive, export and draw proposals on every day of control maps into an archive.

    An edition there has the files of a build, further formats, and images with their texts; in PostGIS, a row a zone.
    What is there with the right hash is not done again: a run that was stopped goes on with the same command. An
    edition that cannot be made is reported at the end, with exit code 1, and does not stop the others.
    """
    from layers.archive.opening import is_database
    from layers.archive.source import choose_source
    from webapp.archiving.running import ArchivePlan

    if is_database(to) and (wishes.formats or wishes.forms):
        raise click.UsageError("a database has zones, no files; archive formats and images in a folder or bucket")
    space = open_workspace(workspace)
    own = usable_proposals(space)
    sources = tuple(choose_source(name, space, own, remark) for name in dict.fromkeys(wishes.controls))
    plan = ArchivePlan(to, sources, wishes.wanted, wishes.proposals, wishes.since, wishes.until or LAST_DAY)
    _run(plan, scheduler, workers or os.cpu_count() or 1)


def _run(plan: "ArchivePlan", scheduler: str | None, workers: int) -> None:
    """Run a plan with a bar, and tell what became of it; exit with 1 if an edition could not be made."""
    from layers.archive.opening import open_place
    from webapp.archiving.running import dashboard_of, opened_client, run_plan, write_catalogues

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that workers end in order
    count = plan.editions
    open_place(plan.to).prepare()
    with opened_client(scheduler, workers) as client:
        if link := dashboard_of(client):
            click.echo(f"Dashboard: {link}", err=True)
        with click.progressbar(run_plan(client, plan), length=count, label="Editions", file=sys.stderr) as bar:
            outcomes = list(bar)
        write_catalogues(client, plan, outcomes)
    failed = [one for one in outcomes if one.problem]
    for one in failed[:PROBLEMS_SHOWN]:
        click.echo(f"{'/'.join(one.edition)}: {one.problem}", err=True)
    click.echo(f"{_shown(plan.to)}: {_told(outcomes)}", err=True)
    if failed:
        click.get_current_context().exit(1)


def _told(outcomes: "list[EditionOutcome]") -> str:
    """What became of all editions, in a line."""
    written = [one.written for one in outcomes if one.written.count]
    failed = sum(bool(one.problem) for one in outcomes)
    megabytes = sum(one.size_bytes for one in written) / 1e6
    parts = [
        f"{len(outcomes):,} editions",
        f"{len(written):,} written ({sum(one.count for one in written):,} files or rows, {megabytes:,.1f} MB)",
        f"{len(outcomes) - len(written) - failed:,} as they were",
        f"{failed:,} failed",
    ]
    return ", ".join(parts)


def _shown(to: str) -> str:
    """An address without the password in it."""
    password = urlsplit(to).password if "://" in to else None
    return to.replace(f":{password}@", ":…@") if password else to
