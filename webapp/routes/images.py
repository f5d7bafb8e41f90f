"""``/images/…``: the map of a proposal on a day as SVG and PNG."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from layers.catalogue import Catalogue, find_edition
from webapp.errors import OptionError
from webapp.finished import BRIEFLY, Finished, answer, finish
from webapp.images import render_png, render_svg
from webapp.images.options import Options, read_options
from webapp.site import chosen_catalogue, current_site

Draw = Callable[[Catalogue, str, str, Options], bytes]

KEPT = ("control", "v")  # what addresses carry besides the options of an image

blueprint = Blueprint("images", __name__)


@blueprint.get("/images/<proposal_id>/<requested>.svg")
def svg(proposal_id: str, requested: str) -> Response:
    """The image as SVG with live text."""
    return _image(proposal_id, requested, "svg", "image/svg+xml", _draw_svg)


@blueprint.get("/images/<proposal_id>/<requested>.png")
def png(proposal_id: str, requested: str) -> Response:
    """The same image as PNG."""
    return _image(proposal_id, requested, "png", "image/png", render_png)


def _image(proposal_id: str, requested: str, suffix: str, media_type: str, draw: Draw) -> Response:
    """Kept for a while only: a drawing changes with the code, which no version in its address tells."""
    options = read_options({name: value for name, value in request.args.items() if name not in KEPT})
    lang = options.lang
    catalogue = chosen_catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    tag = catalogue.control_tag(edition)

    def make() -> Finished:
        body = draw(catalogue, proposal.id, asked, options)
        return finish(body, media_type, f"{proposal.id}_{edition.as_of}{tag}_{lang}.{suffix}", tag)

    response = answer(current_site().finished, (suffix, proposal.id, asked, options), make, BRIEFLY)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def option(what: str, name: str, default: str, known: tuple[str, ...]) -> str:
    """The value of a query option, or its default. Raises OptionError that lists what there is."""
    value = request.args.get(name, default)
    if value not in known:
        raise OptionError(what, value, known)
    return value


def _draw_svg(catalogue: Catalogue, proposal_id: str, asked: str, options: Options) -> bytes:
    return render_svg(catalogue, proposal_id, asked, options).encode()
