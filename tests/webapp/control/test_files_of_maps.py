"""A service with several control maps: what its files, catalogue and errors say, and that nothing mixes them."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.embedded import EMBEDDED
from tests.made_workspace import COMPLETED, DAY, LATER, ONE
from tests.webapp.control.conftest import NAMES, PROPOSAL, WORDS_OF_SEVERAL, asked_of, own_addresses, page, read_json
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, date_text, text
from webapp.app import create_app

LIGHT_ASKS = """
import json, sys
from pathlib import Path
from layers.catalogue.model import load_catalogue
from webapp.app import create_app
others = [load_catalogue(Path(root)) for root in json.loads(sys.argv[1])]
client = create_app(None, {one.control.id: one for one in others}).test_client()
answers = [client.get(path).status_code for path in json.loads(sys.argv[2])]
print(json.dumps([answers, [name for name in json.loads(sys.argv[3]) if name in sys.modules]]))
"""
HEAVY = ("geopandas", "folium", "pandas", "shapely", "pyproj", "numpy", "matplotlib", "thorvg_python")


@pytest.mark.slow
def test_data_carries_name_and_hash(client: FlaskClient, others: dict[str, Catalogue]) -> None:
    sha = hashlib.sha256(f"{ONE} {DAY}".encode()).hexdigest()
    later = hashlib.sha256(f"{ONE} {LATER}".encode()).hexdigest()
    tag, late = f"_{ONE}-{sha[:8]}", f"_{ONE}-{later[:8]}"
    expected = {
        f"/layers/{PROPOSAL}/{DAY}.geojson": f"{PROPOSAL}_{DAY}{tag}.geojson",
        f"/layers/{PROPOSAL}/{DAY}/crimea.geojson": f"{PROPOSAL}_crimea_{DAY}{tag}.geojson",
        f"/areas/{PROPOSAL}/{DAY}.csv": f"{PROPOSAL}_areas_{DAY}{tag}.csv",
        f"/images/{PROPOSAL}/{DAY}.svg": f"{PROPOSAL}_{DAY}{tag}_en.svg",
        f"/timelines/{PROPOSAL}.csv": f"{PROPOSAL}_timeline_{DAY}_{LATER}{late}.csv",
        f"/timelines/{PROPOSAL}.svg": f"{PROPOSAL}_timeline_{DAY}_{LATER}{late}_en.svg",
    }
    for path, filename in expected.items():
        answer = client.get(f"{path}?control={ONE}")
        assert answer.headers["Content-Disposition"] == f'inline; filename="{filename}"'
        assert (late if "timeline" in path else tag) in answer.headers["ETag"]
    for zone in read_json(client, f"/areas/{PROPOSAL}/{DAY}.json?control={ONE}")["zones"]:
        assert zone["control_source"] == f"{ONE}: Made Map (sha256 {sha[:12]}; one map, no interval); edges kept, {DAY}"
        assert (zone["control_sha256"], zone["area_low_km2"], zone["area_high_km2"]) == (sha, None, None)
        assert "maker of the control map decides" in zone["licence"]


@pytest.mark.sweep(2)
@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["images", "timelines"])
def test_a_drawing_says_whose_map_it_is_and_claims_no_licence(client: FlaskClient, kind: str, lang: str) -> None:
    path = f"/images/{PROPOSAL}/{DAY}.svg" if kind == "images" else f"/timelines/{PROPOSAL}.svg"
    drawn = client.get(f"{path}?control={ONE}&lang={lang}").text
    own = client.get(f"{path}?lang={lang}").text
    for words, shown in (("Made Map", drawn), (text(lang, "format.comma").join(("Clausemap", "CC BY 4.0")), own)):
        assert words in _read(shown)
    assert text(lang, "format.comma").join(("Clausemap", "CC BY 4.0")) not in _read(drawn)
    assert not [words for words in WORDS_OF_SEVERAL[lang] if words in _read(drawn)]


def _read(svg: str) -> str:
    """The words of a drawing in a row, lines joined as they were broken."""
    tree = read_html(svg)
    return "".join(" ".join(node.words for node in tree.walk() if node.tag in ("tspan", "desc")).split("\u2060"))


def test_the_catalogue_lists_control_maps_and_addresses_that_name_them(client: FlaskClient) -> None:
    listed = read_json(client, "/catalog.json")["controls"]
    assert [(entry["id"], entry["maps"]) for entry in listed] == list(zip(NAMES, (3, 1, 1, 3), strict=True))
    for entry in listed:
        document = read_json(client, entry["url"])
        assert document["control"]["id"] == entry["id"]
        edition = document["proposals"][1]["editions"][-1]
        layer = client.get(edition["layer"]["url"])
        assert hashlib.sha256(layer.data).hexdigest() == edition["layer"]["sha256"]


def test_the_embedded_data_is_named_where_another_map_is_first(
    catalogue: Catalogue, others: dict[str, Catalogue]
) -> None:
    client = create_app(others[ONE], {EMBEDDED: catalogue}).test_client()
    document = read_json(client, f"/catalog.json?control={EMBEDDED}")
    for proposal in document["proposals"]:
        for edition in proposal["editions"][-2:]:
            layer = client.get(edition["layer"]["url"])
            assert hashlib.sha256(layer.data).hexdigest() == edition["layer"]["sha256"]
    assert read_json(client, "/catalog.json")["control"]["id"] == ONE


def test_an_unknown_control_map_is_a_problem_that_lists_what_there_is(client: FlaskClient) -> None:
    for path in (f"/layers/{PROPOSAL}/latest.geojson", f"/images/{PROPOSAL}/latest.png", "/catalog.json"):
        answer = client.get(f"{path}?control=none")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert json.loads(answer.data)["known"] == list(NAMES)
        assert "control map 'none'" in json.loads(answer.data)["detail"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_control_map_on_a_page_leads_to_those_that_there_are(client: FlaskClient, lang: str) -> None:
    tree = page(client, f"/{lang}/areas/{PROPOSAL}?as_of={LATER}&control=none", 404)
    assert text(lang, "error.control", name="none") in tree.words
    links = [link["href"] for link in tree.one("main").one("ul").all("a")]
    assert [asked_of(address) for address in links] == [{"as_of": [LATER], "control": [name]} for name in NAMES]
    assert all("none" not in address for address in own_addresses(tree))
    for address in links:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("where", "status"), [(f"map/{PROPOSAL}?as_of=2020-01-01&", 404), ("map/none?", 404), ("nothing?", 404)]
)
def test_an_error_page_keeps_the_control_map(client: FlaskClient, where: str, status: int, lang: str) -> None:
    addresses = own_addresses(page(client, f"/{lang}/{where}control={ONE}", status))
    assert len(addresses) > 4
    assert {asked_of(address).get("control", [""])[0] for address in addresses} == {ONE}


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_that_begins_after_the_draft_is_reached_from_the_list(client: FlaskClient, lang: str) -> None:
    opened = page(client, f"/{lang}/map/{PROPOSAL}?control={COMPLETED}")
    days = {"requested": date_text(lang, "2025-11-20"), "as_of": date_text(lang, LATER)}
    assert text(lang, "day.own_before", **days) in opened.words
    refused = page(client, f"/{lang}/map/{PROPOSAL}?control={COMPLETED}&as_of=2025-11-20", 404)
    assert text(lang, "error.date", name="2025-11-20", first=LATER) in refused.words
    home = page(client, f"/{lang}/?control={COMPLETED}")
    addresses = [address for address in own_addresses(home) if PROPOSAL in address]
    ways = [address for address in addresses if not address.startswith("/images/")]  # each is drawn
    assert ways
    assert {client.get(address).status_code for address in ways} == {200}


@pytest.mark.slow
def test_answers_of_control_maps_do_not_mix(catalogue: Catalogue, others: dict[str, Catalogue]) -> None:
    paths = [f"/layers/{PROPOSAL}/{LATER}.geojson", f"/areas/{PROPOSAL}/{LATER}.csv", f"/en/areas/{PROPOSAL}"]
    paths += [f"/images/{PROPOSAL}/{LATER}.svg", f"/timelines/{PROPOSAL}.json", f"/en/timeline/{PROPOSAL}"]
    together, *alone = (create_app(catalogue, others).test_client() for _ in range(1 + len(NAMES) + 1))
    for path in paths:
        day = {"as_of": LATER} if path.startswith("/en/areas/") else {}
        queries = {name: {"control": name, **day} for name in NAMES} | {"": day}
        bodies = {name: together.get(path, query_string=query).data for name, query in queries.items()}
        for fresh, (name, query) in zip(alone, reversed(queries.items()), strict=True):
            assert together.get(path, query_string=query).data == bodies[name]
            assert fresh.get(path, query_string=query).data == bodies[name]
        different = {name: bodies[name] for name in NAMES}
        assert len(set(different.values())) == len(NAMES)


@pytest.mark.slow
def test_nothing_heavy_is_imported_to_answer_for_a_chosen_map(others: dict[str, Catalogue], app: Flask) -> None:
    client = app.test_client()
    drawn = [f"/uk/map/{PROPOSAL}", f"/en/timeline/{PROPOSAL}", f"/timelines/{PROPOSAL}.svg"]
    for path in drawn:  # what was drawn once is kept
        assert client.get(f"{path}?control={ONE}").status_code == 200
    data = [f"/layers/{PROPOSAL}/latest.geojson", f"/areas/{PROPOSAL}/latest.json", f"/timelines/{PROPOSAL}.csv"]
    paths = ["/en/", f"/en/areas/{PROPOSAL}", "/context/oblasts.geojson", "/catalog.json", *data, *drawn]
    asked = [f"{path}?control={ONE}" for path in paths]
    roots = json.dumps([str(one.root) for one in others.values()])
    command = [sys.executable, "-c", LIGHT_ASKS, roots, json.dumps(asked), json.dumps(HEAVY)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(said.stdout) == [[200] * len(asked), []]


def test_a_chosen_map_is_kept_out_of_the_repository(others: dict[str, Catalogue]) -> None:
    assert all("built" in one.root.parts and Path("layers") not in one.root.parents for one in others.values())
