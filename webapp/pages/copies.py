"""What pages of a published copy have in the place of what needs a server: ready images, and a first page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from layers.text.languages import Language
from webapp.content_policy import page_policy
from webapp.context import View
from webapp.images.description.description import describe
from webapp.images.options.options import NAMED_SIZES, THEMES, Options, Size
from webapp.images.record import image_address
from webapp.pages.base import Choice, asset_url
from webapp.pages.proposal import fill_page
from webapp.pages.templates import fill_template
from webapp.site import Site
from webapp.text.interface import text

FORMS = ("png", "svg")
BESIDE = {"pdf": "PDF", "txt": "kit.texts_file", "json": "kit.record", "geojson": "kit.geojson"}


@dataclass(frozen=True)
class ThemedImages:
    """The files of a shape in one theme, in every language and form."""

    theme: str
    files: tuple[Choice, ...]


@dataclass(frozen=True)
class ReadyShape:
    """A shape with its size in pixels and its images by theme."""

    label: str
    size: Size
    images: tuple[ThemedImages, ...]


def ready_options(site: Site) -> Iterator[Options]:
    """Yield the options of every image of the own date that a copy holds: all shapes in all themes and languages."""
    shapes = NAMED_SIZES.values() if site.published and site.published.every_shape else ()
    for size, theme, tag in product(shapes, THEMES, site.languages.tags):
        yield Options(size=size, theme=theme, lang=tag)


def ready_images_page(view: View, requested: str | None) -> str:
    """Return the page of images of a copy: links to images of the proposal's own date.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date as the request has it; None for the proposal's own.
    """
    own = Options(lang=view.lang.tag)
    said = describe(view.catalogue, view.proposal, view.asked, view.edition, own)
    first = {form: _file(view, view.asked, form, own) for form in FORMS}
    factsheet = view.address(f"/images/{view.proposal.id}/{view.asked}/factsheet.pdf", lang=own.lang)
    beside = [Choice(_file(view, view.asked, form, own), _named(view.lang, words)) for form, words in BESIDE.items()]
    sizes = {options.size for options in ready_options(view.context.site)}
    return fill_page(
        "images",
        view,
        requested,
        template="copy_images",
        first=first | {"width": own.size[0], "height": own.size[1], "alt": said.alt},
        shapes=[_shape(view, name, size) for name, size in NAMED_SIZES.items() if size in sizes],
        beside=[*beside, Choice(factsheet, text(view.lang, "kit.factsheet"))],
    )


def root_page(site: Site) -> str:
    """Return the first page of a copy, which leads to the reader's language."""
    return _page_of_languages(site, text(site.languages.default, "site.name"), leads_on=True)


def missing_page(site: Site) -> str:
    """Return the page that static hosts show for what is not there."""
    title = " · ".join(text(one, "error.heading_404") for one in site.languages)
    return _page_of_languages(site, title, leads_on=False)


def _page_of_languages(site: Site, title: str, *, leads_on: bool) -> str:
    pages = [Choice(site.address(f"/{one}/"), text(one, "language.name"), tag=one.tag) for one in site.languages]
    return fill_template(
        "copy_root.html",
        {
            "pages": pages,
            "addresses": {page.tag: page.value for page in pages} if leads_on else {},
            "title": title,
            "policy": page_policy(site.tiles),
            "script": asset_url(site, "copy.js"),
            "sheet": asset_url(site, "page.bundle.css"),
        },
    )


def _shape(view: View, name: str, size: Size) -> ReadyShape:
    themed = [
        ThemedImages(text(view.lang, f"kit.theme_{theme}"), tuple(_files(view, Options(size=size, theme=theme))))
        for theme in THEMES
    ]
    return ReadyShape(text(view.lang, f"kit.size_{name.replace('-', '_')}"), size, tuple(themed))


def _files(view: View, options: Options) -> Iterator[Choice]:
    for one in view.context.site.languages:
        for form in FORMS:
            url = _file(view, view.proposal.own_date, form, replace(options, lang=one.tag))
            yield Choice(url, f"{text(one, 'language.name')} {form.upper()}", tag=one.tag)


def _file(view: View, asked: str, form: str, options: Options) -> str:
    return view.context.site.address(image_address(view.proposal.id, asked, form, options))


def _named(lang: Language, words: str) -> str:
    return text(lang, words) if "." in words else words
