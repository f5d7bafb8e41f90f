"""Days that cannot be, days that are not the file's own, and totals that jump."""

import re
from datetime import date
from pathlib import Path

import pytest
import shapely

from layers.control.checks.dates import check_dates, check_jump
from layers.control.checks.names import CHECKS
from layers.control.towns import HELD_SINCE_2014, check_sides, check_towns, missing_towns, towns_held_since_2014
from layers.errors import SourceError
from layers.readers import RawMap, read_control
from tests.layers.readers.made import collection, feature, polygon, saved, square
from webapp.setup import ROOT

TODAY = date(2026, 1, 15)


def dated(folder: Path, day: str | None, name: str = "map.geojson") -> RawMap:
    properties = {} if day is None else {"date": day}
    return read_control(saved(folder, collection(feature(polygon(square()), id=1, **properties)), name))


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        ("2025-11-20", False),
        ("2014-02-20", False),
        ("2026-01-16", False),
        ("2014-02-19", True),
        ("2202-02-02", True),
        ("2026-01-17", True),
        ("2025-02-30", True),
        ("2025-13-01", True),
    ],
)
def test_a_day_that_cannot_be(tmp_path: Path, day: str, refused: bool) -> None:
    for raw in (dated(tmp_path, day), dated(tmp_path, None, f"map_{day}.geojson")):
        assert raw.file_date == day
        codes = [finding.code for finding in check_dates(raw, None, TODAY)]
        assert codes == (["impossible-date"] if refused else [])


@pytest.mark.parametrize(("as_of", "refused"), [(17, True), (18, False), (20, False), (22, False), (23, True)])
def test_a_day_far_from_the_files_own(tmp_path: Path, as_of: int, refused: bool) -> None:
    findings = check_dates(dated(tmp_path, "2025-11-20"), date(2025, 11, as_of), TODAY)
    assert [finding.code for finding in findings] == (["date-mismatch"] if refused else [])


def test_a_day_given_that_cannot_be(tmp_path: Path) -> None:
    findings = check_dates(dated(tmp_path, None), date(2202, 2, 2), TODAY)
    assert [(finding.code, finding.verdict) for finding in findings] == [("impossible-date", "refused")]
    assert check_dates(dated(tmp_path, None), date(2025, 11, 20), TODAY) == []


def test_the_content_is_asked_before_the_name(tmp_path: Path) -> None:
    assert dated(tmp_path, "2025-11-19", "map_20251120.geojson").file_date == "2025-11-19"
    assert dated(tmp_path, None, "map_20251120.geojson").file_date == "2025-11-20"
    assert dated(tmp_path, None, "map_12345678.geojson").file_date is None
    assert dated(tmp_path, "20.11.2025").file_date == "2025-11-20"
    assert dated(tmp_path, "autumn").file_date is None


def test_an_edition_may_have_changed_long_before(tmp_path: Path, shared: Path) -> None:
    given = shared / "samples/faults/2025-08-05 nzz-like.json"
    raw = read_control(given)
    assert (raw.file_date, raw.changed, raw.as_of) == ("2025-08-05", "2025-07-31", "2025-08-05")
    assert "its edition is of 2025-08-05, its last change of 2025-07-31" in [part.message for part in raw.findings]
    assert check_dates(raw, date(2025, 8, 5), TODAY) == []
    other = tmp_path / "map.json"  # without an edition, the change stands for a month
    other.write_bytes(given.read_bytes())
    raw = read_control(other)
    assert (raw.file_date, raw.changed) == ("2025-07-31", "2025-07-31")
    (told,) = check_dates(raw, date(2025, 8, 13), TODAY)
    assert (told.code, told.verdict) == ("last-change", "told")
    for day in (date(2025, 9, 5), date(2025, 7, 20)):
        assert [part.code for part in check_dates(raw, day, TODAY)] == ["date-mismatch"]


def test_isw_too_may_have_changed_long_before(tmp_path: Path) -> None:
    item = feature(polygon(square()), layer_type="ukraine_control_map", date="2025-11-08")
    raw = read_control(saved(tmp_path, collection(item), "isw_2025-11-20.geojson"))
    assert (raw.file_date, raw.changed) == ("2025-11-20", "2025-11-08")
    assert check_dates(raw, date(2025, 11, 20), TODAY) == []
    later = saved(tmp_path, collection(item), "isw_2026-01-10.geojson")  # too far to be the same map
    assert read_control(later).file_date == "2025-11-08"


KNOWN = {"2025-11-01": 100_000.0, "2025-11-18": 115_000.0, "2025-11-25": 109_000.0, "2026-01-30": 50_000.0}


def test_a_jump_is_refused_unless_accepted() -> None:
    assert check_jump("2025-11-20", 114_000, KNOWN, accept=False) == []
    (low,) = check_jump("2025-11-20", 109_500, KNOWN, accept=False)
    assert (low.code, low.verdict) == ("jump", "refused")
    assert "against 2025-11-18" in low.message
    assert "--accept-jump" in low.message
    both = check_jump("2025-11-20", 51_000, KNOWN, accept=True)
    assert [finding.verdict for finding in both] == ["told", "told"]


def test_days_months_apart_may_differ_more_but_not_without_end() -> None:
    assert check_jump("2026-04-01", 57_000, KNOWN, accept=False) == []
    assert [finding.code for finding in check_jump("2026-04-01", 10_000, KNOWN, accept=False)] == ["jump"]
    assert [finding.code for finding in check_jump("2031-04-01", 10_000, KNOWN, accept=False)] == ["jump"]
    assert check_jump("2025-12-01", 109_500, {"2025-12-01": 1.0, "2025-11-25": 109_000.0}, accept=False) == []
    assert check_jump("2025-12-01", 109_500, {}, accept=False) == []


def test_towns_held_since_2014() -> None:
    towns = towns_held_since_2014()
    assert tuple(towns) == HELD_SINCE_2014
    everywhere = shapely.box(22, 44, 41, 53)
    assert missing_towns(everywhere, towns) == ()
    assert check_towns(everywhere, towns) == []
    without_crimea = shapely.box(22, 46.5, 41, 53)
    assert missing_towns(without_crimea, towns) == ("Simferopol", "Sevastopol", "Kerch")
    (told,) = check_towns(without_crimea, towns)
    assert (told.code, told.verdict) == ("incomplete", "told")


def test_a_list_of_towns_that_lacks_one(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("name_en,lat,lon\nDonetsk,48,37\n")
    with pytest.raises(SourceError, match="Simferopol"):
        towns_held_since_2014(tmp_path)


def test_every_code_in_the_source_is_in_the_table_of_checks() -> None:
    used: set[str] = set()
    towns = ROOT / "layers/control/towns.py"
    for path in [*(ROOT / "layers/readers").rglob("*.py"), *(ROOT / "layers/control/checks").glob("*.py"), towns]:
        text = path.read_text("utf-8")
        used |= set(re.findall(r'(?:ControlError|Finding)\(\s*"([a-z0-9-]+)"', text))
    assert used == set(CHECKS)


def test_a_map_that_holds_what_was_never_held_is_refused() -> None:
    (finding,) = check_sides(shapely.box(29, 49.5, 33, 52))
    assert (finding.code, finding.verdict) == ("wrong-side", "refused")
    assert "Kyiv" in finding.message
    assert check_sides(shapely.box(33, 44, 36, 46)) == []


def test_any_day_may_be_allowed(tmp_path: Path) -> None:
    """What was imported before is derived again without asking what day it is."""
    assert check_dates(dated(tmp_path, "2025-11-20"), date(2025, 11, 20), date.max) == []
