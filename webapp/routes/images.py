"""``/images/…``: the map of a proposal on a day as SVG, PNG and PDF, its texts, and the fact sheet."""

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, Response, request

from layers.catalogue.model import Catalogue, Edition, find_edition
from layers.products.media_types import JSON
from webapp.current_request import chosen_catalogue, current_site, requested_control
from webapp.errors import OptionError
from webapp.images.jobs import drawn_image
from webapp.images.options.notes import BETWEEN
from webapp.images.options.options import READERS, Options, read_options, write_options
from webapp.images.order import FACTSHEET, FORMS, GEOJSON, LABELS, PICTURES, order_from
from webapp.images.pairs import with_control_beside
from webapp.images.record import image_address, own_control, record_json, texts_beside
from webapp.query import check_names
from webapp.responses.lasting import version_of_drawing
from webapp.responses.prebuilt import finish
from webapp.routes.responding import answer_drawn

FORMAT = "format"
ON_A_SHEET = ("lang", "theme")
TEXT = "text/plain; charset=utf-8"

Make = Callable[[Catalogue, Edition, str, Options], bytes]

blueprint = Blueprint("images", __name__)


@blueprint.get(f"/images/<proposal_id>/<requested>.<any({', '.join(PICTURES)}):form>")
def picture(proposal_id: str, requested: str, form: str) -> Response:
    """Respond with an image in one of its formats."""

    def make(catalogue: Catalogue, edition: Edition, asked: str, options: Options) -> bytes:
        return drawn_image(catalogue, edition, order_from(catalogue, proposal_id, asked, form, options))

    return _answer(proposal_id, requested, (form, FORMS[form].media_type, form), _asked_words(), make)


@blueprint.get("/images/<proposal_id>/<requested>.geojson")
def features(proposal_id: str, requested: str) -> Response:
    """Respond with what an image draws, as GeoJSON."""

    def make(catalogue: Catalogue, edition: Edition, asked: str, options: Options) -> bytes:
        return drawn_image(catalogue, edition, order_from(catalogue, proposal_id, asked, GEOJSON, options))

    return _answer(proposal_id, requested, (GEOJSON, FORMS[GEOJSON].media_type, GEOJSON), _asked_words(), make)


@blueprint.get("/images/<proposal_id>/<requested>.txt")
def texts(proposal_id: str, requested: str) -> Response:
    """Respond with alternative text, caption and credit of an image."""

    def make(catalogue: Catalogue, edition: Edition, asked: str, options: Options) -> bytes:
        return texts_beside(catalogue, proposal_id, asked, options)

    return _answer(proposal_id, requested, ("txt", TEXT, "txt"), _asked_words(), make)


@blueprint.get("/images/<proposal_id>/<requested>.json")
def record(proposal_id: str, requested: str) -> Response:
    """Respond with the texts of an image, and with URL, size and hash of the image in the format requested."""
    words = _asked_words("option", (*READERS, FORMAT))
    form = option("format", FORMAT, "png", PICTURES)

    def make(catalogue: Catalogue, edition: Edition, asked: str, options: Options) -> bytes:
        drawn = drawn_image(catalogue, edition, order_from(catalogue, proposal_id, asked, form, options))
        labels = drawn_image(catalogue, edition, order_from(catalogue, proposal_id, asked, LABELS, options))
        control, site = requested_control() or own_control(catalogue), current_site()
        address = partial(image_address, proposal_id, asked, form, options, control=control)
        urls = site.address(address()), "" if site.published else site.address(address(v=version_of_drawing(drawn)))
        return record_json(catalogue, proposal_id, asked, options, (drawn, labels), form, urls)

    return _answer(proposal_id, requested, (f"record-{form}", JSON, "json"), words, make)


@blueprint.get("/images/<proposal_id>/<requested>/factsheet.pdf")
def factsheet(proposal_id: str, requested: str) -> Response:
    """Respond with the fact sheet: a few pages with map, areas, clauses and method."""
    words = _asked_words("option of a fact sheet", ON_A_SHEET)

    def make(catalogue: Catalogue, edition: Edition, asked: str, options: Options) -> bytes:
        return drawn_image(catalogue, edition, order_from(catalogue, proposal_id, asked, FACTSHEET, options))

    return _answer(proposal_id, requested, (FACTSHEET, FORMS[FACTSHEET].media_type, "factsheet.pdf"), words, make)


def option(what: str, name: str, default: str, known: tuple[str, ...]) -> str:
    """Return the value of a query option, or its default.

    Parameters
    ----------
    what
        What the option is, for the error message.
    name
        Its name in the query.
    default
        Its value where the query has none.
    known
        All values that the option may have.

    Raises
    ------
    OptionError
        If there is no such value; lists the known ones.
    """
    value = request.args.get(name, default)
    if value not in known:
        raise OptionError(what, value, known)
    return value


def _asked_words(what: str = "option", known: tuple[str, ...] = tuple(READERS)) -> dict[str, str]:
    """The options of an image in the URL. Raises OptionError for an unknown name."""
    check_names(request.args, what, known)
    given = {name: value for name, value in request.args.items() if name in READERS}
    return given | {name: BETWEEN.join(request.args.getlist(name)) for name in given if name == "note"}


def _answer(
    proposal_id: str, requested: str, kind: tuple[str, str, str], words: Mapping[str, str], make: Make
) -> Response:
    """``kind`` is what is asked for, its media type and the ending of its name."""
    name, media_type, ending = kind
    catalogue = chosen_catalogue()
    options = read_options(words, catalogue.languages.tags)
    catalogue = with_control_beside(catalogue, options, current_site().catalogues)
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    tag = catalogue.control_tag(edition)
    filename = f"{proposal.id}_{edition.as_of}{tag}_{_file_words(options)}.{ending}"
    return answer_drawn(
        (name, proposal.id, asked, options),
        lambda: make(catalogue, edition, asked, options),
        lambda body: finish(body, media_type, filename, tag),
    )


def _file_words(options: Options) -> str:
    """What a file's name says of its options: size and theme where they are not the usual ones, and the language."""
    written = write_options(options)
    return "_".join([*(written[name] for name in ("size", "theme") if name in written), options.lang])
