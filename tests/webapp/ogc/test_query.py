"""Queries of the OGC API: what is understood, and what is refused with a list of what there is."""

import pytest

from webapp.errors import OptionError
from webapp.ogc.boxes import BoundingBox
from webapp.ogc.query import LIMIT, MOST, PARAMETERS, Query, check_parameters, read_form, read_query


def asked(**given: str) -> Query:
    written = {name: [value] for name, value in given.items()}
    check_parameters(written, PARAMETERS)
    read_form(written)
    return read_query(written)


@pytest.mark.parametrize(
    ("datetime", "days"),
    [
        ("2025-11-20", ("2025-11-20", "2025-11-20")),
        ("2025-11-20T", ("2025-11-20", "2025-11-20")),  # GDAL's
        ("2025-11-20T12:00:00Z", ("2025-11-20", "2025-11-20")),
        ("2025-11-20t23:59:59.999z", ("2025-11-20", "2025-11-20")),
        ("2025-11-20T01:00:00+02:00", ("2025-11-19", "2025-11-19")),
        ("2025-11-01/2025-11-30T00:00:00Z", ("2025-11-01", "2025-11-30")),
        ("2025-11-01/..", ("2025-11-01", "")),
        ("2025-11-01/", ("2025-11-01", "")),
        ("../2025-11-30", ("", "2025-11-30")),
        ("/2025-11-30", ("", "2025-11-30")),
    ],
)
def test_a_datetime_is_a_day_or_an_interval(datetime: str, days: tuple[str, str]) -> None:
    query = asked(datetime=datetime)
    assert (query.since, query.until) == days


@pytest.mark.parametrize(
    ("bbox", "boxes"),
    [
        ("36,47,37.5,48", (BoundingBox(36, 47, 37.5, 48),)),
        ("36,47,-100,37.5,48,9e3", (BoundingBox(36, 47, 37.5, 48),)),
        ("+36.,47,36,47", (BoundingBox(36, 47, 36, 47),)),
        ("170,-5,-170,5", (BoundingBox(170, -5, 180, 5), BoundingBox(-180, -5, -170, 5))),
    ],
)
def test_a_box_has_four_sides_or_six(bbox: str, boxes: tuple[BoundingBox, ...]) -> None:
    assert asked(bbox=bbox).boxes == boxes


def test_a_page_has_no_more_than_the_most() -> None:
    assert asked().limit == LIMIT
    assert asked(limit="7").limit == 7
    assert asked(limit=str(MOST + 1)).limit == MOST
    assert asked(limit="9" * 900).limit == MOST


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        *(("limit", value, "1000") for value in ("0", "-1", "1.5", "", "ten", "１")),
        *(("offset", value, "0") for value in ("-1", "x", "")),
        *(
            ("bbox", value, "west,south,east,north")
            for value in ("", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,5,2,4", "nan,1,2,3", "inf,1,2,3", "1, 2,3,4")
        ),
        *(
            ("datetime", value, "2025-11-01/..")
            for value in (
                "", "..", "/", "../..", "2025", "2025-13-01", "2025-02-30", "yesterday", "2025-11-30/2025-11-01",
                "2025-11-20T25:00:00Z", "2025-11-20T12:00:00", "2025-01-01/2025-02-01/2025-03-01", "20251120",
            )
        ),
        ("crs", "3857", "held_by"),
        ("f", "xml", "html"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_what_there_is(name: str, value: str, says: str) -> None:
    with pytest.raises(OptionError) as refused:
        asked(**{name: value})
    assert says in refused.value.known


def test_a_parameter_is_given_once() -> None:
    with pytest.raises(OptionError, match="limit=…"):
        check_parameters({"limit": ["1", "2"]}, PARAMETERS)


def test_the_query_of_a_page_reads_back() -> None:
    query = asked(bbox="36,47,37,48", datetime="2025-11-01/..", limit="5", clause="21d")
    assert query.page(10) == "?bbox=36,47,37,48&datetime=2025-11-01/..&clause=21d&limit=5&offset=10"
    assert Query().page(0) == ""
    assert {"limit", "bbox", "datetime", "oblast"} <= set(PARAMETERS)
