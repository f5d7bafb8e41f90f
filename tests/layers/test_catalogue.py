"""The built catalogue as the service reads it: dates, names, and what is told where something is missing."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from layers.catalogue.model import COMMITTED, Catalogue, as_requested, find_edition, find_zone, load_catalogue
from layers.errors import BuildError, DateError, UnknownError
from tests.layers.conftest import VALIDATOR
from webapp.setup import ROOT


def test_dates_follow_the_rule(every_date: Catalogue) -> None:
    plan = every_date.proposal("us-28-points")
    assert [(asked, edition.as_of) for asked, edition in (find_edition(plan, day) for day in (
        None, "2025-11-20", "2025-11-30", "2025-12-01", "2030-01-01", "latest",
    ))] == [
        ("2025-11-20", "2025-11-20"), ("2025-11-20", "2025-11-20"), ("2025-11-30", "2025-11-23"),
        ("2025-12-01", "2025-12-01"), ("2030-01-01", "2026-08-21"), ("2026-08-21", "2026-08-21"),
    ]  # fmt: skip
    asked, edition = find_edition(every_date.proposal("ukraine-20-points"))
    assert (asked, edition.as_of) == ("2025-12-24", "2025-12-24")
    asked, edition = find_edition(every_date.proposal("kellogg-2025-04"))
    assert (asked, edition.as_of) == ("2025-04-11", "2025-04-02")


def test_a_proposal_older_than_the_control_maps_opens_on_the_first(every_date: Catalogue) -> None:
    for name in ("prabowo-2023-06", "putin-2024-06"):
        asked, edition = find_edition(every_date.proposal(name))
        assert (asked, edition.as_of) == ("2024-08-01", "2024-08-01")


@pytest.mark.parametrize(
    "text", ["", "2025-13-01", "20251120", "yesterday", "2025-1-1", "2025-11-20T00:00", "２０２５-11-20"]
)
def test_what_is_no_date_is_refused(every_date: Catalogue, text: str) -> None:
    with pytest.raises(DateError, match="is not a date"):
        find_edition(every_date.proposal("us-28-points"), text)


def test_a_day_before_the_first_names_the_first(every_date: Catalogue) -> None:
    with pytest.raises(DateError, match="the first is of 2024-08-01"):
        find_edition(every_date.proposal("us-28-points"), "2024-07-31")


def test_unknown_names_are_refused_with_what_there_is(every_date: Catalogue) -> None:
    with pytest.raises(UnknownError) as refusal:
        every_date.proposal("us-29-points")
    assert refusal.value.known == tuple(every_date.proposals)
    assert {"ukraine-20-points", "us-28-points"} < set(refusal.value.known)
    plan = every_date.proposal("us-28-points")
    with pytest.raises(UnknownError, match="donetsk-buffer"):
        find_zone(plan, plan.editions["2025-11-20"], "donbas")


def test_the_day_that_was_asked_for_is_answered_too(every_date: Catalogue) -> None:
    requested, edition = find_edition(every_date.proposal("us-28-points"), "2025-11-22")
    layer = json.loads(as_requested(every_date.read(edition.products["layer"]), edition, requested))
    assert {f["properties"]["requested_as_of"] for f in layer["features"]} == {"2025-11-22"}
    assert {f["properties"]["as_of"] for f in layer["features"]} == {"2025-11-20"}
    VALIDATOR.validate(layer)
    table = as_requested(every_date.read(edition.products["areas_csv"]), edition, requested).decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {(row["requested_as_of"], row["as_of"]) for row in rows} == {("2025-11-22", "2025-11-20")}


def test_a_catalogue_that_was_not_built_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="run 'clausemap build' first"):
        load_catalogue(tmp_path)


def test_the_service_reads_the_catalogue_without_heavy_imports() -> None:
    code = (
        "import sys; from layers.catalogue.model import load_catalogue; load_catalogue();"
        "sys.exit(str({'shapely', 'geopandas', 'numpy', 'folium'} & set(sys.modules)) "
        "if {'shapely', 'geopandas', 'numpy', 'folium'} & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_day_that_is_not_built_is_told_and_no_other_is_given() -> None:
    plan = load_catalogue(COMMITTED).proposal("us-28-points")
    assert find_edition(plan, "2025-11-22")[1].as_of == "2025-11-20"
    for day in ("2026-01-01", "latest", "2025-11-19"):
        with pytest.raises(BuildError, match="is not built; run 'clausemap build --all'"):
            find_edition(plan, day)
    with pytest.raises(DateError, match="the first is of 2024-08-01"):
        find_edition(plan, "2024-01-01")


def test_a_damaged_catalogue_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalog.json").write_bytes(COMMITTED.joinpath("catalog.json").read_bytes()[:-100])
    with pytest.raises(BuildError, match=r"damaged .* run 'clausemap build --all'"):
        load_catalogue(tmp_path)
