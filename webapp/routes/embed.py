"""``/embed/…``: what other sites may frame, a map or a chart alone."""

from flask import Blueprint, Response, request

from webapp.errors import OptionError
from webapp.pages.map import LIGHT, THEMES, early_links, embed_page, themed_sheet
from webapp.pages.timeline import chart_page
from webapp.routes.pages import proposal_page, timeline_answer

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/<lang>/<proposal_id>")
def embed(lang: str, proposal_id: str) -> Response:
    """The map of a proposal on a day, for frames. Raises OptionError."""
    theme = chosen_theme()
    return proposal_page(
        "embed",
        lang,
        proposal_id,
        lambda view, requested: embed_page(view, requested, theme),
        lambda view: early_links(view, (themed_sheet("map", theme), "embed.css")),
        theme,
    )


@blueprint.get("/embed/<lang>/<proposal_id>/timeline/<zone>")
def chart(lang: str, proposal_id: str, zone: str) -> Response:
    """The chart of a zone, for frames. Raises OptionError."""
    theme = chosen_theme()
    return timeline_answer(
        "chart", lang, proposal_id, lambda view, _, timeline: chart_page(view, timeline, zone, theme), zone, theme
    )


def chosen_theme() -> str:
    """The theme that the request names, else light. Raises OptionError."""
    theme = request.args.get("theme") or LIGHT
    if theme not in THEMES:
        raise OptionError("theme", theme, tuple(THEMES))
    return theme
