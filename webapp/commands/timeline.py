"""``clausemap timeline``: the areas of a proposal's zones over time, as a table or as charts."""

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from layers.catalogue.model import Catalogue
from layers.tables.timeline import Timeline, dates_between, join_days, read_timeline
from webapp.charts.order import FORMS
from webapp.commands.examples import example
from webapp.commands.language import language_option
from webapp.commands.options import (
    ControlOptions,
    built_catalogue,
    control_options,
    derived_catalogue,
    open_workspace,
    remark,
    today,
)

ENDINGS = tuple(f".{form}" for form in FORMS)


@dataclass(frozen=True)
class TimelineRequest:
    """A requested timeline: first and last date, and zones (none for all)."""

    since: str | None
    until: str | None
    zones: tuple[str, ...]


@click.command(epilog=example("clausemap timeline us-28-points --from 2025-01-01 --zones donetsk-buffer -o buffer.svg"))
@click.argument("proposal")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=f"File: {', '.join(ENDINGS)}.")
@click.option("--from", "since", metavar="DATE", help="First date as YYYY-MM-DD; without it, the first control map.")
@click.option("--to", "until", metavar="DATE", help="Last date, or 'latest'; without it, the last control map.")
@click.option("--zones", "--zone", "zones", multiple=True, metavar="ID,ID", help="Only these; may be given again.")
@language_option("Language of charts.")
@control_options
def timeline(  # a command has as many parameters as options
    proposal: str, output: Path, *, since: str | None, until: str | None, zones: tuple[str, ...], lang: str,
    options: ControlOptions,
) -> None:  # fmt: skip
    """Write the area of every zone on every control map, with its low and high.

    CSV, XLSX (for spreadsheets) and JSON have one row a zone and date and carry all three languages; SVG and PNG have a
    chart a zone. The zone russian-held is the total of all Russian-held territory.
    """
    from layers.files import write_bytes

    form = output.suffix.lower()
    if form not in ENDINGS:
        raise click.UsageError(f"{output}: name the file with {', '.join(ENDINGS)}")
    listed = tuple(zone.strip() for given in zones for zone in given.split(",") if zone.strip())
    catalogue, read = _measured(options, proposal, TimelineRequest(since, until, listed))
    write_bytes(output, FORMS[form.removeprefix(".")].write(catalogue, read, lang))
    several = f"{len(read.dates)} control maps from {read.dates[0]} to {read.dates[-1]}"
    days = f"one control map of {read.dates[0]}" if read.one_date else several
    click.echo(f"{output}: {len(read.all_series)} zones of {proposal}, {days}. A proposal, not in force.", err=True)


def _measured(options: ControlOptions, proposal_id: str, wanted: TimelineRequest) -> tuple[Catalogue, Timeline]:
    """The timeline from what is built, or of other control maps and outlines measured now."""
    options.check()
    built = built_catalogue() if options.is_embedded else None
    if built and (proposal_id in built.proposals or not options.is_own(proposal_id)):
        proposal = built.proposal(proposal_id)
        return built, read_timeline(built, proposal, wanted.since, wanted.until, wanted.zones)
    from layers.build.measuring import measure_days
    from layers.build.own_proposals import home_of
    from layers.control.selection import choose_study_data
    from layers.proposal.loading import load_proposal

    study = choose_study_data(options.choice(), today=today(), tell=remark)
    folder = home_of(proposal_id, open_workspace(options.workspace))
    measured = load_proposal(proposal_id, study.reference.names, folder)
    dates = dates_between(study.control.dates, wanted.since, wanted.until)
    found = measure_days(study, measured, dates)
    with click.progressbar(found, length=len(dates), label="Dates", file=sys.stderr) as bar:
        days = list(bar)
    catalogue = derived_catalogue(study, proposal_id, dates[-1], folder)
    return catalogue, join_days(catalogue, catalogue.proposal(proposal_id), days, wanted.zones)
