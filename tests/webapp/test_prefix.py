"""The service below a path of a host: every address that it gives begins with the path and is answered there."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urldefrag, urlsplit
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue, find_edition
from tests.webapp.markup import read_html
from tests.words import LANGUAGES
from webapp.app import create_app
from webapp.errors import SetupError
from webapp.settings import read_settings
from webapp.url_prefix import below

BASE, PREFIX = "https://maps.example.org/peace", "/peace"
PROPOSALS = ("us-28-points",)
LEADING = ("href", "src", "action", "data-state")
DRAWN = re.compile(r"/(images|timelines)/.*\.(png|svg|pdf|json)")  # HEAD draws them too, which takes seconds
PARTS = re.compile(r"[/?&=.@_]|%40")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def prefixed(catalogue: Catalogue) -> FlaskClient:
    """The application below a path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSEMAP_BASE_URL", BASE)
        return create_app(catalogue).test_client()


def addresses_in(page: str) -> set[str]:
    """Every address of the service that a page leads to, sends a form to, loads or gives to its scripts."""
    tree = read_html(page)
    found = {node[name] for node in tree.walk() for name in LEADING if name in node.attributes}
    if tree.all("script", id="page-data"):
        found |= {one for name in ("layers", "files") for one in strings_of(tree.page_data.get(name, {}))}
    own = {address.removeprefix(BASE.removesuffix(PREFIX)) for address in found}
    elsewhere = {link["href"] for link in tree.all("a") if link["href"].startswith("https://")}  # sources and maps read
    return {urldefrag(address).url for address in own - elsewhere if address and not address.startswith("#")}


def strings_of(value: Any) -> Iterator[str]:
    """Every string in what JSON holds."""
    parts: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, str):
        yield value
    for part in parts:
        yield from strings_of(part)


@pytest.mark.slow
def test_every_address_of_every_page_begins_with_the_path_and_is_answered(
    prefixed: FlaskClient, catalogue: Catalogue
) -> None:
    """What is said of other proposals, zones, and dates but their own and the newest leads to addresses as on those."""
    editions = [find_edition(catalogue.proposal(one))[1] for one in PROPOSALS]
    dates = {edition.as_of for edition in editions} | {catalogue.control_dates[-1]}
    zones = {zone for edition in editions for zone in list(edition.zones)[1:]}
    others = set(catalogue.proposals) - set(PROPOSALS) | zones
    pages = {urlsplit(address).path for address in addresses_below_the_path(prefixed, dates, others)}
    assert {
        f"{PREFIX}/{lang}/{page}/{id}" for lang in LANGUAGES for page in ("map", "images") for id in PROPOSALS
    } <= pages


def addresses_below_the_path(prefixed: FlaskClient, dates: Collection[str], others: set[str]) -> set[str]:
    """Every address that pages lead to, all below the path; answered on the dates alone and of no others."""
    waiting, seen = [f"{PREFIX}/"], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = prefixed.get(address, follow_redirects=False)
        assert answer.status_code in {200, 302}, address
        found = {answer.location} if answer.status_code == 302 else set()
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found |= addresses_in(answer.text)
        assert [one for one in found if not one.startswith(f"{PREFIX}/")] == [], address
        fresh = {one for one in found - seen if not DRAWN.search(one)}
        fresh = {one for one in fresh if set(DATE.findall(one)) <= set(dates)}
        fresh = {one for one in fresh if not others.intersection(PARTS.split(one))}
        waiting += sorted(one for one in fresh if one not in waiting)
    return seen


@pytest.mark.parametrize("path", ["/en/map/us-28-points", "/embed/uk/us-28-points"])
def test_what_a_link_header_names_is_below_the_path(prefixed: FlaskClient, path: str) -> None:
    named = re.findall(r"<([^>]+)>", prefixed.get(PREFIX + path).headers["Link"])
    assert len(named) > 5
    assert [address for address in named if not address.startswith(f"{PREFIX}/")] == []


@pytest.mark.slow
def test_images_that_pages_show_are_there_below_the_path(prefixed: FlaskClient) -> None:
    tree = read_html(prefixed.get("/en/").text)
    for image in tree.all("img"):
        assert image["src"].startswith(f"{PREFIX}/images/")
        if f"/{PROPOSALS[0]}/" in image["src"]:  # each is drawn, which takes a second
            assert str(prefixed.get(image["src"]).mimetype).startswith("image/")


def test_a_page_of_an_error_leads_below_the_path(prefixed: FlaskClient) -> None:
    for path in ("/en/map/nope", "/en/map/us-28-points?as_of=1999-01-01", "/fr/", "/en/areas/us-28-points?control=no"):
        answer = prefixed.get(path)
        assert answer.status_code in {400, 404}
        assert {one for one in addresses_in(answer.text) if not one.startswith(f"{PREFIX}/")} == set()


def test_data_names_addresses_below_the_path(prefixed: FlaskClient, catalogue: Catalogue) -> None:
    document = prefixed.get("/catalog.json").get_json()
    plain = create_app(catalogue).test_client().get("/catalog.json").get_json()
    moved = [one for one in strings_of(document) if one.startswith("/")]
    assert moved == [PREFIX + one for one in strings_of(plain) if one.startswith("/")]
    assert prefixed.get(moved[0]).status_code == 200
    record = prefixed.get("/images/us-28-points/2025-11-20.json?format=svg").get_json()
    assert record["url"] == f"{PREFIX}/images/us-28-points/2025-11-20.svg"
    problem = prefixed.get("/layers/us-28-points").get_json(force=True)
    assert f"{PREFIX}/layers/" in problem["detail"]


@pytest.mark.parametrize(
    "path", ["/en/map/us-28-points", "/layers/us-28-points/latest.geojson", "/healthz", "/en/nope"]
)
def test_a_proxy_may_pass_the_path_on_or_take_it_away(prefixed: FlaskClient, path: str) -> None:
    taken_away, passed_on = prefixed.get(path), prefixed.get(PREFIX + path)
    assert (passed_on.status_code, passed_on.data) == (taken_away.status_code, taken_away.data)


def test_only_the_whole_path_counts_as_one() -> None:
    asked = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append((environ["SCRIPT_NAME"], environ["PATH_INFO"]))
        return []

    mounted = below("/peace", application)
    for path in ("/peace", "/peace/", "/peace/en/", "/en/", "/peaceful/", "/peace/peace/"):
        list(mounted({"PATH_INFO": path}, lambda *_: lambda _: None))
    assert [path for _, path in asked] == ["/", "/", "/en/", "/en/", "/peaceful/", "/peace/"]
    assert {name for name, _ in asked} == {"/peace"}
    assert below("", application) is application


@pytest.mark.parametrize("first", ["en", "zh-Hant", "layers", "static", "embed", "images/of"])
def test_a_path_that_the_service_needs_itself_is_refused(first: str) -> None:
    with pytest.raises(SetupError, match="choose another"):
        read_settings({"CLAUSEMAP_BASE_URL": f"https://maps.example.org/{first}"})


def test_the_host_of_a_request_counts_for_nothing(prefixed: FlaskClient) -> None:
    for path in ("/", "/en/map/us-28-points", "/catalog.json"):
        answer = prefixed.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.text + str(answer.headers)


def test_the_server_knows_the_address_that_it_tells(live_server: str) -> None:
    with urlopen(f"{live_server}/robots.txt") as answer:
        assert answer.read().decode().endswith(f"Sitemap: {live_server}/sitemap.xml\n")
