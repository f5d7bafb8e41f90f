"""What the file of a timeline is known by: everything that it is drawn from."""

from dataclasses import replace
from pathlib import Path

from layers.catalogue.model import Catalogue
from layers.text.languages import installed_languages
from webapp.charts.jobs import chart_key
from webapp.charts.order import ChartOrder

ORDER = ChartOrder(Path(), installed_languages(), "us-28-points", "2025-11-20", "2026-01-01", "en", "svg")


def _with_other_areas(catalogue: Catalogue, date: str) -> Catalogue:
    """The catalogue with other bytes of the areas on a date."""
    proposal = catalogue.proposal(ORDER.proposal)
    edition = proposal.edition_on(date)
    file = replace(edition.products["areas_json"], sha256="0" * 64)
    changed = replace(edition, products={**edition.products, "areas_json": file})
    editions = {**proposal.editions, date: changed}
    return replace(catalogue, proposals={**catalogue.proposals, proposal.id: replace(proposal, editions=editions)})


def test_a_key_covers_the_order_the_data_and_the_areas_of_its_dates(catalogue: Catalogue) -> None:
    orders = [ORDER, replace(ORDER, lang="uk"), replace(ORDER, form="png")]
    orders += [replace(ORDER, proposal="e3-2025-11"), replace(ORDER, first="2025-12-01"), replace(ORDER, last="latest")]
    keys = {chart_key(catalogue, order) for order in orders}
    keys.add(chart_key(replace(catalogue, data_version="other"), ORDER))
    keys.add(chart_key(replace(catalogue, control=replace(catalogue.control, id="other")), ORDER))
    keys.add(chart_key(_with_other_areas(catalogue, "2025-11-20"), ORDER))
    assert len(keys) == len(orders) + 3
    assert chart_key(_with_other_areas(catalogue, "2024-08-01"), ORDER) == chart_key(catalogue, ORDER)
