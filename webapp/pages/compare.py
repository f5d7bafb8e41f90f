"""The page that compares two editions: figures and tables first, then both on one map and as an image."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from layers.catalogue.model import Proposal
from webapp.comparing.jobs import FORMS, URL, can_be_compared, comparison_job, comparison_url
from webapp.comparing.line_since import has_line, page_url
from webapp.comparing.sides import open_side, side_words
from webapp.context import Context, View
from webapp.images.changes import total_in
from webapp.images.options.options import DEFAULTS, Options, write_options
from webapp.images.pairs import CONTROL, PairSide, side_names
from webapp.images.record import image_address
from webapp.images.titles import difference_title
from webapp.jobs.jobs import job_result
from webapp.map.path_options import path_options, zone_options
from webapp.pages.base import Choice, control_choices, render
from webapp.pages.compare_rows import LEAST_KM2, drawn_zones, key_of, tables_of, towns_of
from webapp.pages.compare_words import inhabited_text, leaving_texts, moved_text
from webapp.pages.days import listed_days
from webapp.pages.map_layers import display_address
from webapp.sharing.cards import CARD_PX, Card, share_home
from webapp.style.light import CONTEXT, HELD_GROUND, all_zone_styles, on_page, zone_styles
from webapp.text.control_maps import control_title
from webapp.text.interface import date_text, number_text, text

PATH = "/compare"
GROUND = "31,44.3,40.4,51"  # as on the start page: where proposals draw their zones
BASE = ("sea", "land", "neighbours", "oblasts", "coast", "border")
DRAWN = ("svg", "png")  # forms of the image of what differs
PARTS = {"neighbours": "neighbour"}


@dataclass(frozen=True)
class SideForm:
    """One side on the page: its name, its map page, and what is chosen in the form.

    ``label`` is what tells it apart; ``title`` and ``control`` are its proposal and its control map with the date.
    """

    which: str
    label: str
    title: str
    control: str
    url: str
    proposals: Sequence[Choice]
    dates: Sequence[Choice]
    controls: Sequence[Choice]


def compare_page(left: View, right: View) -> str:
    """Return the page that compares two sides.

    Parameters
    ----------
    left, right
        The sides.

    Raises
    ------
    BuildError, BusyError
        If the comparison cannot be made.
    """
    context, lang = left.context, left.lang
    found = json.loads(job_result(comparison_job(left, right, "json")))
    first, second = (PairSide(one.catalogue, one.proposal, one.edition) for one in (left, right))
    names = side_names(lang, first, second)
    sides = [
        _side(which, view, name) for which, view, name in zip(("left", "right"), (left, right), names, strict=True)
    ]
    words = {"left": side_words(left), "right": side_words(right)}
    heading = difference_title(lang, first, second, total_in(found["differs"]))
    return render(
        "compare.html",
        replace(context, control=""),
        path=PATH,
        query=context.query(**words),
        shared=share_home(context, PATH, {} if _are_usual(left, right) else words, _card(left, right, heading)),
        heading=heading,
        leaving=leaving_texts(lang, found, names, by_front=_front_alone_differs(left, right)),
        moved=moved_text(left, right, found),
        inhabited=inhabited_text(lang, found["differs"]),
        sides=sides,
        key=key_of(left, right),
        tables=tables_of(found, left, right, names),
        files=[Choice(comparison_url(left, right, form), form.upper().replace("GEOJSON", "GeoJSON")) for form in FORMS],
        image=context.site.address(image_of(left, right, "pair")),
        drawn={form: context.site.address(image_of(left, right, "difference", form)) for form in DRAWN},
        builder=_builder(left, right),
        image_alt=text(lang, "compare.image_of", left=names[0], right=names[1]),
        small=text(lang, "compare.note_small", n=number_text(lang, LEAST_KM2)),
        data=_map_data(left, right, names) | {"named": towns_of(lang, found)},
        neighbours=_further_links(left, right),
    )


def _front_alone_differs(left: View, right: View) -> bool:
    """Whether two proposals are compared on one control map, so that where it differs the front has moved."""
    return left.proposal.id != right.proposal.id and left.catalogue.control.id == right.catalogue.control.id


def neighbour_links(view: View) -> list[Choice]:
    """Return links to the comparisons of a proposal with the one before and the one after it, and of its two dates."""
    context, lang, proposal = view.context, view.lang, view.proposal
    if not can_be_compared(view):
        return []
    ordered = in_order(context)
    place = next(number for number, one in enumerate(ordered) if one.id == proposal.id)
    pairs = [(ordered[place - 1], proposal)] if place else []
    pairs += [(proposal, after) for after in ordered[place + 1 : place + 2]]
    then, now = own_side(proposal), f"{proposal.id}@{view.dates[-1]}"
    days = text(lang, "compare.days", title=proposal.texts["short_title"][lang.tag])
    links = [_pair_link(context, *pair) for pair in pairs]
    return [*links, *([Choice(_address(context, then, now), days)] if then != now else []), *_since(view)]


def _pair_link(context: Context, left: Proposal, right: Proposal) -> Choice:
    names = {which: one.texts["short_title"][context.lang.tag] for which, one in (("left", left), ("right", right))}
    return Choice(pair_address(context, left, right), text(context.lang, "images.drafts_beside", **names))


def _further_links(left: View, right: View) -> list[Choice]:
    """Links to the neighbours of both sides, without the comparison that the page is."""
    own = _address(left.context, *(f"{one.proposal.id}@{one.asked}" for one in (left, right)))
    links = (link for view in (left, right) for link in neighbour_links(view))
    return [link for link in dict.fromkeys(links) if link.value != own]


def _since(view: View) -> list[Choice]:
    if not has_line(view.proposal):
        return []
    title = view.proposal.texts["short_title"][view.lang.tag]
    return [Choice(view.context.site.address(page_url(view, None)), text(view.lang, "line_since.link", title=title))]


def in_order(context: Context) -> list[Proposal]:
    """Return the proposals that are drawn by date, the first one first."""
    return sorted(context.catalogue.proposals.values(), key=lambda proposal: (proposal.date, proposal.id))


def usual_sides(context: Context) -> tuple[str, str]:
    """Return the sides where none are named: the two latest proposals, or a single one then and now, as in a copy."""
    *_, latest = ordered = in_order(context)[-2:]
    return ordered[0].id, latest.id if len(ordered) > 1 else f"{latest.id}@{context.site.dates(latest)[-1]}"


def _are_usual(left: View, right: View) -> bool:
    """Whether two sides are those of the page that names none."""
    usual = (side_words(open_side(left.context, words)) for words in usual_sides(left.context))
    return (side_words(left), side_words(right)) == tuple(usual)


def own_side(proposal: Proposal) -> str:
    """Return a proposal on its own date as URLs write it."""
    return f"{proposal.id}@{proposal.own_date}"


def pair_address(context: Context, left: Proposal, right: Proposal) -> str:
    """Return the URL of the page that compares two proposals, each on its own date.

    Parameters
    ----------
    context
        Site, language and control map.
    left, right
        The proposals.
    """
    return _address(context, own_side(left), own_side(right))


def _address(context: Context, left: str, right: str) -> str:
    return context.address(f"/{context.lang}{PATH}", left=left, right=right)


def _side(which: str, view: View, label: str) -> SideForm:
    context, lang = view.context, view.lang
    own = Choice("", text(lang, "compare.own"))
    listed = sorted({*listed_days(view.dates, view.asked), view.asked}, reverse=True)
    days = [Choice(day, date_text(lang, day), day == view.asked) for day in listed]
    return SideForm(
        which=which,
        label=label,
        title=view.proposal.texts["short_title"][lang.tag],
        control=_control(view),
        url=view.address(f"/{lang}/map/{view.proposal.id}", as_of=view.asked),
        proposals=[
            Choice(one.id, one.texts["short_title"][lang.tag], one.id == view.proposal.id) for one in in_order(context)
        ],
        dates=[own, *days],
        controls=control_choices(context.site.catalogues, view.catalogue.control.id, lang),
    )


def _control(view: View) -> str:
    """The control map of a side with its date; by name where there are several to choose from."""
    lang, day = view.lang, date_text(view.lang, view.edition.as_of)
    if len(view.context.site.catalogues) > 1:
        day = text(lang, "images.on_day", what=control_title(lang, view.catalogue), date=day)
    return text(lang, "format.colon").join((text(lang, "compare.control"), day))


def image_of(left: View, right: View, template: str, form: str = "svg") -> str:
    """Return the path of an image of two sides.

    Parameters
    ----------
    left, right
        The sides.
    template
        ``pair`` or ``difference``.
    form
        Ending of the file.
    """
    return image_address(left.proposal.id, left.asked, form, _options(left, right, template), control=left.control)


def _options(left: View, right: View, template: str) -> Options:
    other = left.catalogue.control.id != right.catalogue.control.id
    beside = f"{CONTROL}{right.catalogue.control.id}" if other else f"{right.proposal.id}@{right.asked}"
    extent = GROUND if template == "pair" else DEFAULTS.extent
    return Options(lang=left.lang.tag, template=template, beside=beside, extent=extent)


def _card(left: View, right: View, words: str = "") -> Card:
    """The image that other sites show of a comparison, with its words."""
    options = replace(_options(left, right, "difference"), size=CARD_PX)
    return image_address(left.proposal.id, left.asked, "png", options, control=left.control), words


def _builder(left: View, right: View) -> str:
    """The URL of the image builder with what differs chosen."""
    words = write_options(_options(left, right, "difference")) | {"as_of": left.asked}
    return left.address(f"/{left.lang}/images/{left.proposal.id}", **words)


def _map_data(left: View, right: View, names: tuple[str, str]) -> dict[str, Any]:
    """What the script of the map reads: layers by URL, and how they are drawn."""
    lang, context = left.lang, left.context
    about = [_zones_of(view) for view in (left, right)]
    used = {key for one in about for key in one.values()}
    return {
        "sides": [
            {"name": name, "zones": display_address(view, view.edition.as_of), "styles": styles}
            for view, name, styles in zip((left, right), names, about, strict=True)
        ],
        "differences": comparison_url(left, right, "geojson"),
        "ground": display_address(left, "ground"),
        "towns": display_address(left, f"towns-{lang.tag}"),
        "styles": {style.key: zone_options(style) for style in all_zone_styles() if style.key in used},
        "base": [[PARTS.get(part, part), path_options(on_page(CONTEXT[part]))] for part in BASE],
        "held": path_options(on_page(CONTEXT[HELD_GROUND])),
        "texts": {name: text(lang, f"compare.{name}") for name in ("loading", "failed")}
        | {name: text(lang, f"map.{name}") for name in ("zoom_in", "zoom_out")},
        "control": context.control,
    }


def _zones_of(view: View) -> dict[str, str]:
    """The style of each zone that the map draws, by its id: those that have an area, and the line of contact."""
    return {zone_id: style.key for zone_id, style in zone_styles(drawn_zones(view)).items()}


def published_pairs(context: Context) -> Iterator[tuple[View, View]]:
    """Yield the sides that a published copy compares: neighbours by date, and each proposal then and now."""
    ordered = in_order(context)
    dated = ((own_side(one), f"{one.id}@{context.site.dates(one)[-1]}") for one in ordered)
    for left, right in (*((own_side(one), own_side(other)) for one, other in pairwise(ordered)), *dated):
        if left != right:
            yield open_side(context, left), open_side(context, right)


def published_addresses(context: Context) -> Iterator[str]:
    """Yield the addresses of the comparisons of a published copy in a language: pages, files and images."""
    if not all(one.deriver for one in (context.catalogue, *context.catalogue.parts)):
        return
    yield f"/{context.lang}{PATH}"
    for left, right in published_pairs(context):
        yield f"/{context.lang}{PATH}?{urlencode({'left': side_words(left), 'right': side_words(right)})}"
        yield from (URL.format(left=side_words(left), right=side_words(right), form=form) for form in FORMS)
        yield image_of(left, right, "pair")
        yield from (image_of(left, right, "difference", form) for form in DRAWN)
        if context.site.base_url:
            yield _card(left, right)[0]
