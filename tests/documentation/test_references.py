"""URLs, settings, links and versions in the documentation exist, and those that exist are documented."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
from flask import Flask

from tests.documentation.pages import ALL, PAGES, PROSE, README, inline_code, page, table
from webapp.app import create_app
from webapp.cli import main
from webapp.images.options.options import LONGEST, NAMED_SIZES, Options
from webapp.settings import VARIABLES, Settings, variable
from webapp.setup import ROOT

FOLDERS = {"/srv/languages/pl/", "/etc/systemd/system/", "/etc/clausemap.env", "/vsicurl/"}  # on a disk, or GDAL's
URLS = sorted({code for code in inline_code() if re.fullmatch(r"/[\w/.?=&@-]*", code)} - FOLDERS)
(OEMBED,) = (code for code in inline_code() if code.startswith("/oembed"))
PLATFORM = {"CI", "PATH", "PATH_INFO"}  # variables of the platform and of WSGI, no settings of Clausemap
LEFT_COLUMN = re.compile(
    r"finished bytes|made ready|spoken of|speaks? of|crumbs|in a word|\btold\b|\btells\b|\bkept\b|\banswers?\b|"
    r"\basked for\b|\bhangs? together\b|\bblank\b"
)


@pytest.fixture(scope="module")
def app() -> Flask:
    """The service at the URL that the documentation shows."""
    shown = re.search(r"`(http://[\d.:]+)/`", README)
    assert shown
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLAUSEMAP_REPORT", "maps@example.org")
        return create_app(base_url=shown[1])


@pytest.mark.parametrize("url", [*URLS, OEMBED])
def test_every_url_works(url: str, app: Flask) -> None:
    response = app.test_client().get(url)
    assert response.status_code == (302 if url in ("/", "/corrections") else 200)


def test_every_other_date_that_is_shown_works(app: Flask) -> None:
    named = re.findall(r"`\?as_of=([\d-]+)`", ALL)
    assert named
    for date in named:
        assert app.test_client().get(f"/en/map/us-28-points?as_of={date}").status_code == 200


def test_every_route_is_documented(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    shown = [*URLS, "/en", "/oembed"]  # "/en" redirects to "/en/"
    documented = {adapter.match(urlsplit(url).path, return_rule=True)[0].rule for url in shown}
    for rule in app.url_map.iter_rules():
        variants = {rule.rule, re.sub(r"<any\((.*?)\):(\w+)>", r"<\2>", rule.rule)}
        variants |= {re.sub(r"<zone_id>\.[\w.]+$", "<zone_id>.geojson", rule.rule)}  # "in each of the other formats"
        variants |= {rule.rule.replace("/control/<control>", "")}  # an API of each control map is as that of the first
        assert variants & documented, f"{rule.rule} is not documented"


def settings() -> Iterator[str]:
    """Every environment variable that the code reads: those of the model, and those that are none of Clausemap's."""
    yield from VARIABLES
    for room in ("geo", "layers", "webapp"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield from re.findall(r"^CLAUSEMAP_[A-Z_]+$", node.value)
            yield from re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', text)
            yield from re.findall(r'envvar="([A-Z_]+)"', text)


def test_settings_are_those_of_the_code() -> None:
    rows = table(README, "variable")
    listed = [name for row in rows for name in inline_code(row[0])]
    assert set(listed) == set(settings()) - PLATFORM
    assert len(listed) == len(set(listed))
    assert set(re.findall(r"CLAUSEMAP_[A-Z]+(?:_[A-Z]+)*", ALL)) <= set(listed)


def test_defaults_of_settings_are_those_of_the_code() -> None:
    defaults = {row[0]: row[1] for row in table(README, "variable")}
    options = {one.name: one.default for one in main.commands["serve"].params if isinstance(one, click.Option)}
    assert defaults["`HOST`, `PORT`"] == f"`{options['host']}`, `{options['port']}`"
    meanings = {row[0]: row[2] for row in table(README, "variable")}
    for field, about in Settings.model_fields.items():
        name = f"`{variable(field)}`"
        assert meanings[name] == about.description
        assert defaults[name] == f"`{about.default}`" or not about.default


def test_options_of_images_are_those_of_the_code() -> None:
    rows = table(page("images.md"), "option")
    assert {name for row in rows for name in inline_code(row[0])} == set(Options.__dataclass_fields__)
    sizes = next(row[1] for row in rows if row[0] == "`size`")
    assert set(inline_code(sizes)) == {*NAMED_SIZES, "WxH"}
    assert set(LONGEST) == {"title", "subtitle", "credit"}


def headings(text: str) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files_and_headings(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)(.+?)\)", PAGES[path]):
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), target
        assert not anchor or anchor in headings(file.read_text(encoding="utf-8")), target


def test_files_that_are_named_exist() -> None:
    """In backticks, below a folder of the project: `layers/zones/kinds.py`; of `<id>` and the like only the folder."""
    roots = "|".join(path.name for path in ROOT.iterdir() if path.is_dir())
    named = {code for code in inline_code() if re.fullmatch(rf"(?:{roots})/[\w./<>-]*", code)}
    assert len(named) > 20
    for name in named - {"layers/cache/", "layers/languages/pl/"}:
        assert (ROOT / name.partition("<")[0]).exists(), name


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(re.findall(r"\]\((docs/.+?\.md)\)", README))
    assert linked == {path.relative_to(ROOT).as_posix() for path in PAGES} - {"README.md"}


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_the_version_is_one() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"] == version
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert (locked["version"], locked["packages"][""]["version"]) == (version, version)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[([\d.]+)\] - (\d{4}-\d\d-\d\d)$", changes, re.MULTILINE)
    assert released[0][0] == version
    assert released == sorted(released, reverse=True)
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: {version}\ndate-released: "{released[0][1]}"\n' in citation


def test_changes_are_added_changed_or_fixed() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r"^### (.+)$", changes, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_words_are_those_of_the_field() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert not LEFT_COLUMN.findall(PROSE + changes)
