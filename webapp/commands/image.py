"""``clausemap image``: the picture of a proposal as a file, or every preset, theme and language of it as a folder."""

import functools
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import click

from layers.catalogue.model import Catalogue, find_edition
from layers.text.languages import installed_languages
from webapp.commands.language import LANGUAGE_TAG
from webapp.commands.options import ControlOptions, as_of_option, control_options, in_folder, opened
from webapp.images.options.notes import BETWEEN
from webapp.images.options.notes import MOST as MOST_NOTES
from webapp.images.options.notes import WRITTEN as NOTE
from webapp.images.options.options import (
    DEFAULTS,
    EXTENTS,
    LABELS,
    LEGENDS,
    LONGEST,
    MOST_SCALE,
    MOST_TOWNS,
    NAMED_SIZES,
    READERS,
    SWITCH,
    TEMPLATES,
    TEXTS,
    THEMES,
    all_words,
    read_options,
)
from webapp.images.options.options import Options as Drawn
from webapp.images.order import PICTURES
from webapp.images.pairs import CONTROL, control_beside, with_control_beside

Command = TypeVar("Command", bound=Callable[..., Any])

TEXT_FORMS = ("txt", "json", "geojson")
ENDINGS = tuple(f".{form}" for form in (*PICTURES, *TEXT_FORMS))
VARIED = ("size", "theme")  # what --all goes through; the language is that of its index page
ON_A_SHEET = ("lang", "theme")  # the options of a fact sheet

HELP: Mapping[str, str] = MappingProxyType(
    {
        "lang": "Language.",
        "template": "One map, a part beside the country, two days, proposals or control maps, what differs; six days.",
        "beside": "The other side of a pair or difference: a date, a proposal, PROPOSAL@DATE, or control:NAME|FILE.",
        "size": f"{', '.join(NAMED_SIZES)}, or width and height in CSS pixels.",
        "scale": f"Pixels of a PNG for each CSS pixel, from 1 to {MOST_SCALE:g}.",
        "theme": "Look; print is greyscale with hatching.",
        "zones": "Only these zones in full, the others pale.",
        "clauses": "Only the zones of these clauses in full.",
        "extent": f"{', '.join(EXTENTS)}, a zone, an oblast, a town with a radius in km (NAME:KM), or degrees.",
        "highlight": f"Towns that stand out, by name, up to {MOST_TOWNS}.",
        "note": f"A text of your own at a place, up to {MOST_NOTES}: once each, or with | between them.",
        "labels": "How many names on the map.",
        "inset": "Small map that shows where the large one lies.",
        "graticule": "Grid of degrees.",
        "title": f"Title of your own, up to {LONGEST['title']} characters.",
        "subtitle": f"Subtitle of your own, up to {LONGEST['subtitle']} characters.",
        "credit": f"Credit of your own besides that of the data, up to {LONGEST['credit']} characters.",
        "legend": "A key of up to four rows on the map, a row for everything that is drawn, or none.",
        "areas": "Areas in the legend.",
        "transparent": "Background.",
        "plain": "Map alone; what it must state stands in the file's description.",
        "text": "Letters of an SVG as text, or as paths for desks without the fonts.",
    }
)
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "template": TEMPLATES,
        "theme": THEMES,
        "labels": LABELS,
        "legend": LEGENDS,
        "text": TEXTS,
        **{name: SWITCH for name in READERS if isinstance(getattr(DEFAULTS, name), bool)},
    }
)
SEVERAL = ("note",)  # what can be given more than once
METAVARS = {"size": "WxH|PRESET", "scale": "NUMBER", "zones": "ID,ID", "clauses": "ID,ID", "extent": "PLACE"}
METAVARS |= {"highlight": "NAME,NAME", "note": NOTE}


@dataclass(frozen=True)
class Making:
    """What is to be made besides one image: a fact sheet, or a folder of all images in some forms by some processes."""

    factsheet: bool
    everything: bool
    formats: str | None
    jobs: int | None


def _kind(name: str) -> "click.ParamType[Any]":
    if name == "lang":
        return LANGUAGE_TAG
    return click.Choice(CHOICES[name]) if name in CHOICES else click.STRING


