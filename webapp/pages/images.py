"""The image builder: options as a form, and the URLs, files and texts that follow from them.

The state of the page is its URL. A script requests the page again after each choice and replaces what follows from it,
so that this module alone decides that.
"""

import shlex
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from geo.errors import ClausemapError
from layers.catalogue.model import Catalogue
from layers.embedded import EMBEDDED
from layers.errors import DateError
from layers.kinds.table import kind_of
from layers.text.languages import Language
from webapp.context import View
from webapp.errors import BusyError
from webapp.images.checks import check_options
from webapp.images.description.description import Description, describe
from webapp.images.jobs import drawn_image
from webapp.images.options.notes import BETWEEN
from webapp.images.options.options import (
    DEFAULTS,
    EXTENTS,
    LABELS,
    LARGEST_PX,
    LEGENDS,
    LONGEST,
    NAMED_SIZES,
    READERS,
    SMALLEST_PX,
    TEMPLATES,
    TEXTS,
    THEMES,
    Options,
    all_words,
    read_options,
    write_options,
)
from webapp.images.order import PICTURES, order_from
from webapp.images.pairs import CONTROL, with_control_beside
from webapp.images.record import image_address
from webapp.pages.base import Choice
from webapp.pages.days import listed_days
from webapp.pages.proposal import fill_page
from webapp.query import check_names
from webapp.text.control_maps import control_title
from webapp.text.interface import date_text, text
from webapp.text.refusals import refusal_text, refused_option
from webapp.text.zones import ZoneWords, clause_heading, read_zones

OWN = "own"
LISTS = ("zones", "clauses")
SWITCHES = ("inset", "graticule", "areas")
SCALES = ("1", "2", "3", "4")
PREVIEW = "png"

Query = Mapping[str, str]
KNOWN = (*READERS, "format", "as_of", *(f"{name}[]" for name in LISTS), "width", "height", "degrees")


@dataclass(frozen=True)
class ChosenImage:
    """What the page's address chooses: words of every option as they were given, and the form of the file.

    ``options`` and ``said`` are None where they cannot be read or the day has no such zone; ``problem`` says why, and
    ``refused`` is the option that it is about, if it is about one.
    """

    words: Query
    form: str
    options: Options | None
    said: Description | None
    problem: str
    refused: str = ""


@dataclass(frozen=True)
class Result:
    """What follows from the choices."""

    preview: str
    png_size: tuple[int, int]
    files: Mapping[str, str]
    address: str
    command: str
    embed: str
    words: Description


def read_chosen(args: "MultiDict[str, str]", view: View) -> ChosenImage:
    """Return the image that a query chooses, in the language of the page unless it names another.

    Parameters
    ----------
    args
        The query; a list may be given as several values.
    view
        The edition shown, with its language and control map.
    """
    given = {name: args.getlist(name)[-1] for name in READERS if name in args}
    for name in LISTS:  # checkboxes of a form have the brackets of a list, URLs do not
        listed = [*args.getlist(name), *args.getlist(f"{name}[]")]
        given |= {name: ",".join(listed)} if listed else {}
    given |= {"note": BETWEEN.join(args.getlist("note"))} if "note" in args else {}
    if given.get("size") == OWN:
        given["size"] = f"{args.get('width', '').strip()}x{args.get('height', '').strip()}"
    if given.get("extent") == OWN:
        given["extent"] = args.get("degrees", "")
    named = {"lang": view.lang.tag} | {name: value.strip() for name, value in given.items() if value.strip()}
    form = args.get("format", PREVIEW)
    form = form if form in PICTURES else PREVIEW
    try:
        check_names(args, "option", KNOWN)
        options = read_options(named, view.catalogue.languages.tags)
        catalogue = with_control_beside(view.catalogue, options, view.context.site.catalogues)
        check_options(catalogue, view.edition, options)
        said = describe(catalogue, view.proposal, view.asked, view.edition, options)
        _try_drawing(view, catalogue, options)
    except ClausemapError as error:
        problem, refused = _problem(view, error, named.get("beside", ""))
        return ChosenImage(all_words() | named, form, None, None, problem, refused)
    return ChosenImage(all_words(options), form, options, said, "")


def _try_drawing(view: View, catalogue: Catalogue, options: Options) -> None:
    """Draw the preview where only that can refuse what is chosen: a place beyond the frame, a size without room.

    Raises LimitError. Of a busy service the page is made without it.
    """
    if options.note or options.highlight or options.size not in NAMED_SIZES.values():
        order = order_from(catalogue, view.proposal.id, view.asked, PREVIEW, replace(options, scale=1.0))
        with suppress(BusyError):
            drawn_image(catalogue, view.edition, order)


