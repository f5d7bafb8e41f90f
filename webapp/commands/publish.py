"""``clausemap publish``: the whole service as static files, for any host and for a disk without a network."""

import signal
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from webapp.commands.catalogues import roots_to_serve
from webapp.commands.examples import example
from webapp.commands.options import ControlOptions, control_options
from webapp.settings import check_settings

PROBLEMS_SHOWN = 20


@click.command(epilog=example("clausemap publish site --base-url https://maps.example.org/peace"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--base-url", default="", metavar="URL", help="Public URL of the copy, for previews and embed codes.")
@click.option("--proposal", "chosen", multiple=True, metavar="ID", help="Only this proposal; may be given again.")
@click.option("--all-dates", is_flag=True, help="Every control map, not only the own and the newest date.")
@click.option("--few-images", is_flag=True, help="Only the usual image of each date, not all shapes and themes.")
@click.option("--check", is_flag=True, help="Walk every link of the copy in DIR; write nothing.")
@control_options
def publish(  # a command has as many parameters as options
    folder: Path,
    *,
    base_url: str,
    chosen: tuple[str, ...],
    all_dates: bool,
    few_images: bool,
    check: bool,
    options: ControlOptions,
) -> None:
    """Write the service as static files into DIR, for any host below any path, and for a disk without a network.

    Pages in all languages, layers in all formats, images in all shapes, embeds and search. What did not change since
    the last time is not written again. DIR holds nothing else: one with other files is refused, and what is there stays
    until the new copy is whole.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is half-written is taken away
    if check:
        _check(folder)
        return
    check_settings()
    from webapp.publishing.making import Copy, checked_base_url
    from webapp.publishing.publish import publish as write

    roots = roots_to_serve(options)
    copy = Copy(
        roots[0] if roots else None, chosen, all_dates, not few_images, checked_base_url(base_url), options.workspace
    )
    outcome = write(copy, folder, _bar)
    if outcome.lost:
        click.echo(f"{folder}: {outcome.lost:,} files of earlier versions are gone, and listed no more", err=True)
    click.echo(f"{folder}: {outcome.files:,} files, {outcome.written:,} of them new", err=True)


def _check(folder: Path) -> None:
    from webapp.publishing.checking import check_copy

    walked = check_copy(folder)
    for problem in walked.problems[:PROBLEMS_SHOWN]:
        click.echo(problem)
    if walked.problems:
        click.echo(f"{folder}: {len(walked.problems):,} problems", err=True)
        click.get_current_context().exit(1)
    click.echo(f"{folder}: {walked.links:,} links of {walked.pages:,} pages lead to a file", err=True)


def _bar(steps: Iterable[None], count: int) -> Iterable[None]:
    """Steps as they are, with a bar on stderr."""
    with click.progressbar(steps, length=count, label="Files", file=sys.stderr, update_min_steps=10) as bar:
        yield from bar
