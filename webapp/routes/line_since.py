"""``/line-since/…``: what changed hands between a proposal's date and each later control map, as JSON, CSV and Atom."""

from flask import Blueprint, Response, request

from layers.comparing.since_rows import line_since_csv
from layers.files import json_bytes
from layers.products.media_types import CSV, JSON
from layers.text.languages import DEFAULT
from webapp.comparing.line_since import FEED, changes_since, line_view
from webapp.context import open_view
from webapp.current_request import chosen_catalogue, chosen_context
from webapp.query import check_names
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import BRIEFLY, finish
from webapp.routes.images import option
from webapp.routes.responding import answer
from webapp.sharing.atom import MEDIA_TYPE
from webapp.sharing.line_feed import line_feed

OPTIONS = ("since", "lang")

blueprint = Blueprint("line_since", __name__)


@blueprint.get("/line-since/<proposal_id>.<any(json, csv, atom):form>")
def line_since(proposal_id: str, form: str) -> Response:
    """Respond with the figures, or with the feed in the language of ``lang``."""
    check_names(request.args, "option", OPTIONS)
    lang = option("language", "lang", DEFAULT, chosen_catalogue().languages.tags)
    since = request.args.get("since") or None
    view = line_view(open_view(chosen_context(lang), proposal_id), since)

    def make() -> Finished:
        found = changes_since(view)
        if form == FEED:
            return finish(line_feed(view, since, found), MEDIA_TYPE)
        name = f"line-since_{proposal_id}_{found['since']}.{form}"
        tag = view.catalogue.control_tag(view.edition)
        body, media_type = (line_since_csv(found), CSV) if form == "csv" else (json_bytes(found), JSON)
        return finish(body, media_type, name, tag)

    return answer(("line-since", proposal_id, form, lang, since or ""), make, BRIEFLY)
