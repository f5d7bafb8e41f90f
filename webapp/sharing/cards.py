"""What other sites show of a page: its URL, its alternates, a card with an image, embed code, a data set."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.core import get_global
from markupsafe import Markup, escape

from layers.text.languages import Language
from webapp.context import Context, View, own_view
from webapp.images.options.options import Options
from webapp.images.record import image_address
from webapp.sharing.schema_org import describe_dataset, named
from webapp.site import Site
from webapp.static_files import FOLDER as ASSETS
from webapp.text.headlines import view_headline
from webapp.text.interface import DEFAULT, text
from webapp.text.zones import as_of_text

CARD_PX = (1200, 630)
THUMBNAILS = (Options(size=CARD_PX), Options(size=(640, 640)), Options(size=(480, 360), legend="off"))
WIDTH_PX, EMBED_PX, CHART_PX = 800, 640, 560
NARROW_PX, NARROW_EMBED_PX = 320, 720  # in a narrower frame words take more lines
CACHED_S = 3600
LONGEST_TITLE = 90  # in characters; search engines cut what is longer
# further parameters of a map's URL
STATE = ("as_of", "control", "zone", "clause", "off", "view", "place", "since", "theme", "tools")
BRITISH = "GB"  # how English is spelt here
WHOLE = ("map", "embed")  # what shows the map itself
PAGE_OF = {"embed": "map", "embed_timeline": "timeline"}  # the pages that embeds are known as
WITH_DATA = ("map", "areas", "timeline")
Card = tuple[str, str]  # path and alternative text of an image


def card_locale(lang: Language) -> str:
    """A language with its country, as cards name it: ``uk_UA``, ``zh_TW``."""
    locale = Locale.parse(lang.locale, sep="-")
    usual = get_global("likely_subtags").get(str(locale), "").rpartition("_")[2]
    own = BRITISH if lang.tag == DEFAULT else locale.territory or lang.region or usual
    return f"{locale.language}_{own}" if own else locale.language


@dataclass(frozen=True)
class Shared:
    """What the head of a page tells other sites, in absolute URLs.

    ``alternates`` are the same page by language, with ``x-default``; ``oembed`` is empty if nothing can be embedded,
    ``dataset`` if a page has no data of its own.
    """

    canonical: str
    alternates: Mapping[str, str]
    image: str
    image_alt: str
    oembed: str = ""
    dataset: Mapping[str, Any] | None = None


def share_home(
    context: Context, path: str = "/", query: Mapping[str, str] | None = None, card: Card | None = None
) -> Shared | None:
    """Return what a page of no single proposal tells other sites; None without a base URL.

    Parameters
    ----------
    context
        Site, language and control map.
    path
        Path of the page below the language.
    query
        Values of its query; None for none.
    card
        Path and alternative text of its image; None for that of the newest proposal.
    """
    site, lang, words = context.site, context.lang, context.query(**query or {})
    if not site.base_url:
        return None
    image, image_alt = card or _newest_card(context)
    negotiated = {"x-default": site.absolute(f"/{words}")} if path == "/" else {}
    return Shared(
        canonical=site.absolute(f"/{lang}{path}{words}"),
        alternates=alternates(site, path, words) | negotiated,
        image=site.absolute(image),
        image_alt=image_alt,
    )


def _newest_card(context: Context) -> Card:
    newest = max(context.catalogue.proposals.values(), key=lambda proposal: proposal.date)
    options = Options(lang=context.lang.tag, size=CARD_PX)
    image = image_address(newest.id, newest.own_date, "png", options, control=context.control)
    return image, named(context.lang, view_headline(own_view(context, newest)).short)


def share_page(name: str, view: View, requested: str | None) -> Shared | None:
    """Return what a page of a proposal tells other sites; an embed is known as its map. None without a base URL.

    Parameters
    ----------
    name
        Name of the page.
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    """
    site = view.context.site
    if not site.base_url:
        return None
    path = f"/{PAGE_OF.get(name, name)}/{view.proposal.id}"
    query = view.query(**_day(requested))
    canonical = site.absolute(f"/{view.lang}{path}{query}")
    return Shared(
        canonical=canonical,
        alternates=alternates(site, path, query),
        image=_image(view, Options(lang=view.lang.tag, size=CARD_PX)),
        image_alt=text(view.lang, "format.joined").join(
            (embed_title(view), text(view.lang, "day.held", date=as_of_text(view)))
        ),
        oembed=site.absolute(f"/oembed?{urlencode({'url': canonical})}") if name in WHOLE else "",
        dataset=describe_dataset(view, name, canonical) if name in WITH_DATA else None,
    )


def embed_path(view: View, /, **state: str) -> str:
    """Return the path of a map for frames; ``state`` names its date and what else of STATE.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    """
    return f"/embed/{view.lang}/{view.proposal.id}{view.query(**state)}"


def embed_code(view: View, /, requested: str | None = None, **state: str) -> str:
    """Return HTML that shows a map in another site; ``state`` names more of STATE.

    The script beside the frame gives it the height that it needs; without scripts the frame has a fixed one.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    """
    return _frame_code(view, embed_path(view, **_day(requested), **state), embed_title(view), EMBED_PX)


def chart_embed_code(view: View, title: str, zone: str, chosen: Mapping[str, str]) -> str:
    """Return HTML that shows the chart of a zone in another site.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    title
        Title of the frame, for screen readers.
    zone
        Id of the zone.
    chosen
        First and last date as ``from`` and ``to``; empty for all.
    """
    path = f"/embed/{view.lang}/{view.proposal.id}/timeline/{zone}{view.query(**chosen)}"
    return _frame_code(view, path, title, CHART_PX)


def embed_height(width_px: int) -> int:
    """Return a height in pixels at which a map's embed of a width shows all that it has, in every language."""
    return EMBED_PX if width_px >= NARROW_PX else NARROW_EMBED_PX


