"""Every page is valid HTML: html-validate finds nothing, with its recommended rules and none of them turned off."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask

from layers.catalogue.model import Catalogue
from tests.conftest import skip_unless_ci
from tests.single_map import single_map
from tests.words import LANGUAGES
from webapp.app import create_app
from webapp.images.gallery import INDEX, Drawn, GalleryRequest, gallery_files
from webapp.images.options.options import Options
from webapp.setup import ROOT
from webapp.setup.assets import node_command

VALIDATOR = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
PRESETS = ["html-validate:recommended", "html-validate:standard", "html-validate:a11y"]
RULES = {
    "root": True,
    "extends": PRESETS,
    "rules": {
        "heading-level": "error",
        "long-title": ["error", {"maxlength": 100}],
        "prefer-native-element": ["error", {"exclude": ["listbox"]}],  # points of a drawing are moved in their list
    },
}
US = "us-28-points"
TABS = ("map", "areas", "timeline", "points", "images")
KINDS = (*(f"/{{lang}}/{tab}/{{id}}" for tab in (*TABS, "line-since")), "/embed/{lang}/{id}")
PAGES = ("", "proposals", "corrections", "compare", "proposals-compared", "draw")
LISTS = tuple(f"/{{lang}}/{page}" for page in PAGES)
API = (
    "",
    "/api.html",
    "/conformance",
    "/collections",
    f"/collections/{US}_buffer",
    f"/collections/{US}_site/items?limit=3&offset=3",
    f"/collections/{US}_buffer/items/donetsk-buffer_2025-11-20",
)
ODD = (
    f"/en/timeline/{US}?from=2025-11-20&to=2025-11-20",
    f"/en/areas/{US}?as_of=2026-01-02",
    f"/en/images/{US}?size=1x1",
    f"/uk/images/{US}?zones=crimea,nowhere&size=own&width=900&height=600&title=%22%3C%26",
    "/en/map/nope",
    f"/uk/areas/{US}?as_of=1999-01-01",
    f"/zh-Hant/map/{US}?control=nope",
    "/fr/",
    "/embed/en/nope",
)


@pytest.fixture(scope="module")
def app(catalogue: Catalogue) -> Flask:
    """The application with all that a page may have: cards for other sites, and control maps to choose from."""
    return create_app(catalogue, {"made": single_map(catalogue)}, base_url="https://maps.example.org/peace")


def faults(folder: Path, pages: dict[str, bytes]) -> dict[str, list[str]]:
    """What html-validate finds in pages by their addresses, in one run."""
    if not VALIDATOR.is_file():
        skip_unless_ci("no html-validate; `make node_modules/tools` installs it")
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES))
    names = {f"{number}.html": address for number, address in enumerate(pages)}
    for name, address in names.items():
        (folder / name).write_bytes(pages[address])
    report = folder / "found.json"  # it ends before a full pipe is read
    command = [*node_command(), str(VALIDATOR), "--formatter", f"json={report.name}", *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {
        names[Path(file["filePath"]).name]: [
            f"{found['line']} {found['ruleId']}: {found['message']}" for found in file["messages"]
        ]
        for file in json.loads(report.read_text())
        if file["messages"]
    }


def fetched(app: Flask, addresses: Iterable[str]) -> dict[str, bytes]:
    client = app.test_client()
    wanted = {"Accept": "text/html"}
    return {address: client.get(f"/peace{address}", headers=wanted).data for address in addresses}


def in_turn(number: int) -> str:
    return LANGUAGES[number % len(LANGUAGES)]


@pytest.fixture(scope="module")
def found(app: Flask, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is found in pages of every kind and in a broken one, by address."""
    kinds = [kind.format(lang=in_turn(number), id=US) for number, kind in enumerate((*LISTS, *KINDS))]
    few_dates = [page.replace(f"timeline/{US}", f"timeline/{US}?from=2025-11-20&to=2026-01-01") for page in kinds]
    pages = fetched(app, (*few_dates, f"/en/areas/{US}?control=made", *(f"/ogc{path}" for path in API), *ODD))
    wanted = GalleryRequest(
        catalogue.root, catalogue.languages, US, "2025-11-20", ("svg", "png", "pdf"), Options(lang="uk")
    )
    drawn = [Drawn(options, dict.fromkeys(wanted.forms, b"")) for options in wanted.all_options()]
    pages["gallery"] = gallery_files(catalogue, wanted, drawn)[INDEX]
    assert all(b"<!DOCTYPE html>" in page for page in pages.values())
    pages["broken"] = broken(pages["/en/map/nope"])
    return faults(tmp_path_factory.mktemp("pages"), pages)


def broken(page: bytes) -> bytes:
    figure = b"<figure><p>a</p><figcaption>b</figcaption><details><summary>c</summary></details></figure>"
    return page.replace(b"<h1>", b"<h1> </h1><h3 role='heading'>").replace(b"</main>", figure + b"</main>")


def test_pages_of_every_kind_are_valid(found: dict[str, list[str]]) -> None:
    assert {address: faulty for address, faulty in found.items() if address != "broken"} == {}


def test_what_is_wrong_is_found(found: dict[str, list[str]]) -> None:
    rules = {fault.split()[1].rstrip(":") for fault in found["broken"]}
    assert rules >= {"element-permitted-order", "heading-level", "no-redundant-role", "empty-heading"}


@pytest.mark.slow
def test_every_page_is_valid(app: Flask, catalogue: Catalogue, tmp_path: Path) -> None:
    """Each kind of each proposal, and each kind in each language: these take turns."""
    lists = [kind.format(lang=lang) for kind in LISTS for lang in LANGUAGES]
    kinds = [
        kind.format(lang=in_turn(row + column), id=name)
        for row, name in enumerate(catalogue.proposals)
        for column, kind in enumerate(KINDS)
    ]
    assert faults(tmp_path, fetched(app, (*lists, *kinds))) == {}
