"""The map's modules: joined into one script with Leaflet, which holds under one name what they export."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from tests.webapp.markup import read_html
from webapp.errors import ModuleError
from webapp.javascript import MODULES, NAMESPACE, TOOL_MODULES, join_modules
from webapp.static_files import FOLDERS, TOOLS, asset_path, read_asset

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


def test_javascript_are_joined_in_order_each_with_its_own_names() -> None:
    assert join(TWO) == (
        'const clausemap = (() => {\n"use strict";\n'
        "const { shown } = (() => {\nconst own = 1;\nconst shown = own; // an end\nreturn { shown };\n})();\n"
        'const { sum } = (() => {\nconst own = 2;\n\nasync function sum() {\n  const text = "/* kept */ // kept";\n'
        "  return own + shown;\n}\nreturn { sum };\n})();\n"
        "return { shown, sum };\n})();\n"
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
    assert importing <= {*MODULES, *TOOL_MODULES, "standalone.js", "compare.js"} <= set(sources)
    exported = [name for module in MODULES for name in exports_of(sources[module])]
    joined = read_asset("map.bundle.js").decode()
    assert joined.startswith("/* @preserve")  # Leaflet with its licence, but not the map of its source
    assert "sourceMappingURL" not in joined
    assert joined.endswith(f"return {{ {', '.join(sorted(exported))} }};\n}})();\n")
    for name in (*MODULES, *TOOL_MODULES):
        assert client.get(f"/static/{name}").text == sources[name]


def test_javascript_of_a_later_script_take_what_they_import_from_the_first_one_and_leave_no_name() -> None:
    later = {**TWO, "c.js": 'import { sum } from "./b.js";\n\nexport const twice = () => 2 * sum();\n'}
    joined = join_modules(("c.js",), later.__getitem__, after=tuple(TWO))
    assert joined == (
        f'(() => {{\n"use strict";\nconst {{ sum }} = {NAMESPACE};\nconst {{ twice }} = (() => {{\n'
        "const twice = () => 2 * sum();\nreturn { twice };\n})();\n})();\n"
    )
    with pytest.raises(ModuleError, match=re.escape("c.js: exports shown, and so does a.js")):
        join_modules(("c.js",), {**TWO, "c.js": "export const shown = 3;\n"}.__getitem__, after=tuple(TWO))


def test_the_tools_come_in_a_script_of_their_own(client: FlaskClient) -> None:
    page = client.get(PAGES[0])
    assert asset_path(TOOLS) in page.text
    assert "provideTools" in client.get(asset_path(TOOLS)).text


def test_a_map_has_no_script_but_two_files(client: FlaskClient) -> None:
    for path in PAGES:
        page = client.get(path)
        tree = read_html(page.text)
        classic = [script["src"] for script in tree.all("script") if not {"type", "defer"} & {*script.attributes}]
        assert [source.partition("?")[0].split("/")[1] for source in classic] == ["static", "scripts"]
        assert classic[0] == asset_path("map.bundle.js")


def test_the_script_that_starts_a_map_calls_only_what_the_modules_export(client: FlaskClient) -> None:
    start = client.get("/scripts/en/us-28-points.js")
    names = re.findall(rf"^const {{ (.*) }} = {NAMESPACE};", start.text)[0]
    assert set(names.split(", ")) <= {name for module in MODULES for name in exports_of(read_asset(module).decode())}
    called = set(re.findall(r"^(?:const \w+ = )?(\w+)\(", start.text, re.MULTILINE))
    assert called - {"var"} == set(names.split(", "))
