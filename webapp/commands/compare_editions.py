"""``clausemap compare``: how two proposals, dates or control maps treat each piece of territory."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.commands.examples import example
from webapp.commands.image import image_content
from webapp.commands.language import language_option
from webapp.commands.options import ControlOptions, control_options, open_workspace, opened, remark, today
from webapp.commands.terminal import give_table, print_table
from webapp.images.options.options import Options
from webapp.images.order import PICTURES
from webapp.images.pairs import TWO_SIDED

if TYPE_CHECKING:
    from layers.build.edition import DerivedEdition

DATA = ("csv", "json", "geojson")
ENDINGS = tuple(f".{form}" for form in (*DATA, *PICTURES))


@click.command(epilog=example("clausemap compare us-28-points ukraine-20-points@2026-01-01 -o compared.csv"))
@click.argument("left")
@click.argument("right")
@language_option("Language of names and of an image.")
@click.option("--format", "form", type=click.Choice(["table", *DATA]), default="table", show_default=True)
@click.option(
    "--template", type=click.Choice(TWO_SIDED[::-1]), default="difference", show_default=True, help="Of an image."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=f"File instead: {', '.join(ENDINGS)}.")
@control_options
def compare(
    left: str, right: str, *, lang: str, form: str, template: str, output: Path | None, options: ControlOptions
) -> None:
    """Compare how two sides treat each piece of territory: areas with low and high, towns, people before the war.

    A side is PROPOSAL, PROPOSAL@DATE, or PROPOSAL@DATE@NAME with a control map of the workspace; --control is that of
    both sides where they name none. An image shows the ground that they treat differently, or both beside each other.
    """
    form = _form(form, output)
    options.check()
    if form in PICTURES:
        give_table(_image((left, right), form, Options(lang=lang, template=template), options), output)
        return
    from layers.comparing import document
    from layers.comparing.comparison import compare_editions

    found = compare_editions(_edition(left, options), _edition(right, options))
    writers = {
        "csv": document.comparison_csv,
        "json": document.comparison_json,
        "geojson": document.comparison_geojson,
    }
    if form in writers:
        give_table(writers[form](found), output)
    else:
        _print(document.comparison_document(found), lang)


def _form(form: str, output: Path | None) -> str:
    """The form of the result, by the ending of the file to write. Raises UsageError."""
    if output is None:
        return form
    ending = output.suffix.lower()
    if ending not in ENDINGS or form not in ("table", ending[1:]):
        raise click.UsageError(f"{output}: name the file with {f'.{form}' if form in DATA else ', '.join(ENDINGS)}")
    return ending[1:]


def _parted(side: str, options: ControlOptions) -> tuple[str, str | None, ControlOptions]:
    """The proposal, the date, and the options with the control map of a side."""
    name, day, control = f"{side}@@".split("@", 2)
    named = control.rstrip("@")
    return name, day or None, replace(options, control=named) if named else options


def _edition(side: str, options: ControlOptions) -> "DerivedEdition":
    from layers.build.edition import derive, load_setting
    from layers.build.own_proposals import home_of
    from layers.control.selection import choose_study_data
    from layers.dates import is_day
    from layers.proposal.loading import load_proposal
    from layers.reference.study_data import load_study_data

    name, day, chosen = _parted(side, options)
    folder = home_of(name, open_workspace(chosen.workspace))
    choice = chosen.choice(day if is_day(day) else None)
    study = load_study_data() if chosen.is_embedded else choose_study_data(choice, today=today(), tell=remark)
    proposal = load_proposal(name, study.reference.names, folder)
    own = max(proposal.date.isoformat(), study.control.dates[0])
    return derive(proposal, day or own, load_setting(study, folder))


def _image(sides: tuple[str, str], form: str, drawn: Options, options: ControlOptions) -> bytes:
    """Both sides in one image. Raises UsageError for sides with control maps of their own."""
    (name, day, _), (other, other_day, _) = (_parted(side, options) for side in sides)
    if any(side.count("@") > 1 for side in sides):
        raise click.UsageError("an image of two control maps: 'clausemap image' with --template and --beside")
    catalogue, asked = opened(options, name, day)
    asked = asked or catalogue.proposal(name).own_date
    beside = f"{other}@{other_day or catalogue.proposal(other).own_date}"
    return image_content(catalogue, name, asked, form, replace(drawn, beside=beside))


def _print(found: Mapping[str, Any], lang: str) -> None:
    from layers.text.languages import suffix

    for which in ("left", "right"):
        side = found[which]
        click.echo(f"{which}: {side['proposal']} on {side['as_of']} ({side['control_source']})")
    rows = [["", "left", "right", "area_km2", "low_km2", "high_km2", "places", "people_before_war", "largest places"]]
    for row in found["clauses"]:
        treated = [f"{row[f'{side}_clause'] or '-'} {row[f'{side}_kind']}" for side in ("left", "right")]
        figures = [row[name] for name in ("area_km2", "area_low_km2", "area_high_km2", "places", "people_before_war")]
        shown = ["-" if figure is None else f"{figure:,}" for figure in figures]
        rows.append(["differs" if row["differs"] else "same", *treated, *shown, row[f"largest_places_{suffix(lang)}"]])
    print_table(rows)
    differs = found["differs"]
    click.echo(
        f"Treated otherwise: {differs['area_km2']:,} km², {differs['places']} places, {differs['people_before_war']:,} "
        f"people registered before the war. {found['people_source']} Proposals, not in force.",
        err=True,
    )
