"""All proposals as small maps on one scale, with the four areas that tell most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layers.kinds.outcomes import OUTCOMES
from layers.zone_properties import ZoneProperties
from webapp.context import Context, View, own_view
from webapp.images.record import image_address
from webapp.pages.base import Choice, render
from webapp.pages.compare import in_order, neighbour_links
from webapp.pages.home import PICTURE
from webapp.sharing.cards import share_home
from webapp.text.interface import date_text, short_text, text
from webapp.text.totals import total
from webapp.text.zones import as_of_text

PATH = "/proposals-compared"


@dataclass(frozen=True)
class Overview:
    """A proposal: its name and date, its map page, its picture, the four areas in words, and its comparisons."""

    title: str
    date: str
    url: str
    image: str
    image_alt: str
    figures: Sequence[tuple[str, str]]
    links: Sequence[Choice]


def overview_page(context: Context) -> str:
    """Return the page with all proposals on one scale."""
    return render(
        "overview.html",
        context,
        path=PATH,
        shared=share_home(context, PATH),
        proposals=[_overview(own_view(context, one)) for one in in_order(context)],
    )


def _overview(view: View) -> Overview:
    context, lang, proposal = view.context, view.lang, view.proposal
    title = proposal.texts["short_title"][lang.tag]
    picture = replace(PICTURE, lang=lang.tag)
    image = image_address(proposal.id, view.asked, "svg", picture, control=context.control)
    return Overview(
        title=title,
        date=date_text(lang, proposal.date),
        url=context.address(f"/{lang}/map/{proposal.id}"),
        image=context.site.address(image),
        image_alt=text(lang, "map.label", title=title, date=as_of_text(view)),
        figures=four_figures(view),
        links=neighbour_links(view),
    )


def four_figures(view: View) -> list[tuple[str, str]]:
    """Return the four areas of a proposal in words: recognised, frozen, left by Russia, left by Ukraine."""
    lang, zones = view.lang, view.catalogue.areas(view.edition)
    return [
        (text(lang, f"compare.{name}"), _sum(view, [zone for zone in zones if zone["area_km2"] and belongs(zone)]))
        for name, belongs in OUTCOMES.items()
    ]


def _sum(view: View, zones: Sequence[ZoneProperties]) -> str:
    summed = total(zones)
    if not zones:
        return text(view.lang, "compare.none")
    return short_text(view.lang, summed.area_km2, summed.low_km2, summed.high_km2)
