"""``/images/…``: the map of a proposal on a day as SVG and PNG."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from layers.catalogue import Catalogue, find_edition
from layers.languages import LANGUAGES
from webapp.errors import OptionError
from webapp.finished import Finished, finish
from webapp.language import DEFAULT
from webapp.routes.layers import answer_built
from webapp.site import current_site

SIZES = ("1200x675",)

blueprint = Blueprint("images", __name__)


@blueprint.get("/images/<proposal_id>/<requested>.svg")
def svg(proposal_id: str, requested: str) -> Response:
    """The image as SVG with live text."""
    return _image(proposal_id, requested, "svg", "image/svg+xml", _draw_svg)


@blueprint.get("/images/<proposal_id>/<requested>.png")
def png(proposal_id: str, requested: str) -> Response:
    """The same image as PNG."""
    return _image(proposal_id, requested, "png", "image/png", _draw_png)


def _image(
    proposal_id: str,
    requested: str,
    suffix: str,
    media_type: str,
    draw: Callable[[Catalogue, str, str, str], bytes],
) -> Response:
    lang = _option("language", "lang", DEFAULT, LANGUAGES)
    _option("size", "size", SIZES[0], SIZES)
    catalogue = current_site().catalogue
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)

    def make() -> Finished:
        body = draw(catalogue, proposal.id, asked, lang)
        return finish(body, media_type, f"{proposal.id}_{edition.as_of}_{lang}.{suffix}")

    return answer_built((suffix, proposal.id, asked, lang), make)


def _option(what: str, name: str, default: str, known: tuple[str, ...]) -> str:
    value = request.args.get(name, default)
    if value not in known:
        raise OptionError(what, value, known)
    return value


def _draw_svg(catalogue: Catalogue, proposal_id: str, asked: str, lang: str) -> bytes:
    from webapp.images import render_svg

    return render_svg(catalogue, proposal_id, asked, lang).encode("utf-8")


def _draw_png(catalogue: Catalogue, proposal_id: str, asked: str, lang: str) -> bytes:
    from webapp.images import render_png

    return render_png(catalogue, proposal_id, asked, lang)
