"""Days of a file in every spelling and place; several of them are never united without a word."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from layers.control.checks.cleaning import clean
from layers.control.selection import ControlChoice, choose_study_data
from layers.control.workspace import Workspace
from layers.errors import ControlError
from layers.readers import RawMap, read_control
from layers.reference.reference_data import load_reference_data
from tests.layers.readers.made import collection, feature, kml, kml_polygon, polygon, saved, square

BASE_KM2 = 106_937
NEW, OLD = "2025-11-20", "2022-06-01"
SPELLINGS = {
    "2025-11-20": "2022-06-01",
    "2025/11/20": "2022/06/01",
    "20.11.2025": "01.06.2022",
    "20/11/2025": "01/06/2022",
    "11/20/2025": "06/01/2022",
    "20251120": "20220601",
    "2025-11-20T00:00:00Z": "2022-06-01T00:00:00Z",
    "2025-11-20 23:30:00+02:00": "2022-06-01 01:00:00+03:00",
    "20 Nov 2025": "1 June 2022",
    "November 20, 2025": "June 1, 2022",
    "20 листопада 2025": "1 червня 2022 року",
    "20 ноября 2025 г.": "1 июня 2022 г.",
    "2025年11月20日": "2022年6月1日",
    "Thu, 20 Nov 2025 10:00:00 GMT": "Wed, 01 Jun 2022 10:00:00 GMT",
}  # fmt: skip
COLUMNS = (
    "date",
    "day",
    "as_of",
    "time",
    "timestamp",
    "updated",
    "datetime",
    "Дата",
    "日期",
    "asof",
    "stand",
    "release",
)


def read(folder: Path, document: Any, name: str = "map.geojson", **wishes: Any) -> RawMap:
    return read_control(saved(folder, document, name), **wishes)


def refused(folder: Path, document: Any, name: str = "map.geojson", **wishes: Any) -> ControlError:
    with pytest.raises(ControlError) as error:
        read(folder, document, name, **wishes)
    assert "\n" not in str(error.value)
    return error.value


def of_two_days(column: str, new: Any, old: Any) -> Any:
    """Two states of one map: the newer lies mostly in the older."""
    return collection(
        feature(polygon(square(35, 48, 0.9)), **{column: new}), feature(polygon(square(35, 48, 1.0)), **{column: old})
    )


def test_the_days_of_faults(shared: Path) -> None:
    ukraine = load_reference_data().ukraine
    names = ("k04_folders_per_day.kml", "j80_date_slashes_two_days.geojson", "j83_other_column_two_days.geojson",
             "j84_timestamp_two_days.geojson")  # fmt: skip
    for name in names:
        path = shared / "samples/faults" / name
        with pytest.raises(ControlError, match="--day 2025-11-20") as error:
            read_control(path)
        assert error.value.code == "several-days"
        raw = read_control(path, day=NEW)
        assert (raw.file_date, raw.as_of) == (NEW, NEW)
        assert clean(raw, ukraine).inside_km2 == pytest.approx(BASE_KM2, abs=1)
        assert read_control(path, prefer=NEW).file_date == NEW


@pytest.mark.slow
def test_a_day_behind_a_proposal(tmp_path: Path, shared: Path) -> None:
    path = str(shared / "samples/faults/k04_folders_per_day.kml")
    choice = ControlChoice(Workspace(tmp_path), path, accept_difference=True)
    for wish in (replace(choice, day=NEW), replace(choice, as_of=NEW)):
        assert list(choose_study_data(wish, today=date(2026, 1, 1)).control) == [NEW]
    with pytest.raises(ControlError, match="--day 2025-11-20"):
        choose_study_data(choice, today=date(2026, 1, 1))


@pytest.mark.parametrize("new", SPELLINGS)
def test_every_spelling(tmp_path: Path, new: str) -> None:
    document = of_two_days("date", new, SPELLINGS[new])
    error = refused(tmp_path, document)
    assert error.code == "several-days"
    assert f"({OLD}, {NEW}; column 'date')" in str(error)
    raw = read(tmp_path, document, day=NEW)
    assert (len(raw.held), raw.file_date) == (1, NEW)
    assert read(tmp_path, collection(feature(polygon(square()), date=new))).file_date == NEW


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column(tmp_path: Path, column: str) -> None:
    document = of_two_days(column, NEW, OLD)
    assert refused(tmp_path, document).code == "several-days"
    assert len(read(tmp_path, document, day=OLD).held) == 1
    assert len(read(tmp_path, document, day="all").held) == 2


@pytest.mark.parametrize(
    ("new", "old"), [(1763668800, 1654041600), (1763668800000, 1654041600000), ("1763668800.0", "1654041600.0")]
)
def test_seconds_and_their_thousandths(tmp_path: Path, new: Any, old: Any) -> None:
    document = of_two_days("timestamp", new, old)
    assert f"({OLD}, {NEW}; column 'timestamp')" in str(refused(tmp_path, document))
    assert read(tmp_path, document, day=NEW).file_date == NEW
    sizes = of_two_days("size_m2", new, old)  # the same numbers as areas
    assert len(read(tmp_path, sizes).held) == 2


def test_lists_of_times(tmp_path: Path) -> None:
    document = of_two_days("times", [NEW], [OLD])
    assert refused(tmp_path, document).code == "several-days"
    assert len(read(tmp_path, document, day=NEW).held) == 1


def test_orders_of_day_and_month(tmp_path: Path) -> None:
    assert "(2025-07-05, 2025-08-13;" in str(refused(tmp_path, of_two_days("date", "05/07/2025", "13/08/2025")))
    assert "(2025-05-07, 2025-08-13;" in str(refused(tmp_path, of_two_days("date", "05/07/2025", "08/13/2025")))
    either = of_two_days("date", "05/08/2025", "06/08/2025")
    assert "read in two ways" in str(refused(tmp_path, either))
    assert read(tmp_path, either, day="2025-08-05").file_date == "2025-08-05"
    assert read(tmp_path, either, day="2025-05-08").file_date == "2025-05-08"
    one = collection(feature(polygon(square()), date="05/08/2025"))
    raw = read(tmp_path, one)
    assert raw.file_date is None
    assert [(part.code, part.verdict) for part in raw.findings] == [("unclear-date", "told")]
    assert read(tmp_path, one, prefer="2025-08-05").file_date == "2025-08-05"


@pytest.mark.parametrize(
    "column", ["created", "last_edited_date", "EditDate", "modified", "captured", "updated_at", "held_since"]
)
def test_stamps_of_editing_unite_parts_of_a_map_but_not_its_states(tmp_path: Path, column: str) -> None:
    parts = collection(
        feature(polygon(square(35)), **{column: "2025-03-01"}), feature(polygon(square(36)), **{column: "2025-11-02"})
    )
    raw = read(tmp_path, parts, "map 2025-11-20.geojson")
    assert (len(raw.held), raw.file_date) == (2, NEW)
    assert [(part.code, part.verdict) for part in raw.findings] == [("several-days", "told")]
    assert refused(tmp_path, of_two_days(column, NEW, OLD)).code == "several-days"
    assert len(read(tmp_path, parts, day="2025-03-01").held) == 1


def test_one_day_of_the_map_beside_stamps(tmp_path: Path) -> None:
    times = ("2025-11-18", "2025-11-19")
    parts = (feature(polygon(square(35 + n)), date=NEW, timestamp=time) for n, time in enumerate(times))
    raw = read(tmp_path, collection(*parts))
    assert (len(raw.held), raw.file_date) == (2, NEW)


@pytest.mark.parametrize(
    ("column", "new", "old"),
    [
        ("year", 2025, 2022),
        ("month", "2025-11", "2022-06"),
        ("week", "2025-W47", "2022-W22"),
        ("name", "November 2025", "June 2022"),
    ],
)
def test_months_and_years_are_chosen_with_where(tmp_path: Path, column: str, new: Any, old: Any) -> None:
    error = refused(tmp_path, of_two_days(column, new, old))
    assert (error.code, f'--where "{column}=' in str(error)) == ("several-days", True)
    assert len(read(tmp_path, of_two_days(column, new, old), where=f"{column}={new}").held) == 1
    parts = collection(*(feature(polygon(square(35 + n)), **{column: day}) for n, day in enumerate((new, old))))
    assert len(read(tmp_path, parts).held) == 2


def test_spans_and_intervals(tmp_path: Path) -> None:
    for new, old in (
        ({"valid_from": NEW, "valid_to": None}, {"valid_from": OLD, "valid_to": NEW}),
        ({"date": f"{NEW}/2025-12-01"}, {"date": f"{OLD}/2025-11-19"}),
        ({"timespan": {"begin": NEW}}, {"timespan": {"begin": OLD, "end": "2025-11-19"}}),
    ):
        document = collection(feature(polygon(square(35, 48, 0.9)), **new), feature(polygon(square()), **old))
        assert refused(tmp_path, document).code == "several-days"
        raw = read(tmp_path, document, day=NEW)
        assert (len(raw.held), raw.held[0].bounds[2]) == (1, 35.9)


def test_features_without_a_day_are_told(tmp_path: Path) -> None:
    parts = [feature(polygon(square(35 + n)), date=day) for n, day in enumerate((NEW, None, "unknown"))]
    raw = read(tmp_path, collection(*parts))
    assert (len(raw.held), raw.file_date) == (3, NEW)
    assert "features without a day (column 'date'), taken with those of 2025-11-20: 2" in raw.findings[0].message
    more = collection(*parts, feature(polygon(square(38)), date=OLD))
    assert refused(tmp_path, more).code == "several-days"
    assert "and 2 without a day" in read(tmp_path, more, day=NEW).findings[0].message


def test_a_day_that_is_not_in_the_file(tmp_path: Path) -> None:
    error = refused(tmp_path, of_two_days("date", NEW, OLD), day="2024-01-01")
    assert (error.code, f"there are: {OLD}, {NEW}" in str(error)) == ("unknown-day", True)
    assert refused(tmp_path, collection(feature(polygon(square()))), day=NEW).code == "unknown-day"
    assert read(tmp_path, collection(feature(polygon(square()))), f"map {NEW}.geojson", day=NEW).file_date == NEW


def placed(folder: str, *more: str) -> str:
    ring = square(35, 48, 0.9 if folder == NEW else 1.0)
    return f"<Folder><name>{folder}</name>{''.join(more)}<Placemark>{kml_polygon(ring)}</Placemark></Folder>"


def of_folders(*folders: str) -> str:
    return f"<kml><Document><name>map</name>{''.join(folders)}</Document></kml>"


def test_folders_of_a_kml(tmp_path: Path) -> None:
    for new, old in (
        (NEW, OLD),
        (f"Front {NEW}", f"Front {OLD}"),
        ("20.11.2025", "1.6.2022"),
        ("20 Nov 2025", "1 Jun 2022"),
    ):
        document = of_folders(placed(new), placed(old), placed("Crimea"))
        error = refused(tmp_path, document, "a.kml")
        assert (error.code, "folders" in str(error)) == ("several-days", True)
        assert len(read(tmp_path, document, "a.kml", day=NEW).held) == 2  # what has no day goes with every day
    one = of_folders(f"<Folder><name>days</name>{placed(NEW)}{placed(OLD)}</Folder>")
    assert len(read(tmp_path, one, "a.kml", where=f"folder={NEW}").held) == 1


def test_documents_within_a_kml_are_folders(tmp_path: Path) -> None:
    inner = "".join(f"<Document><name>{day}</name><Placemark>{kml_polygon(square())}</Placemark></Document>"
                    for day in ("Nov 20 2025", "Jun 1 2022"))  # fmt: skip
    assert refused(tmp_path, of_folders(inner), "a.kml").code == "several-days"
    assert len(read(tmp_path, of_folders(inner), "a.kml", day=NEW).held) == 1


def test_days_in_remarks_count_where_polygons_lie_on_one_another(tmp_path: Path) -> None:
    says = f"<description>Станом на {NEW}</description>", f"<description>Станом на {OLD}</description>"
    on_one_another = kml(*(f"{text}{kml_polygon(square())}" for text in says))
    assert refused(tmp_path, on_one_another, "a.kml").code == "several-days"
    apart = kml(*(f"{text}{kml_polygon(square(30 + 5 * place))}" for place, text in enumerate(says)))
    assert len(read(tmp_path, apart, "a.kml").held) == 2
    rows = collection(*(feature(polygon(square()), опис=f"лінія на {day}") for day in ("20.11.2025", "01.06.2022")))
    assert refused(tmp_path, rows).code == "several-days"


def test_what_a_kml_hides_is_left_out(tmp_path: Path) -> None:
    hidden = "<visibility>0</visibility>"
    document = of_folders(placed(NEW), placed(OLD, hidden), placed("2024-01-01", hidden))
    raw = read(tmp_path, document, "a.kml")
    assert (len(raw.held), raw.file_date) == (1, NEW)
    assert ("hidden", "told") in {(part.code, part.verdict) for part in raw.findings}
    assert read(tmp_path, document, "a.kml", day=OLD).file_date == OLD
    every = of_folders(placed(NEW, hidden))
    assert len(read(tmp_path, every, "a.kml").held) == 1
    marked = kml(f"{hidden}{kml_polygon(square(35))}", kml_polygon(square(36)))
    assert len(read(tmp_path, marked, "a.kml").held) == 1


def spanned(begin: str, end: str, size: float) -> str:
    ends = f"<end>{end}</end>" if end else ""
    return f"<TimeSpan><begin>{begin}</begin>{ends}</TimeSpan>{kml_polygon(square(35, 48, size))}"


def test_times_of_a_kml(tmp_path: Path) -> None:
    for end in ("", NEW, "2025-11-19T00:00:00Z"):
        document = kml(spanned(OLD, end, 1.0), spanned(NEW, "", 0.9))
        assert refused(tmp_path, document, "a.kml").code == "several-days"
        raw = read(tmp_path, document, "a.kml", day=NEW)
        assert (len(raw.held), raw.held[0].bounds[2]) == (1, 35.9)
    stamps = [f"<TimeStamp><when>{day}</when></TimeStamp>{kml_polygon(square())}" for day in (NEW, OLD)]
    assert refused(tmp_path, kml(*stamps), "a.kml").code == "several-days"
    in_folders = of_folders(*(placed("x", f"<TimeStamp><when>{day}</when></TimeStamp>") for day in (NEW, OLD)))
    assert len(read(tmp_path, in_folders, "a.kml", day=NEW).held) == 1
    camera = f"<LookAt><TimeStamp><when>{OLD}</when></TimeStamp></LookAt>{stamps[0]}"
    assert read(tmp_path, kml(camera, stamps[0]), "a.kml").file_date == NEW


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Held since 2014-03-18", None),
        ("held_from_2014-03-18", None),
        ("Зайнято з 24.02.2022", None),
        ("Changes 2025-11-01 to 2025-11-20", None),
        ("difference 2025-11-20", None),
        ("Crimea 2014-03-18", None),
        ("Front as of 20 Nov 2025", NEW),
        ("Станом на 20.11.2025", NEW),
        ("deepstate 2025-11-20", NEW),
        ("Held since 2022-02-24, state of 2025-11-20", NEW),
    ],
)
def test_a_day_in_a_free_text(tmp_path: Path, name: str, day: str | None) -> None:
    document = collection(feature(polygon(square()), status="held"), name=name)
    assert read(tmp_path, document).file_date == day


def test_days_in_names_of_files(tmp_path: Path, shared: Path) -> None:
    assert read_control(shared / "samples/faults/j67_layername_date.geojson").file_date is None
    plain = collection(feature(polygon(square())))
    for name, day in (
        ("held since 2014-03-18", None),
        ("карта 20.11.2025", NEW),
        ("1763668800", NEW),
        ("05-08-2025", None),
    ):
        assert read(tmp_path, plain, f"{name}.geojson").file_date == day
    inside = collection(feature(polygon(square())), name="map 2025-11-20")
    assert read(tmp_path, inside, "map 2025-11-21.geojson").file_date == NEW
    assert read(tmp_path, inside, "map 2024-02-01.geojson").file_date is None
