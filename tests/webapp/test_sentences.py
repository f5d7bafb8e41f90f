"""The page of areas has each figure as the sentence that is ready for print."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from layers.text.languages import suffix
from tests.webapp.test_pages import OTHER, PROPOSAL, tree_of
from tests.words import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", [PROPOSAL, OTHER])
def test_each_area_stands_in_words_as_in_the_table_for_spreadsheets(
    client: FlaskClient, proposal_id: str, lang: str
) -> None:
    tree = tree_of(client, f"/{lang}/areas/{proposal_id}", as_of="2026-01-15")
    rows = tree.one("table", class_="ready").one("tbody").all("tr")
    lines = csv.DictReader(io.StringIO(client.get(f"/areas/{proposal_id}/2026-01-15.csv").text))
    written = {line[f"name_{suffix(lang)}"]: line[f"figure_{suffix(lang)}"] for line in lines if line["area_km2"]}
    shown = {row.one("th").words: row.one("td").words for row in rows}
    assert shown == {name: sentence.replace("\u00a0", " ") for name, sentence in written.items()}