def _problem(view: View, error: ClausemapError, beside: str) -> tuple[str, str]:
    """What is wrong in the language of the page, and the option that it is about; the day is that beside."""
    if isinstance(error, DateError):
        first = date_text(view.lang, error.known[0])
        return text(view.lang, "refusal.beside", name=beside, first=first), "beside"
    names = {zone.id: zone.name for zone in read_zones(view)}
    names |= {one.tag: one.name for one in view.catalogue.languages}
    return refusal_text(view.lang, error, names) or str(error), refused_option(error)


def kit_page(view: View, requested: str | None, chosen: ChosenImage) -> str:
    """Return the page of images; if the choices cannot be read, it says why and keeps them.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    chosen
        The image that the query chooses.
    """
    query = page_query(view, requested, chosen)
    return fill_page(
        "images",
        view,
        requested,
        query=query,
        template="images",
        chosen=chosen,
        state=view.context.site.address(f"/{view.lang}/images/{view.proposal.id}") + query,
        result=_result(view, chosen.form, chosen.options, chosen.said) if chosen.options and chosen.said else None,
        **_form(view, chosen),
    )


def page_query(view: View, requested: str | None, chosen: ChosenImage) -> str:
    """Return the query that gives the same page again: date, changed options, format and control map.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    chosen
        The image that the query chooses.
    """
    usual = all_words() | {"lang": view.lang.tag}
    kept = {"as_of": requested} if requested else {}
    kept |= {name: value for name, value in chosen.words.items() if value != usual[name]}
    return view.address("", **kept, **({"format": chosen.form} if chosen.form != PREVIEW else {}))


def _result(view: View, form: str, options: Options, words: Description) -> Result:
    site = view.context.site
    paths = {name: _path(view, name, options) for name in (*PICTURES, "json", "txt", "geojson")}
    sheet = Options(lang=options.lang, theme=options.theme)
    factsheet = view.address(f"/images/{view.proposal.id}/{view.asked}/factsheet.pdf", **write_options(sheet))
    width, height = (round(side * options.scale) for side in options.size)
    shown = site.copied(paths[PREVIEW if form == "pdf" else form])
    return Result(
        preview=site.address(_path(view, PREVIEW, replace(options, scale=1.0))),
        png_size=(width, height),
        files={name: site.address(path) for name, path in paths.items()} | {"factsheet": factsheet},
        address=site.copied(paths[form]),
        command=command(view, form, options),
        embed=embed_code(shown, site.languages[options.lang], options, words),
        words=words,
    )


def _path(view: View, form: str, options: Options) -> str:
    return image_address(view.proposal.id, view.asked, form, options, control=view.control)


def command(view: View, form: str, options: Options) -> str:
    """Return the command line that writes the same file, quoted for a shell.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    form
        Ending of the file, such as ``svg``.
    options
        Options of the image.
    """
    catalogue = view.catalogue
    given = {"as-of": view.asked} | write_options(options)
    if catalogue.control.id != EMBEDDED:
        given["control"] = catalogue.control.id
    named = [part for name, value in given.items() for part in (f"--{name}", value)]
    return shlex.join(["clausemap", "image", view.proposal.id, *named, "-o", _file_name(view, form, options)])


def _file_name(view: View, form: str, options: Options) -> str:
    shape = write_options(replace(DEFAULTS, size=options.size, theme=options.theme)).values()
    stem = f"{view.proposal.id}_{view.edition.as_of}{view.catalogue.control_tag(view.edition)}"
    return f"{'_'.join((stem, *shape, options.lang))}.{form}"


def embed_code(url: str, lang: Language, options: Options, words: Description) -> str:
    """Return HTML that shows an image with its caption and credit in an article.

    Parameters
    ----------
    url
        Absolute URL of the image.
    lang
        Language of the punctuation between caption and credit.
    options
        Options of the image.
    words
        Alternative text, caption and credit.
    """
    width, height = options.size
    below = text(lang, "format.sentence").join((words.caption, words.credit))
    return str(
        Markup(
            '<figure lang="{}">\n'
            '  <img src="{}" alt="{}" width="{}" height="{}" style="max-width: 100%; height: auto">\n'
            "  <figcaption>{}</figcaption>\n"
            "</figure>"
        ).format(options.lang, url, words.alt, width, height, below)
    )


