"""``/timelines/…``: the areas of a proposal over time as CSV, JSON, SVG and PNG."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from layers.catalogue import Catalogue, Proposal
from layers.languages import LANGUAGES
from layers.timeline import Timeline, read_timeline, timeline_csv, timeline_json
from webapp.charts import render_png, render_svg
from webapp.finished import BRIEFLY, Finished, answer, finish
from webapp.language import DEFAULT
from webapp.routes.areas import CSV, JSON
from webapp.routes.images import option
from webapp.routes.layers import answer_built
from webapp.site import chosen_catalogue, current_site
from webapp.timelines import DRAWN

MEDIA_TYPES = {"csv": CSV, "json": JSON, "svg": "image/svg+xml", "png": "image/png"}

Make = Callable[[Catalogue, Proposal, Timeline, str], bytes]

blueprint = Blueprint("timelines", __name__)


@blueprint.get("/timelines/<proposal_id>.csv")
def as_csv(proposal_id: str) -> Response:
    """One row a zone and date."""
    return answer_built(*_timeline(proposal_id, "csv", lambda *parts: timeline_csv(parts[2])))


@blueprint.get("/timelines/<proposal_id>.json")
def as_json(proposal_id: str) -> Response:
    """The same rows as JSON."""
    return answer_built(*_timeline(proposal_id, "json", lambda *parts: timeline_json(parts[2])))


@blueprint.get("/timelines/<proposal_id>.svg")
def as_svg(proposal_id: str) -> Response:
    """All charts as SVG with live text."""
    return _drawn(proposal_id, "svg", lambda *parts: render_svg(*parts).encode())


@blueprint.get("/timelines/<proposal_id>.png")
def as_png(proposal_id: str) -> Response:
    """The same charts as PNG."""
    return _drawn(proposal_id, "png", render_png)


def _drawn(proposal_id: str, form: str, make: Make) -> Response:
    """Kept for a while only: a drawing changes with the code, which no version in its address tells."""
    response = answer(current_site().finished, *_timeline(proposal_id, form, make), BRIEFLY)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _timeline(proposal_id: str, form: str, make: Make) -> tuple[tuple[str, ...], Callable[[], Finished]]:
    """The key of an answer and how it is made, by the dates that ``from`` and ``to`` come to."""
    catalogue = chosen_catalogue()
    lang = option("language", "lang", DEFAULT, LANGUAGES)
    proposal = catalogue.proposal(proposal_id)
    since, until = (request.args.get(name) or None for name in ("from", "to"))
    timeline = read_timeline(catalogue, proposal, since, until)
    tag = catalogue.control_tag(proposal.editions[timeline.dates[-1]])
    name = "_".join((proposal.id, "timeline", timeline.dates[0], timeline.dates[-1])) + tag
    name = f"{name}_{lang}" if form in DRAWN else name

    def made() -> Finished:
        return finish(make(catalogue, proposal, timeline, lang), MEDIA_TYPES[form], f"{name}.{form}", tag)

    return (form, name), made
