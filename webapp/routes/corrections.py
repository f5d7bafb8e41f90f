"""``/corrections``: the page in the reader's language, and the list and the feed of each language."""

from flask import Blueprint, Response, request

from layers.files import json_bytes
from layers.products.media_types import JSON
from webapp.before_request import moved
from webapp.current_request import current_site
from webapp.responses.prebuilt import BRIEFLY, REVALIDATED, finish
from webapp.routes.responding import answer
from webapp.sharing.atom import MEDIA_TYPE
from webapp.sharing.feed import FEED, LIST, PATH, corrections_feed, corrections_list
from webapp.text.interface import choose_language

blueprint = Blueprint("corrections", __name__)


@blueprint.get(PATH)
def corrections() -> Response:
    """To the page, the list or the feed, in the language that the reader accepts best."""
    forms = {"text/html": f"/{{lang}}{PATH}", JSON: LIST, MEDIA_TYPE: FEED}
    form = forms[request.accept_mimetypes.best_match(forms) or "text/html"]
    response = moved(form.format(lang=choose_language(current_site().languages, request.accept_languages)), 302)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = REVALIDATED
    return response


@blueprint.get(LIST.format(lang="<tag>"))
def listed(tag: str) -> Response:
    """All corrections in a language. Raises UnknownError."""
    site = current_site()
    lang = site.languages[tag]
    return answer(("corrections", tag), lambda: finish(json_bytes(corrections_list(site, lang)), JSON), BRIEFLY)


@blueprint.get(FEED.format(lang="<tag>"))
def feed(tag: str) -> Response:
    """The same as an Atom feed. Raises UnknownError."""
    site = current_site()
    lang = site.languages[tag]
    return answer(("corrections", tag, "atom"), lambda: finish(corrections_feed(site, lang), MEDIA_TYPE), BRIEFLY)
