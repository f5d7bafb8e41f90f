"""``/changes/…``: the areas that changed hands between two dates of the control map, with figures by oblast."""

from flask import Blueprint, Response, abort

from layers.products.media_types import GEOJSON
from webapp.changes.jobs import can_compare, changes_job, changes_order
from webapp.current_request import chosen_catalogue
from webapp.jobs.jobs import job_result
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import finish
from webapp.routes.responding import answer_built

blueprint = Blueprint("changes", __name__)


@blueprint.get("/changes/<one>/<other>.geojson")
def changes(one: str, other: str) -> Response:
    """Respond with the areas that differ as GeoJSON; 404 if the control map is not used as it was imported."""
    catalogue = chosen_catalogue()
    if not can_compare(catalogue):
        abort(404)
    order = changes_order(catalogue, one, other)

    def make() -> Finished:
        return finish(job_result(changes_job(catalogue, order)), GEOJSON, f"{order.name}.geojson")

    return answer_built(("changes", order.first, order.second), make)