def _joined(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> str | None:
    """What was given more than once, in one text."""
    return BETWEEN.join(given) or None


def image_options(command: Command) -> Command:
    """Add an option to a command for each option of an image; it gets names and values as ``words``."""

    @functools.wraps(command)
    def gathered(*given: Any, **named: Any) -> Any:
        found = {name: named.pop(name) for name in READERS}
        return command(*given, words={name: value for name, value in found.items() if value is not None}, **named)

    defaults = all_words()
    for name in reversed(tuple(READERS)):
        told = f"{HELP[name]}  [default: {defaults[name]}]" if defaults[name] else HELP[name]
        kind = _kind(name)
        more: dict[str, Any] = {"multiple": True, "callback": _joined} if name in SEVERAL else {}
        option = click.option(f"--{name}", name, type=kind, metavar=METAVARS.get(name), help=told, **more)
        gathered = option(gathered)
    return gathered  # type: ignore[return-value]


MAKING_OPTIONS = (
    click.option("--factsheet", is_flag=True, help="The fact sheet instead: a few pages of A4 (.pdf)."),
    click.option("--all", "everything", is_flag=True, help="Every preset, theme and language, into the folder of -o."),
    click.option("--formats", metavar="FORM,FORM", help="With --all: svg, png, pdf.  [default: svg,png]"),
    click.option("--jobs", type=click.IntRange(1, 64), help="With --all: processes that draw.  [default: all cores]"),
)


def making_options(command: Command) -> Command:
    """The options that ask for something else than one image, given to the command as one ``making``."""

    @functools.wraps(command)
    def gathered(*given: Any, **named: Any) -> Any:
        making = Making(**{name: named.pop(name) for name in Making.__dataclass_fields__})
        return command(*given, making=making, **named)

    for option in reversed(MAKING_OPTIONS):
        gathered = option(gathered)
    return gathered  # type: ignore[return-value]


EXAMPLES = """\b
Examples:
  clausemap image us-28-points -o map.png --lang uk --size square
  clausemap image us-28-points -o factsheet.pdf --factsheet
  clausemap image us-28-points -o images --all
"""


@click.command(epilog=EXAMPLES)
@click.argument("proposal")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="PATH",
    help=f"File: {', '.join(ENDINGS)}; with --all a folder.",
)  # fmt: skip
@as_of_option
@image_options
@making_options
@control_options
def image(
    proposal: str, output: Path, *, as_of: str | None, words: dict[str, str], making: Making, options: ControlOptions
) -> None:
    """Draw the map of a proposal with title, legend, areas and sources.

    The options are those of an image's URL, with the same names and values, and the file is the same to the byte. A
    .txt has alternative text, caption and credit, a .json the same with the sha256 of the PNG, a .geojson what the
    image draws.
    """
    from layers.files import write_bytes

    _check_use(output, words, making)
    chosen = read_options(words, installed_languages().tags)
    catalogue, day = opened(options, proposal, as_of)
    asked, edition = find_edition(catalogue.proposal(proposal), day)
    if other := control_beside(chosen):
        beside, _ = opened(replace(options, control=other), proposal, edition.as_of)
        catalogue = with_control_beside(catalogue, chosen, {other: beside})
    if making.everything:
        _write_all(catalogue, proposal, asked, output, chosen, making)
        return
    form = "factsheet" if making.factsheet else output.suffix.lower().lstrip(".")
    write_bytes(output, image_content(catalogue, proposal, asked, form, chosen))


def _check_use(output: Path, words: Mapping[str, str], making: Making) -> None:
    """Raise UsageError for options that do not go together, and for a name that does not say what is meant."""
    if making.everything:
        varied = [name for name in words if name in VARIED or words[name].startswith(CONTROL)]
        loose = ["factsheet"] if making.factsheet else varied
        wrong = f"--all and --{loose[0]} do not go together" if loose else ""
    elif making.formats or making.jobs:
        wrong = f"--{'formats' if making.formats else 'jobs'} goes with --all"
    elif making.factsheet:
        loose = [name for name in words if name not in ON_A_SHEET]
        wrong = f"--{loose[0]} does not go with --factsheet" if loose else _wrong_name(output, (".pdf",))
    else:
        wrong = _wrong_name(output, ENDINGS)
    if wrong:
        raise click.UsageError(wrong)


def _wrong_name(output: Path, endings: tuple[str, ...]) -> str:
    known = output.suffix.lower() in endings
    return "" if known else f"{output}: name the file with {' or '.join(endings)}"


def image_content(catalogue: Catalogue, proposal_id: str, asked: str, form: str, chosen: Drawn) -> bytes:
    """Return the bytes of one file, whatever it holds.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    asked
        ISO date requested.
    form
        A form of images or of the texts beside them.
    chosen
        Options of the image.

    Raises
    ------
    OptionError, LimitError
        If the options do not fit the edition.
    """
    from webapp.images.order import LABELS, Order, draw_from
    from webapp.images.record import record_json, texts_beside

    if form == "txt":
        return texts_beside(catalogue, proposal_id, asked, chosen)
    kind = "png" if form == "json" else form
    order = Order(catalogue.root, catalogue.languages, proposal_id, asked, kind, chosen)
    drawn = draw_from(catalogue, order)
    if form != "json":
        return drawn
    labels = draw_from(catalogue, replace(order, form=LABELS))
    return record_json(catalogue, proposal_id, asked, chosen, (drawn, labels))


def _write_all(catalogue: Catalogue, proposal_id: str, asked: str, folder: Path, chosen: Drawn, making: Making) -> None:
    """Every preset, theme and language into a folder, which is swapped in when the last one is drawn."""
    from layers.files import replace_folder
    from webapp.images.gallery import GalleryRequest, check_place, draw_gallery, gallery_files

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is half-written is taken away
    check_place(folder)
    with in_folder(catalogue) as root:
        wanted = GalleryRequest(root, catalogue.languages, proposal_id, asked, _forms(making.formats), chosen)
        drawings = draw_gallery(wanted, making.jobs or os.cpu_count() or 1)
        with click.progressbar(drawings, length=len(wanted.all_options()), label="Images", file=sys.stderr) as bar:
            drawn = list(bar)
        files = gallery_files(catalogue, wanted, drawn)
    replace_folder(folder, files)
    _, edition = find_edition(catalogue.proposal(proposal_id), asked)
    click.echo(f"{folder}: {len(files)} files, control map of {edition.as_of}. A proposal, not in force.", err=True)


def _forms(formats: str | None) -> tuple[str, ...]:
    """The forms that were listed. Raises UsageError for one that there is not."""
    listed = tuple(dict.fromkeys(form.strip().lower() for form in (formats or "svg,png").split(",")))
    unknown = [form for form in listed if form not in PICTURES]
    if unknown:
        raise click.UsageError(f"--formats '{unknown[0]}': list some of {', '.join(PICTURES)}")
    return listed
