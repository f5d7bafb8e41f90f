"""``corrections.toml``: what is refused, and that the project's own is true to proposals and languages."""

from pathlib import Path

import pytest

from layers.catalogue.model import COMMITTED, load_catalogue
from layers.corrections.loading import CORRECTIONS, latest_replacement, load_corrections
from layers.errors import CorrectionError
from layers.text.languages import installed_languages

ONE = """
[[corrections]]
id = "one"
date = 2026-01-02
replaces = "1-0123456789ab"
changes = [{ proposal = "a-plan", as_of = 2025-12-01, zone = "a-zone", before_km2 = 2, after_km2 = 1.5 }]
title = { en = "One" }
text = { en = "Why", uk = "Чому" }
"""
OTHER = """
[[corrections]]
id = "other"
date = 2026-03-04
proposals = ["b-plan"]
title = { en = "Other" }
text = { en = "Why" }
"""


def refused(folder: Path, content: str) -> str:
    path = folder / "corrections.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorrectionError) as error:
        load_corrections(path)
    assert str(error.value).startswith(f"{path}: ")
    return str(error.value)


def test_own_and_further_ones_are_read_the_latest_first(tmp_path: Path) -> None:
    for name, content in (("first", ONE), ("second", OTHER)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    found = load_corrections(tmp_path / "first", tmp_path / "second", tmp_path / "none")
    assert [correction.id for correction in found] == ["other", "one"]
    assert [correction.concerned for correction in found] == [("b-plan",), ("a-plan",)]
    languages = installed_languages()
    assert [found[1].words("text", languages[tag]) for tag in ("uk", "zh-Hant")] == [("Чому", "uk"), ("Why", "en")]
    assert latest_replacement(found, "a-plan") is found[1]
    assert latest_replacement(found, "b-plan") is None


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "one"', "", "corrections.0.id: is missing"),
        ("date = 2026-01-02", 'date = "soon"', "corrections.one.date: "),
        ('replaces = "1-0123456789ab"', 'replaces = "0.1"', "corrections.one.replaces: "),
        ("before_km2 = 2,", "befor_km2 = 2,", "corrections.one.changes.0.befor_km2: is not a key"),
        (", before_km2 = 2, after_km2 = 1.5", "", "corrections.one.changes.0"),
        ("after_km2 = 1.5", "after_km2 = -1.5", "corrections.one.changes.0.after_km2: "),
        ('title = { en = "One" }', 'title = { uk = "Один" }', "corrections.one.title: "),
        ('{ en = "Why", uk', '{ en = "Why", Ukrainian', "corrections.one.text: "),
        ('{ en = "Why"', r'{ en = "Wh\u0007y"', "corrections.one.text: "),
        ("[[corrections]]", "[[correction]]", "correction: is not a key"),
        ("[[corrections]]", "[[corrections", "not TOML"),
        ("id", "id", "corrections.one: the id"),
    ],
)
def test_a_fault_is_named_by_file_entry_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in ONE
    if "the id" in key:
        message = refused(tmp_path, ONE + OTHER.replace("other", "one"))
    else:
        message = refused(tmp_path, ONE.replace(old, new, 1))
    assert key in message


def test_those_of_the_project_are_in_every_language_and_name_what_there_is() -> None:
    catalogue, tags = load_catalogue(COMMITTED), {"en", "uk", "zh-Hant"}
    found = load_corrections(CORRECTIONS)
    assert found
    for correction in found:
        assert set(correction.title) == set(correction.text) == tags
        assert set(correction.concerned) <= set(catalogue.proposals)
        for change in correction.changes:
            assert change.as_of.isoformat() in catalogue.control_dates
            zones = next(iter(catalogue.proposals[change.proposal].editions.values())).zones
            assert change.zone in zones, change.zone
            assert change.before_km2 != change.after_km2
