"""Proposals, figures, derivations and pictures in the documentation are those of the data and of the code."""

import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from layers.catalogue.model import COMMITTED, find_edition, load_catalogue
from layers.corrections.loading import load_corrections
from layers.derivations.registry import DERIVATIONS
from layers.proposal.loading import proposal_problems
from layers.proposal.starting import starting_file
from layers.reference.control_series import EMBEDDED_NAME
from layers.reference.reference_data import load_reference_data
from tests.documentation.pages import ALL, README, blocks, page, pictures, shown_commands
from tests.pictures import read_png
from tests.words import read_area
from webapp.cli import main
from webapp.setup import ROOT

SCREENSHOT = Path("docs/map-page.png")
DRAWN = [f"clausemap {command}" for command in shown_commands() if " -o docs/" in command]


def test_derivations_are_those_of_the_registry() -> None:
    sentence = re.search(r"Derivations are (.*?)\.", page("proposals-and-languages.md"), re.DOTALL)
    assert sentence
    assert set(re.findall(r"`([a-z-]+)`", sentence[1])) == set(DERIVATIONS)


def test_proposals_and_dates_are_those_of_the_catalogue() -> None:
    catalogue = load_catalogue(COMMITTED)
    shown = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (\d{4}-\d\d-\d\d) \|$", README, re.MULTILINE)
    found = catalogue.proposals.values()
    assert sorted(shown) == sorted((one.id, one.texts["title"]["en"], one.date) for one in found)
    assert [date for *_, date in shown] == sorted(date for *_, date in shown)
    known = catalogue.proposals["us-28-points"].control_dates
    assert f"any of {len(known)} control maps" in README
    assert "from 1 August 2024 to 21 August 2026" in " ".join(README.split())
    assert (known[0], known[-1]) == ("2024-08-01", "2026-08-21")


def test_shown_zones_are_what_a_proposal_may_have() -> None:
    (shown,) = (block for block in blocks("toml") if "[[zones]]" in block)
    raw = {**tomllib.loads(starting_file("my-plan", date(2025, 11, 20)).decode()), "clauses": []}
    raw |= {"figures": {}, "outcomes": []}  # of the zones that the shown ones stand for
    texts = {key: raw["zones"][0][key] for key in ("name", "says", "open")}
    zones = [{**zone, **texts} for zone in tomllib.loads(shown)["zones"]]
    points = [{**raw["points"][0], "number": number} for number in (1, 2)]
    _, problems = proposal_problems({**raw, "points": points, "zones": zones}, "my-plan", load_reference_data().names)
    assert problems == []


def test_the_shown_correction_can_be_used(tmp_path: Path) -> None:
    (shown,) = (block for block in blocks("toml") if "[[corrections]]" in block)
    (tmp_path / "corrections.toml").write_text(shown, encoding="utf-8")
    (found,) = load_corrections(tmp_path / "corrections.toml")
    assert found.concerned == ("us-28-points",)


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md"])
def test_the_citation_of_the_control_data_is_the_one_in_use(name: str) -> None:
    text = " ".join((ROOT / name).read_text(encoding="utf-8").split())
    assert EMBEDDED_NAME in text


def test_shares_of_water_are_those_of_the_data() -> None:
    catalogue = load_catalogue(COMMITTED)
    _, edition = find_edition(catalogue.proposal("us-28-points"))
    zones: dict[str, Mapping[str, Any]] = {zone["id"]: zone for zone in catalogue.areas(edition)}
    for name, key, words in (
        ("crimea", "inland_water_km2", "of Crimea is lagoons and lakes"),
        ("zaporizhzhia-unheld", "drained_bed_km2", "of Ukrainian-held Zaporizhzhia oblast is the bed"),
    ):
        share = 100 * zones[name][key] / zones[name]["area_km2"]
        assert f"{share:.1f} % {words}" in " ".join(ALL.split())


@pytest.mark.parametrize("text", [README, page("layers-and-api.md")], ids=["README", "layers-and-api"])
def test_figures_are_those_of_the_data(text: str) -> None:
    catalogue = load_catalogue(COMMITTED)
    _, edition = find_edition(catalogue.proposal("us-28-points"))
    buffer: Mapping[str, Any] = next(zone for zone in catalogue.areas(edition) if zone["id"] == "donetsk-buffer")
    own, held = (
        read_area("en", *(figures[key] for key in ("area_km2", "area_low_km2", "area_high_km2")))
        for figures in (buffer, asdict(edition.held))
    )
    for figure in (own.area, own.low, own.high, held.area):
        assert f"{figure} " in text or f"{figure})" in text


@pytest.mark.sweep(3)
@pytest.mark.costly
@pytest.mark.parametrize("picture", sorted({*pictures()} - {SCREENSHOT}), ids=str)
def test_the_pictures_are_what_the_project_draws(picture: Path, tmp_path: Path) -> None:
    command = next((line for line in DRAWN if f"-o {picture}" in line), f"clausemap image us-28-points -o {picture}")
    words = shlex.split(command.replace(str(picture), str(tmp_path / "drawn.png")))[1:]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    shown, drawn = (read_png(path.read_bytes()) for path in (ROOT / picture, tmp_path / "drawn.png"))
    assert shown.shape == drawn.shape
    differing = (shown != drawn).any(axis=2).mean()
    assert differing < 0.02, f"draw it again: {command}"


def test_the_screenshot_is_small() -> None:
    with Image.open(ROOT / SCREENSHOT) as shown:
        assert (shown.format, shown.mode, shown.size) == ("PNG", "P", (1280, 800))
    assert (ROOT / SCREENSHOT).stat().st_size < 100_000


def test_no_picture_is_without_a_page() -> None:
    assert set(pictures()) == {path.relative_to(ROOT) for path in ROOT.glob("docs/**/*.png")}