def _form(view: View, chosen: ChosenImage) -> dict[str, object]:
    """What can be chosen, each with its words and whether it is chosen."""
    lang, words, zones = view.lang, chosen.words, read_zones(view)
    own_size, places = words["size"] not in NAMED_SIZES, _extents(lang, zones, words["extent"])
    shown = [zone for zone in zones if kind_of(zone.properties).in_images]
    return {
        "shapes": _named(lang, "size", (*NAMED_SIZES, OWN), OWN if own_size else words["size"]),
        "sizes": NAMED_SIZES,
        "own_size": _two(words["size"]) if own_size else NAMED_SIZES[words["size"]],
        "side": (SMALLEST_PX, LARGEST_PX),
        "image_languages": [
            Choice(one.tag, one.name, one.tag == words["lang"], one.tag) for one in view.catalogue.languages
        ],
        "themes": _named(lang, "theme", THEMES, words["theme"]),
        "label_counts": _named(lang, "labels", LABELS, words["labels"]),
        "templates": _named(lang, "template", TEMPLATES, words["template"]),
        "besides": _besides(view, words["beside"]),
        "legends": _named(lang, "legend", LEGENDS, words["legend"]),
        "letters": _named(lang, "text", TEXTS, words["text"]),
        "scales": [
            Choice(n, text(lang, "kit.scale_times", n=n), n == words["scale"]) for n in _with(SCALES, words["scale"])
        ],
        "extents": places,
        "own_degrees": words["extent"] if places[-1].chosen else "",
        "zones": _ticks({zone.id: zone.name for zone in shown}, words["zones"]),
        "clauses": _ticks(_clauses(view, shown), words["clauses"]),
        "switches": [Choice(name, text(lang, f"kit.{name}"), words[name] == "on") for name in SWITCHES],
        "longest": LONGEST,
        "notes": words["note"].replace(BETWEEN, "\n"),
        "forms": [Choice(form, form.upper(), form == chosen.form) for form in PICTURES],
        "opened": _opened(words, chosen.refused),
    }


def _named(lang: Language, option: str, values: Iterable[str], chosen: str) -> list[Choice]:
    return [Choice(value, text(lang, f"kit.{option}_{value.replace('-', '_')}"), value == chosen) for value in values]


def _besides(view: View, chosen: str) -> list[Choice]:
    """What can stand beside in a pair: the newest control map, another of its dates, proposal, or maker of maps."""
    lang, proposal = view.lang, view.proposal
    named = {"": text(lang, "kit.beside_newest")}
    days = listed_days(proposal.control_dates, view.asked, chosen)
    named |= {date: date_text(lang, date) for date in reversed(days)}
    others = (one for one in view.catalogue.proposals.values() if one.id != proposal.id)
    named |= {one.id: one.texts["short_title"][lang.tag] for one in others}
    controls = view.context.site.catalogues.items()
    named |= {f"{CONTROL}{id}": control_title(lang, one) for id, one in controls if id != view.catalogue.control.id}
    named |= {} if chosen in named else {chosen: chosen}
    return [Choice(value, words, value == chosen) for value, words in named.items()]


def _with(values: tuple[str, ...], given: str) -> tuple[str, ...]:
    return values if given in values else (*values, given)


def _two(size: str) -> tuple[str, str]:
    width, _, height = size.partition("x")
    return width, height


def _extents(lang: Language, zones: Iterable[ZoneWords], chosen: str) -> list[Choice]:
    """Places by name, each zone with an area, and degrees of one's own, which is whatever is none of them."""
    named = {name: text(lang, f"kit.extent_{name.replace('-', '_')}") for name in EXTENTS}
    named |= {zone.id: zone.name for zone in zones if zone.area}
    own = chosen not in named
    found = [Choice(name, words, name == chosen) for name, words in named.items()]
    return [*found, Choice(OWN, text(lang, "kit.extent_own"), own)]


def _clauses(view: View, zones: Iterable[ZoneWords]) -> dict[str, str]:
    """The clauses and points that the map shows something of, each with what it is called."""
    listed_zones = tuple(zones)
    found = {zone.clause: zone.legend for zone in reversed(listed_zones) if zone.clause}
    for clause in found:
        places = [
            zone.name for zone in listed_zones if zone.clause == clause and kind_of(zone.properties).shape == "place"
        ]
        if places:
            found[clause] = text(view.lang, "format.list").join(places)
    order = [clause.id for clause in view.proposal.clauses]
    listed = sorted(found, key=lambda id: (id not in order, order.index(id) if id in order else int(id)))
    colon = text(view.lang, "format.colon")
    return {id: f"{clause_heading(view, id)}{colon}{found[id]}" for id in listed}


def _ticks(named: Mapping[str, str], chosen: str) -> list[Choice]:
    """A tick for each, and for what was asked for that the day has not, so that it can be taken away."""
    asked = [name.strip() for name in chosen.split(",") if name.strip()]
    all_named = dict(named) | {name: name for name in asked if name not in named}
    return [Choice(name, words, name in asked) for name, words in all_named.items()]


def _opened(words: Query, refused: str) -> dict[str, bool]:
    """Which folded groups of choices are open: those in which something is not as usual, or was refused."""
    usual = all_words()
    groups = {
        "ground": ("extent", "highlight", "labels", "legend", *SWITCHES),
        "highlight": LISTS,
        "own": ("note", *LONGEST),
        "file": ("scale", "text"),
    }
    return {
        group: any(words[name] != usual[name] or name == refused for name in names) for group, names in groups.items()
    }
