"""``/timelines/…``: the areas of a proposal over time as CSV, JSON, for spreadsheets, as SVG and as PNG."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from layers.catalogue.model import Catalogue, Proposal
from layers.tables.timeline import chosen_dates, read_timeline
from webapp.charts.jobs import chart_job
from webapp.charts.order import FORMS, ChartOrder
from webapp.current_request import chosen_catalogue
from webapp.jobs.jobs import job_result
from webapp.query import check_names
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import finish
from webapp.routes.images import option
from webapp.routes.responding import answer_built, answer_drawn
from webapp.text.interface import DEFAULT

OPTIONS = ("lang", "from", "to")

blueprint = Blueprint("timelines", __name__)


@blueprint.get(f"/timelines/<proposal_id>.<any({', '.join(FORMS)}):form>")
def timeline(proposal_id: str, form: str) -> Response:
    """Respond with a timeline: one row a zone and date, or all charts."""
    return _drawn(proposal_id, form) if FORMS[form].drawn else _table(proposal_id, form)


@dataclass(frozen=True)
class Asked:
    """A requested timeline: proposal, first and last control map, language, and the name of its files."""

    catalogue: Catalogue
    proposal: Proposal
    first: str
    last: str
    lang: str
    tag: str

    @property
    def name(self) -> str:
        """The name of a file without language and ending."""
        return "_".join((self.proposal.id, "timeline", self.first, self.last)) + self.tag

    def order(self, form: str, lang: str) -> ChartOrder:
        """The order of a file that another process makes.

        Parameters
        ----------
        form
            Ending of the file, such as ``svg``.
        lang
            Language tag, such as ``uk``.
        """
        return ChartOrder(
            self.catalogue.root, self.catalogue.languages, self.proposal.id, self.first, self.last, lang, form
        )


def _table(proposal_id: str, form: str) -> Response:
    asked = _asked(proposal_id)

    def made() -> Finished:
        row = FORMS[form]
        if row.quick:
            timeline = read_timeline(asked.catalogue, asked.proposal, asked.first, asked.last)
            body = row.write(asked.catalogue, timeline, DEFAULT)
        else:
            body = job_result(chart_job(asked.catalogue, asked.order(form, DEFAULT)))
        return finish(body, row.media_type, f"{asked.name}.{form}", asked.tag)

    return answer_built((form, asked.name), made)


def _drawn(proposal_id: str, form: str) -> Response:
    asked = _asked(proposal_id)
    name = f"{asked.name}_{asked.lang}.{form}"
    return answer_drawn(
        (form, name),
        lambda: job_result(chart_job(asked.catalogue, asked.order(form, asked.lang))),
        lambda body: finish(body, FORMS[form].media_type, name, asked.tag),
    )


def _asked(proposal_id: str) -> Asked:
    """What the current request asks for, by the maps that ``from`` and ``to`` come to."""
    check_names(request.args, "option", OPTIONS)
    catalogue = chosen_catalogue()
    lang = option("language", "lang", DEFAULT, catalogue.languages.tags)
    proposal = catalogue.proposal(proposal_id)
    dates = chosen_dates(proposal, *(request.args.get(name) or None for name in ("from", "to")))
    tag = catalogue.control_tag(proposal.edition_on(dates[-1]))
    return Asked(catalogue, proposal, dates[0], dates[-1], lang, tag)
