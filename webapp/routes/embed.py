"""``/embed/…``: what other sites may frame, a map or a chart alone."""

from flask import Blueprint, Response, request

from webapp.errors import OptionError
from webapp.pages.map import LIGHT, THEMES, early_links, embed_page, themed_sheet
from webapp.pages.timeline import chart_page
from webapp.pages.tools import TOOL_STATES
from webapp.routes.pages import proposal_page, timeline_answer

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/<lang>/<proposal_id>")
def embed(lang: str, proposal_id: str) -> Response:
    """Respond with the map of a proposal on a date, for frames. Raises OptionError."""
    theme, tools = chosen_theme(), chosen_tools()
    return proposal_page(
        "embed",
        lang,
        proposal_id,
        lambda view, requested: embed_page(view, requested, theme, tools),
        lambda view: early_links(view, (themed_sheet("map", theme), "embed.css")),
        theme,
        *tools,
    )


@blueprint.get("/embed/<lang>/<proposal_id>/timeline/<zone>")
def chart(lang: str, proposal_id: str, zone: str) -> Response:
    """Respond with the chart of a zone, for frames. Raises OptionError."""
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


def chosen_tools() -> tuple[str, ...]:
    """The tools that the request names, and those whose state it has. Raises OptionError."""
    named = [name for name in request.args.get("tools", "").split(",") if name]
    if unknown := [name for name in named if name not in TOOL_STATES]:
        raise OptionError("tools", unknown[0], tuple(TOOL_STATES))
    return tuple(tool for tool, state in TOOL_STATES.items() if tool in named or request.args.get(state))
