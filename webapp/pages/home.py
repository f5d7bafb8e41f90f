"""The home page: all proposals that are drawn, latest first, each with its headline, its date and a small map."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from layers.catalogue.model import Proposal
from webapp.context import Context, own_view
from webapp.images.options.options import Options
from webapp.images.record import image_address
from webapp.pages.base import render
from webapp.pages.filters import Traits, filters, fits_choice
from webapp.sharing.cards import share_home
from webapp.text.headlines import sure_text, view_headline
from webapp.text.interface import date_text, text
from webapp.text.zones import as_of_text

GROUND = "31,44.3,40.4,51"  # where proposals draw their zones: as large as a small map can show them, and all alike
PICTURE = Options(size=(480, 360), plain=True, labels="few", inset=False, extent=GROUND)


@dataclass(frozen=True)
class Story:
    """A proposal of the list: headline in full and short, what stands around it, and the image of its own date.

    ``thumbnail`` is the same image where it is too small for labels.
    """

    url: str
    when: str
    date: str
    title: str
    headline: str
    short: str
    status: str
    by: str
    sure: str
    image: str
    thumbnail: str
    image_alt: str


def home_page(context: Context, chosen: Mapping[str, str]) -> str:
    """Return the home page with the proposals that are chosen, as by ``read_chosen``.

    Parameters
    ----------
    context
        Site, language and control map.
    chosen
        Chosen values by the name of the filter, as ``read_chosen`` returns them.
    """
    lang, proposals = context.lang, context.catalogue.proposals.values()
    latest_first = sorted(proposals, key=lambda proposal: (proposal.date, proposal.id), reverse=True)
    return render(
        "home.html",
        context,
        query=context.query(**chosen),
        shared=share_home(context),
        stories=[_story(proposal, context) for proposal in latest_first if fits_choice(traits_of(proposal), chosen)],
        filters=filters(lang, [traits_of(proposal) for proposal in proposals], chosen),
        control=context.control,
        overview_url=context.address(f"/{lang}/proposals-compared"),
        catalogue_url=context.address("/catalog.json"),
    )


def traits_of(proposal: Proposal) -> Traits:
    """What a proposal that is drawn is found by."""
    return Traits(proposal.by, proposal.status, proposal.date[:4])


def _story(proposal: Proposal, context: Context) -> Story:
    lang, view = context.lang, own_view(context, proposal)
    texts = {name: words[lang.tag] for name, words in proposal.texts.items()}
    headline = view_headline(view)
    image, thumbnail = (
        image_address(proposal.id, view.asked, "svg", replace(one, lang=lang.tag), control=context.control)
        for one in (PICTURE, replace(PICTURE, labels="none"))
    )
    return Story(
        url=context.address(f"/{lang}/map/{proposal.id}"),
        when=proposal.date,
        date=date_text(lang, proposal.date),
        title=texts["title"],
        headline=headline.text,
        short=headline.short,
        status=text(lang, f"status.{proposal.status}"),
        by=text(lang, "statement.by", by=texts["put_forward_by"]),
        sure=sure_text(view, headline),
        image=context.site.address(image),
        thumbnail=context.site.address(thumbnail),
        image_alt=text(lang, "map.label", title=texts["short_title"], date=as_of_text(view)),
    )
