"""``/areas/…``: the areas of a proposal's zones on a day, as CSV, as JSON and for spreadsheets."""

from flask import Blueprint, Response

from layers.catalogue.model import find_edition
from layers.tables.spreadsheets import area_table
from webapp.requested import chosen_catalogue
from webapp.responses.prebuilt import finish
from webapp.routes.layers import answer_built

CSV = "text/csv; charset=utf-8; header=present"
JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("areas", __name__)


@blueprint.get("/areas/<proposal_id>/<requested>.csv")
def areas_csv(proposal_id: str, requested: str) -> Response:
    """The areas as a table."""
    return _areas(proposal_id, requested, "csv", CSV)


@blueprint.get("/areas/<proposal_id>/<requested>.json")
def areas_json(proposal_id: str, requested: str) -> Response:
    """The areas with all properties of the zones."""
    return _areas(proposal_id, requested, "json", JSON)


@blueprint.get("/areas/<proposal_id>/<requested>.xlsx")
def areas_xlsx(proposal_id: str, requested: str) -> Response:
    """The table for spreadsheets, which take the encoding of a CSV for another one."""
    return _areas(proposal_id, requested, "xlsx", XLSX)


def _areas(proposal_id: str, requested: str, form: str, media_type: str) -> Response:
    catalogue = chosen_catalogue()
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    tag = catalogue.control_tag(edition)
    filename = f"{proposal.id}_areas_{edition.as_of}{tag}.{form}"
    return answer_built(
        ("areas", form, proposal.id, asked),
        lambda: finish(area_table(catalogue, edition, asked, form), media_type, filename, tag),
    )
