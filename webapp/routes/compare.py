"""``/compare/…``: how two editions treat each piece of territory, as GeoJSON, CSV and JSON."""

from flask import Blueprint, Response

from layers.text.languages import DEFAULT
from webapp.comparing.jobs import FORMS, comparison_job
from webapp.comparing.sides import open_side, side_words
from webapp.current_request import chosen_context
from webapp.jobs.jobs import job_result
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import finish
from webapp.routes.responding import answer_built

blueprint = Blueprint("compare", __name__)


@blueprint.get("/compare/<left>/<right>.<any(geojson, csv, json):form>")
def compare(left: str, right: str, form: str) -> Response:
    """Respond with a comparison of two sides, each written as ``open_side`` reads it."""
    context = chosen_context(DEFAULT)
    sides = open_side(context, left), open_side(context, right)
    names = tuple(map(side_words, sides))

    def make() -> Finished:
        body = job_result(comparison_job(*sides, form))
        return finish(body, FORMS[form], f"comparison_{'_'.join(names)}.{form}".replace("@", "_"))

    return answer_built(("compare", *names, form), make)
