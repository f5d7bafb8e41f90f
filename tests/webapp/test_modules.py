"""The map's modules: joined into one that exports what they export, named in an import map that the policy allows."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.webapp.markup import read_html
from webapp.app import create_app
from webapp.errors import ModuleError
from webapp.modules import MODULES, join_modules
from webapp.static_files import FOLDERS, MAP_MODULES, asset_path, read_asset

PAGES = ("/en/map/us-28-points", "/embed/uk/us-28-points")
TWO = {
    "a.js": "// @ts-check\n/* Says what\n   it is. */\n\nconst own = 1;\nexport const shown = own; // an end\n",
    "b.js": 'import { shown } from "./a.js";\n\nconst own = 2;\n\n/** A sum. */\nexport async function sum() {\n'
    '  const text = "/* kept */ // kept";\n  return own + shown;\n}\n',
}


def exports_of(source: str) -> list[str]:
    return re.findall(r"^export (?:async )?(?:const|function) (\w+)", source, re.MULTILINE)


def join(sources: Mapping[str, str]) -> str:
    return join_modules(tuple(sources), lambda name: sources[name])


def test_modules_are_joined_in_order_each_with_its_own_names() -> None:
    assert join(TWO) == (
        "const { shown } = (() => {\nconst own = 1;\nconst shown = own; // an end\nreturn { shown };\n})();\n"
        'const { sum } = (() => {\nconst own = 2;\n\nasync function sum() {\n  const text = "/* kept */ // kept";\n'
        "  return own + shown;\n}\nreturn { sum };\n})();\n"
        "export { shown, sum };\n"
    )


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"b.js": TWO["b.js"], "a.js": TWO["a.js"]}, "b.js: imports a.js, which is not one of the modules before it"),
        ({"a.js": "export const other = 1;\n", "b.js": TWO["b.js"]}, "b.js: a.js does not export shown"),
        ({"a.js": TWO["a.js"], "b.js": "export const shown = 2;\n"}, "b.js: exports shown, and so does a.js"),
        ({"a.js": "export default 1;\n"}, "a.js: 'export default 1;' cannot be joined"),
        ({"a.js": "export let count = 1;\n"}, "a.js: 'export let count = 1;' cannot be joined"),
        ({"a.js": 'import * as all from "./b.js";\n'}, "cannot be joined"),
        ({"a.js": TWO["a.js"], "b.js": 'import { shown as it } from "./a.js";\n'}, "a.js does not export shown as it"),
    ],
)
def test_what_cannot_be_joined_is_refused(sources: Mapping[str, str], said: str) -> None:
    with pytest.raises(ModuleError, match=re.escape(said)):
        join(sources)


def test_all_modules_that_import_others_are_joined_and_the_files_stay_as_they_are(client: FlaskClient) -> None:
    sources = {path.name: path.read_text("utf-8") for path in FOLDERS[""].glob("*.js")}
    importing = {name for name, source in sources.items() if re.search(r"^import ", source, re.MULTILINE)}
    assert importing <= set(MODULES) <= set(sources)
    exported = [name for module in MODULES for name in exports_of(sources[module])]
    joined = read_asset(MAP_MODULES).decode()
    assert joined.endswith(f"export {{ {', '.join(sorted(exported))} }};\n")
    for name in MODULES:
        assert client.get(f"/static/{name}").text == sources[name]


@pytest.fixture(params=["", "/peace"])
def prefix(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A path prefix, or none, of the service's URL."""
    monkeypatch.setenv("CLAUSEMAP_BASE_URL", f"https://maps.example.org{request.param}")
    return str(request.param)


@pytest.fixture
def prefixed(prefix: str, catalogue: Catalogue) -> FlaskClient:
    return create_app(catalogue).test_client()


@pytest.mark.parametrize("path", PAGES)
def test_the_import_map_names_every_module_before_any_is_requested(
    prefixed: FlaskClient, prefix: str, path: str
) -> None:
    page = prefixed.get(path).text
    named = read_html(page).one("script", type="importmap").words
    assert json.loads(named)["imports"] == {
        f"{prefix}/static/{name}": prefix + asset_path(MAP_MODULES) for name in MODULES
    }
    before, _, after = page.partition('type="importmap"')
    assert not re.search(r'type="module"|modulepreload', before)
    assert after.index('rel="modulepreload"') < after.index('type="module"')


@pytest.mark.parametrize("path", [*PAGES, "/en/areas/us-28-points"])
def test_the_policy_allows_the_import_map_and_no_other_inline_script(prefixed: FlaskClient, path: str) -> None:
    answer = prefixed.get(path)
    inline = [script for script in re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.DOTALL) if script[1]]
    run = [words for attributes, words in inline if "json" not in attributes]
    assert len(run) == (path in PAGES)
    hashes = re.findall(r"'sha256-([^']+)'", answer.headers["Content-Security-Policy"])
    assert len(hashes) == 1
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    for words in run:
        assert base64.b64encode(hashlib.sha256(words.encode()).digest()).decode() == hashes[0]


def test_the_script_that_starts_a_map_imports_only_what_the_modules_export(client: FlaskClient) -> None:
    start = client.get("/scripts/en/us-28-points.js")
    names, source = re.findall(r'^import \{ (.*) \} from "(.*)";', start.text)[0]
    assert source == "../../static/map.js"
    assert start.headers["Access-Control-Allow-Origin"] == "*"  # a module in a frame without an origin
    assert set(names.split(", ")) <= set(exports_of(read_asset("map.js").decode()))
    called = set(re.findall(r"^(?:const \w+ = )?(\w+)\(", start.text, re.MULTILINE))
    assert called - {"var"} == set(names.split(", "))
