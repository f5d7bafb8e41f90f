"""What a map loads is named in a Link header, which browsers read before the page; its scripts need no more of it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.webapp.markup import read_html
from tests.words import LANGUAGES

ONE = re.compile(r"<([^>]+)>; rel=preload; as=(style|script|fetch)(; crossorigin)?")
MAPS = [f"/{kind}{lang}{rest}/us-28-points" for lang in LANGUAGES for kind, rest in (("", "/map"), ("embed/", ""))]
DAY = "2026-03-01"


def named(header: str) -> dict[str, list[str]]:
    """The URLs of a Link header by what they are loaded as: what scripts fetch with CORS, or not at all."""
    found: dict[str, list[str]] = {"style": [], "script": [], "fetch": []}
    for one in header.split(", "):
        match = ONE.fullmatch(one)
        assert match, one
        assert bool(match[3]) == (match[2] == "fetch")
        found[match[2]].append(match[1])
    return found


@pytest.mark.parametrize("query", ["", f"?as_of={DAY}"], ids=["own day", "another day"])
@pytest.mark.parametrize("path", MAPS)
def test_the_header_names_what_the_page_loads(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(path + query)
    tree, links = read_html(answer.text), named(answer.headers["Link"])
    data = tree.page_data
    shown = data["zones"]["url"].format(date=data["day"], version=data["zones"]["versions"][data["day"][:4]])
    assert links["fetch"] == [shown, *data["layers"].values()]
    assert set(links["style"]) == {sheet["href"] for sheet in tree.all("link", rel="stylesheet")}
    assert links["script"] == [
        script["src"] for script in tree.all("script") if not {"type", "defer"} & {*script.attributes}
    ]
    for address in (address for group in links.values() for address in group):
        assert client.get(address).status_code == 200, address


def test_the_header_is_there_whatever_the_answer(client: FlaskClient) -> None:
    plain = client.get(MAPS[0])
    packed = client.get(MAPS[0], headers={"Accept-Encoding": "br"})
    same = client.get(MAPS[0], headers={"If-None-Match": plain.headers["ETag"]})
    assert same.status_code == 304
    assert {answer.headers["Link"] for answer in (plain, packed, same)} == {plain.headers["Link"]}
    assert "Link" not in client.get("/en/areas/us-28-points").headers


@pytest.mark.parametrize("path", MAPS)
def test_the_scripts_of_a_map_stand_right_after_it(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    frame, rest = page.split('<script type="application/json" id="page-data">')
    assert 'id="map_1"' in frame
    scripts = re.match(r"\s*".join((r"[^<]*</script>", r"<script [^>]*></script>", r"<script [^>]*></script>")), rest)
    assert scripts
    assert "defer" not in scripts[0]
    assert 'class="zone"' not in frame
