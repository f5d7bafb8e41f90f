"""A catalogue in an index and a file a proposal and year: the same as in one document, and nothing else is given."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from layers.build.sink import FolderSink
from layers.build.years import WrittenYears
from layers.catalogue.differences import areas_of, differences, read_areas
from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue, write_document
from layers.errors import BuildError, DamagedFileError
from layers.text.figures import date_text, month_words
from layers.text.languages import installed_languages
from webapp.app import create_app
from webapp.pages.days import days_data, listed_days

US, DAY = "us-28-points", "2025-11-20"
DAYS = ("2023-12-31", "2024-02-29", "2024-03-01", DAY)


@pytest.fixture
def split(tmp_path: Path) -> Catalogue:
    """A proposal on four days of three years, whose years are in files; of the control maps one more is known."""
    base = load_catalogue(COMMITTED)
    root, known = Path(shutil.copytree(COMMITTED, tmp_path / "data")), (*DAYS, "2025-12-01")
    years = WrittenYears(FolderSink(root), known, base.control.id)
    for day in DAYS:
        years.add(US, replace(base.proposal(US).editions[DAY], as_of=day))
    years.write()
    made = years.editions[US]
    proposal = replace(base.proposal(US), years=made.years, kinds=made.kinds)
    written = write_document(replace(base, control_dates=known, proposals={US: proposal}))
    (root / "catalog.json").write_bytes(written)
    return load_catalogue(root)


def test_it_is_the_same_as_in_one_document(split: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "catalog.json").write_bytes(split.document)
    whole = load_catalogue(tmp_path / "whole")
    one, other = (found.proposal(US) for found in (split, whole))
    assert dict(one.editions) == dict(other.editions)
    assert tuple(one.editions) == DAYS
    assert whole.document == split.document
    assert split.index == (split.root / "catalog.json").read_bytes()
    assert read_areas(split.root).editions == read_areas(tmp_path / "whole").editions
    assert differences(read_areas(split.root), areas_of(split, read_areas(split.root))).is_empty
    assert [(year.year, year.dates) for year in one.years] == [("2023", ()), ("2024", ()), ("2025", (DAY,))]


def test_there_is_none_on_other_dates(split: Catalogue) -> None:
    editions = split.proposal(US).editions
    for day in ("2022-01-01", "2024-03-02", "2025-12-01", "2024", "", "2026-01-01"):
        assert day not in editions
        assert editions.get(day) is None


@pytest.mark.parametrize("content", [None, b"", b"[\n{}\n]\n"])
def test_a_damaged_year_is_refused_with_its_name_and_the_others_are_there(
    split: Catalogue, content: bytes | None
) -> None:
    path = split.root / US / "2024.json"
    path.unlink() if content is None else path.write_bytes(content)
    editions = split.proposal(US).editions
    with pytest.raises(DamagedFileError, match=f"{US}/2024.json"):
        editions["2024-02-29"]
    assert editions[DAY].as_of == DAY
    client = create_app(split).test_client()
    answer = client.get(f"/areas/{US}/2024-02-29.json")
    assert (answer.status_code, f"{US}/2024.json" in answer.get_json()["detail"]) == (503, True)
    assert client.get(f"/catalog/{US}/2025.json").status_code == 200


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret", "a/../../b"])
def test_a_year_elsewhere_is_refused(split: Catalogue, path: str) -> None:
    document = json.loads(split.index)
    document["proposals"][0]["years"][0]["path"] = path
    (split.root / "catalog.json").write_text(json.dumps(document))
    with pytest.raises(BuildError, match=r"years\.0\.path"):
        load_catalogue(split.root)
    with pytest.raises(BuildError, match="not a catalogue"):
        read_areas(split.root)


def test_a_large_archive_names_its_years(split: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(split).test_client()
    (listed,) = client.get("/catalog.json").get_json()["proposals"]
    assert "years" not in listed
    monkeypatch.setattr("layers.catalogue.model.LISTED_EDITIONS", 3)
    (named,) = create_app(split).test_client().get("/catalog.json").get_json()["proposals"]
    assert "editions" not in named
    parts = [client.get(year["url"]).get_json() for year in named["years"]]
    assert [edition for part in parts for edition in part["editions"]] == listed["editions"]
    lost = client.get(f"/catalog/{US}/1999.json")
    assert (lost.status_code, lost.get_json()["known"]) == (404, ["2023", "2024", "2025"])


def test_scripts_call_dates_as_pages_do() -> None:
    for lang in installed_languages():
        for day in ("2024-02-29", "2025-11-05", "2026-08-21"):
            year, month, date = map(int, day.split("-"))
            words = month_words(lang)[month - 1].replace("{day}", str(date)).replace("{year}", str(year))
            assert words == date_text(lang, day)
        assert days_data(lang, ("2024-02-28", "2024-03-01", "2025-03-01"))["steps"] == (2, 365)


def test_of_many_dates_a_year_is_listed_whole_and_the_last_of_each_month() -> None:
    days = [
        f"{year}-{month:02}-{day:02}" for year in range(2016, 2026) for month in range(1, 13) for day in range(1, 29)
    ]
    found = listed_days(days, "2020-05-07")
    assert len(found) == 12 * 28 + 9 * 12
    assert [day for day in found if day.startswith("2024")][:2] == ["2024-01-28", "2024-02-28"]
    assert listed_days(days[:100]) == tuple(days[:100])