def _frame_code(view: View, path: str, title: str, height_px: int) -> str:
    site = view.context.site
    frame = Markup(
        '<iframe src="{}" title="{}" loading="lazy" style="width:100%;height:{}px;border:0" allow="fullscreen">'
        "</iframe>"
    ).format(site.copied(path), title, height_px)
    script = Markup('<script src="{}" async></script>').format(site.copied(f"{ASSETS}frame.js"))
    return f"{frame}\n{script}"


def oembed_answer(view: View, state: Mapping[str, str], most_width: int | None, most_height: int | None) -> Any:
    """Return the oEmbed response (https://oembed.com) for a map.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    state
        State of the map, as its URL has it.
    most_width
        Largest width, in pixels; None for no limit.
    most_height
        Largest height, in pixels; None for no limit.
    """
    site = view.context.site
    width = min(WIDTH_PX, most_width or WIDTH_PX)
    height = min(embed_height(width), most_height or NARROW_EMBED_PX)
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="max-width:100%;border:0" '
        'allow="fullscreen"></iframe>'
    ).format(site.absolute(embed_path(view, **state)), embed_title(view), width, height)
    return {
        "type": "rich",
        "version": "1.0",
        "title": embed_title(view),
        "provider_name": text(view.lang, "site.name"),
        "provider_url": site.absolute("/"),
        "cache_age": CACHED_S,
        "html": str(frame),
        "width": width,
        "height": height,
        **_thumbnail(view, most_width or CARD_PX[0], most_height or CARD_PX[1]),
    }


def _thumbnail(view: View, most_width: int, most_height: int) -> dict[str, str | int]:
    """The largest card that fits, if any does."""
    for options in THUMBNAILS:
        width, height = options.size
        if width <= most_width and height <= most_height:
            return {
                "thumbnail_url": _image(view, replace(options, lang=view.lang.tag)),
                "thumbnail_width": width,
                "thumbnail_height": height,
            }
    return {}


def _image(view: View, options: Options) -> str:
    return view.context.site.absolute(image_address(view.proposal.id, view.asked, "png", options, control=view.control))


def embed_title(view: View) -> str:
    """What a frame with a map is called: that it shows a proposal, and what this would do."""
    return named(view.lang, view_headline(view).short)


def page_title(lang: Language, page: str) -> Markup:
    """Return the title of a window: that of the page, and the site's name if there is room.

    Parameters
    ----------
    lang
        Language of the text.
    page
        Title of the page, which may be escaped already.
    """
    whole = Markup(text(lang, "format.titled", page="{page}", site="{site}")).format(
        page=page.strip(), site=text(lang, "site.name")
    )
    return whole if len(whole.unescape()) <= LONGEST_TITLE else escape(page.strip())


def page_of_proposal(lang: Language, texts: Mapping[str, str], page: str) -> str:
    """Return the title of a proposal's page, with the proposal's title, or its short one if that is too long.

    Parameters
    ----------
    lang
        Language of the text.
    texts
        Titles of the proposal, ``title`` and ``short_title``.
    page
        Name of the page in words.
    """
    whole, short = (text(lang, "format.colon").join((page, texts[name])) for name in ("title", "short_title"))
    return whole if len(whole) <= LONGEST_TITLE else short


def alternates(site: Site, path: str, query: str = "") -> dict[str, str]:
    """Return the absolute URLs of a page by language, and as ``x-default``.

    Parameters
    ----------
    site
        The service.
    path
        Path below the language.
    query
        Query of the page, with its question mark.
    """
    found = {tag: site.absolute(f"/{tag}{path}{query}") for tag in site.languages.tags}
    return found | {"x-default": found[DEFAULT]}


def _day(requested: str | None) -> dict[str, str]:
    return {"as_of": requested} if requested else {}
