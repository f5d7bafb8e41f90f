"""Proposals that cannot be drawn: what their file must hold, and that the catalogue has them."""

import json
import tomllib
from pathlib import Path

import pytest

from layers.catalogue.model import Catalogue
from layers.errors import ProposalError
from layers.proposal.loading import proposal_ids
from layers.proposal.undrawn import UNDRAWN, load_undrawn
from tests.words import LANGUAGES


def test_they_are_in_order_of_date_and_none_is_drawn() -> None:
    entries = load_undrawn()
    assert len(entries) >= 7
    assert [entry.when for entry in entries] == sorted(entry.when for entry in entries)
    assert not {entry.id for entry in entries} & set(proposal_ids())
    for entry in entries:
        assert all(entry.reason.by_language()[tag] and entry.title.by_language()[tag] for tag in LANGUAGES)


def test_the_catalogue_has_them(committed: Catalogue) -> None:
    listed = json.loads(committed.document)["undrawn"]
    assert [entry["id"] for entry in listed] == [entry.id for entry in load_undrawn()]
    assert [entry.when for entry in committed.undrawn] == [entry["when"] for entry in listed]
    assert {entry.is_day for entry in committed.undrawn} == {True, False}
    for entry in committed.undrawn:
        assert set(entry.texts) == {"title", "put_forward_by", "reason"}
        assert all((source.url or "https://").startswith("https://") for source in entry.sources)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('month = "2024-09"', 'month = "2024-09"\ndate = 2024-09-11', "undrawn.vance-2024-09: needs a date or a month"),
        ('month = "2024-09"', "", "undrawn.vance-2024-09: needs a date or a month"),
        ('month = "2024-09"', 'month = "2024-13"', "undrawn.vance-2024-09.month: "),
        ('id = "istanbul-2022"', 'id = "vance-2024-09"', "undrawn.vance-2024-09: the id is used 2 times"),
        ("https://", "http://", "sources.0.url: "),
        ("[undrawn.reason]", "[undrawn.because]", "reason: is missing; add it"),
    ],
)
def test_what_is_wrong_is_told_by_key(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = UNDRAWN.read_text("utf-8")
    assert tomllib.loads(text)
    path = tmp_path / "undrawn.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ProposalError) as refused:
        load_undrawn(path)
    assert str(path) in str(refused.value)
    assert words in str(refused.value)
