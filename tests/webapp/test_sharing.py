"""What other sites get of the maps: cards, alternates, a data set, frames, oEmbed, and the list of all pages."""

import json
import re
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.proposal.loading import proposal_ids
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES, text
from webapp.app import create_app
from webapp.comparing.line_since import has_line
from webapp.jobs.editions import open_catalogue
from webapp.sharing.cards import embed_height

BASE = "https://maps.example.org/peace"
US, OTHER = "us-28-points", "ukraine-20-points"
TABS = ("map", "areas", "timeline", "points", "images")
OTHERS = tuple(f"/{id}" for id in proposal_ids() if id != US)
DAY = "2025-11-20"


@pytest.fixture(scope="module")
def shared(catalogue: Catalogue) -> FlaskClient:
    """The application with an address of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSEMAP_BASE_URL", BASE)
        return create_app(catalogue).test_client()


def tree_of(client: FlaskClient, path: str) -> Node:
    answer = client.get(path)
    assert answer.status_code == 200
    return read_html(answer.text)


def told(tree: Node, name: str) -> str:
    """What a ``meta`` element of the head says, by its property or its name."""
    (found,) = tree.all("meta", property=name) or tree.all("meta", name=name)
    return found["content"]


def oembed(client: FlaskClient, url: str, **more: str) -> dict[str, Any]:
    answer = client.get("/oembed", query_string={"url": url, **more})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: dict[str, Any] = answer.get_json()
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["", *(f"{tab}/{US}" for tab in TABS), f"embed {OTHER}"])
def test_every_page_has_a_card_with_an_image_of_ours(shared: FlaskClient, lang: str, path: str) -> None:
    framed = path.startswith("embed ")
    tree = tree_of(shared, f"/embed/{lang}/{path[6:]}" if framed else f"/{lang}/{path}")
    assert told(tree, "og:title").replace("\u00a0", " ") in tree.one("head").one("title").words
    assert told(tree, "og:description") == told(tree, "description")
    assert told(tree, "og:locale") == {"en": "en_GB", "uk": "uk_UA", "zh-Hant": "zh_TW"}[lang]
    assert len(tree.all("meta", property="og:locale:alternate")) == 2
    assert told(tree, "twitter:card") == "summary_large_image"
    assert text(lang, "statement.short") in told(tree, "og:image:alt")
    assert re.fullmatch(rf"{BASE}/images/[a-z0-9-]+/[0-9-]+\.png\?(lang={lang}&)?size=1200x630", told(tree, "og:image"))
    assert (told(tree, "og:image:width"), told(tree, "og:image:height")) == ("1200", "630")
    page = f"map/{path[6:]}" if framed else path
    assert told(tree, "og:url") == tree.one("link", rel="canonical")["href"] == f"{BASE}/{lang}/{page}"


@pytest.mark.slow
def test_the_image_of_a_card_is_drawn_in_its_size(shared: FlaskClient) -> None:
    address = told(tree_of(shared, f"/uk/map/{US}?as_of=2026-01-01"), "og:image")
    assert "2026-01-01" in address
    drawn = shared.get(address.removeprefix(BASE)).data
    assert (int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])) == (1200, 630)


@pytest.mark.parametrize("tab", TABS)
def test_a_page_names_itself_in_every_language_on_the_same_day(shared: FlaskClient, tab: str) -> None:
    tree = tree_of(shared, f"/uk/{tab}/{US}?as_of=2026-01-01")
    links = {
        link["hreflang"]: link["href"] for link in tree.all("link", rel="alternate") if "hreflang" in link.attributes
    }
    pages = {lang: f"{BASE}/{lang}/{tab}/{US}?as_of=2026-01-01" for lang in LANGUAGES}
    assert links == pages | {"x-default": pages["en"]}
    assert tree.one("link", rel="canonical")["href"] == pages["uk"]


def test_the_list_of_proposals_leaves_the_language_to_the_reader(shared: FlaskClient) -> None:
    assert tree_of(shared, "/uk/").one("link", hreflang="x-default")["href"] == f"{BASE}/"


@pytest.mark.parametrize("tab", ["map", "areas", "timeline"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_with_figures_describes_its_data_set(
    shared: FlaskClient, catalogue: Catalogue, tab: str, lang: str
) -> None:
    script = tree_of(shared, f"/{lang}/{tab}/{US}").one("script", type="application/ld+json")
    data = json.loads("".join(map(str, script.inside)))
    assert (data["@type"], data["inLanguage"], data["url"]) == ("Dataset", lang, f"{BASE}/{lang}/{tab}/{US}")
    assert data["version"] == catalogue.data_version
    assert text(lang, "statement.short") in data["name"]
    assert 50 < len(data["description"]) < 5000
    dates = catalogue.proposals[US].dates
    assert data["temporalCoverage"] == (f"{dates[0]}/{dates[-1]}" if tab == "timeline" else DAY)
    south, west, north, east = map(float, data["spatialCoverage"]["geo"]["box"].split())
    assert 44 < south < north < 54
    assert 19 < west < east < 41
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {"dateModified", "dateCreated"} & set(data) == set()
    assert len(data["isBasedOn"]) == len(catalogue.proposals[US].sources) + 2
    for file in data["distribution"]:
        answer = shared.get(file["contentUrl"].removeprefix(BASE))
        assert (answer.status_code, answer.mimetype) == (200, file["encodingFormat"])


def test_only_pages_with_figures_describe_a_data_set(shared: FlaskClient) -> None:
    for path in ("/en/", f"/en/points/{US}", f"/en/images/{US}", f"/embed/en/{US}"):
        assert tree_of(shared, path).all("script", type="application/ld+json") == []


@pytest.mark.parametrize("path", [f"/uk/map/{US}", f"/embed/uk/{US}"])
def test_a_map_says_where_its_oembed_is(shared: FlaskClient, path: str) -> None:
    link = tree_of(shared, path).one("link", type="application/json+oembed")
    assert link["href"].startswith(f"{BASE}/oembed?url=")
    assert text("uk", "statement.short") in link["title"]
    answer = shared.get(link["href"].removeprefix(BASE)).get_json()
    frame = read_html(answer["html"]).one("iframe")
    assert frame["src"] == f"{BASE}/embed/uk/{US}"
    assert shared.get(frame["src"].removeprefix(BASE)).status_code == 200


def test_oembed_gives_what_the_specification_asks_for(shared: FlaskClient) -> None:
    found = oembed(shared, f"{BASE}/zh-Hant/map/{US}?as_of=2026-01-01&zone=donetsk-buffer&utm_source=x")
    assert (found["type"], found["version"], found["provider_name"]) == ("rich", "1.0", "Clausemap")
    assert text("zh-Hant", "statement.short") in found["title"]
    frame = read_html(found["html"]).one("iframe")
    assert frame["src"] == f"{BASE}/embed/zh-Hant/{US}?as_of=2026-01-01&zone=donetsk-buffer"
    assert (frame["width"], frame["height"]) == (str(found["width"]), str(found["height"])) == ("800", "640")
    assert frame["title"] == found["title"]
    assert found["thumbnail_url"].startswith(f"{BASE}/images/{US}/2026-01-01.png?")
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (1200, 630)


@pytest.mark.parametrize(
    ("width", "height", "thumbnail"),
    [
        ("600", "400", (480, 360)),
        ("640", "700", (640, 640)),
        ("300", "200", None),
        ("300", "900", None),
        ("5000", "5000", (1200, 630)),
    ],
)
def test_oembed_stays_within_the_limits(
    shared: FlaskClient, width: str, height: str, thumbnail: tuple[int, int] | None
) -> None:
    found = oembed(shared, f"{BASE}/en/map/{OTHER}", maxwidth=width, maxheight=height)
    assert found["width"] == min(int(width), 800)
    assert found["height"] == min(int(height), embed_height(int(width)))
    assert (found.get("thumbnail_width"), found.get("thumbnail_height")) == (thumbnail or (None, None))
    if thumbnail and thumbnail[0] < 1200:
        drawn = shared.get(found["thumbnail_url"].removeprefix(BASE)).data
        assert (int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])) == thumbnail


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://maps.example.org/",
        "https://maps.example.org/en/map/us-28-points",
        "https://maps.example.org/peaceful/en/map/us-28-points",
        f"https://evil.example/peace/en/map/{US}",
        f"https://maps.example.org@evil.example/peace/en/map/{US}",
        f"{BASE}/en/areas/{US}",
        f"{BASE}/en/map/nope",
        f"{BASE}/fr/map/{US}",
        f"{BASE}/en/map/{US}?as_of=1999-01-01",
        f"{BASE}/en/map/{US}?control=nope",
        f"{BASE}/en/map/{US}/../{OTHER}",
        "javascript:alert(1)",
        "https://[",
    ],
)
def test_oembed_knows_no_other_address(shared: FlaskClient, url: str) -> None:
    answer = shared.get("/oembed", query_string={"url": url})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("limit", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("value", ["", "0", "-1", "1e3", "wide", "99999999999", "١٢٣"])
def test_oembed_refuses_limits_that_are_none(shared: FlaskClient, limit: str, value: str) -> None:
    answer = shared.get("/oembed", query_string={"url": f"{BASE}/en/map/{US}", limit: value})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("form", ["xml", "yaml"])
def test_oembed_is_json_alone(shared: FlaskClient, form: str) -> None:
    answer = shared.get("/oembed", query_string={"url": f"{BASE}/en/map/{US}", "format": form})
    assert (answer.status_code, answer.mimetype) == (501, "application/problem+json")
    assert oembed(shared, f"{BASE}/en/map/{US}", format="json") == oembed(shared, f"http{BASE[5:]}/embed/en/{US}")


def test_oembed_is_answered_again_without_a_body(shared: FlaskClient) -> None:
    path = f"/oembed?url={quote(f'{BASE}/en/map/{US}')}"
    first = shared.get(path)
    assert "max-age" in first.headers["Cache-Control"]
    assert shared.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal", [US, OTHER])
def test_an_embed_says_what_it_shows_and_leads_to_the_whole_page(shared: FlaskClient, lang: str, proposal: str) -> None:
    tree = tree_of(shared, f"/embed/{lang}/{proposal}?as_of=2026-01-01")
    assert text(lang, "statement.short") in tree.one("header").words
    assert "2026" in tree.one("header").words
    links = tree.one("footer").all("a")
    assert [link["href"] for link in links] == [f"/peace/{lang}/map/{proposal}?as_of=2026-01-01"]
    assert (links[0]["target"], links[0]["rel"]) == ("_blank", "noopener")
    assert len(tree.all("h1")) == len(tree.all("main")) == 1
    assert tree.all("nav") == []


@pytest.mark.parametrize("path", ["/embed/uk/nope", f"/embed/uk/{US}?as_of=1999-01-01"])
def test_an_error_in_a_frame_is_told_in_its_language_and_leads_out_of_it(shared: FlaskClient, path: str) -> None:
    answer = shared.get(path)
    assert answer.status_code == 404
    tree = read_html(answer.text)
    assert tree.one("html")["lang"] == "uk"
    assert tree.one("base")["target"] == "_blank"


@pytest.mark.slow
def test_search_engines_find_every_page_in_every_language(shared: FlaskClient) -> None:
    assert f"Sitemap: {BASE}/sitemap.xml" in shared.get("/robots.txt").text
    name = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = ElementTree.fromstring(shared.get("/sitemap.xml").data)
    pages = {entry.findtext("loc", namespaces=name) or "" for entry in found.findall("url", name)}
    tabs = [f"/{tab}/{id}" for tab in TABS for id in proposal_ids()]
    lines = [f"/line-since/{id}" for id, proposal in open_catalogue().proposals.items() if has_line(proposal)]
    assert lines
    lists = ("/", "/proposals", "/data", "/corrections", "/draw", "/compare", "/proposals-compared")
    assert pages == {f"{BASE}/{lang}{path}" for lang in LANGUAGES for path in (*lists, *tabs, *lines)}
    for entry in found.findall("url", name):
        assert len(entry.findall("x:link", name)) == len(LANGUAGES) + 1
    for page in (one for one in pages if one.startswith(f"{BASE}/uk/") and not one.endswith(OTHERS)):
        check_canonical(shared, page)


@pytest.mark.wide
def test_every_listed_page_names_its_own_address(shared: FlaskClient) -> None:
    """Those of one proposal in every language, those of the others in English."""
    pages = re.findall(r"<loc>(.*?)</loc>", shared.get("/sitemap.xml").text)
    for page in (one for one in pages if one.startswith(f"{BASE}/en/") or not one.endswith(OTHERS)):
        check_canonical(shared, page)


def check_canonical(shared: FlaskClient, page: str) -> None:
    assert tree_of(shared, page.removeprefix(BASE)).one("link", rel="canonical")["href"] == page


def test_without_an_address_of_its_own_nothing_is_told_that_would_need_one(client: FlaskClient) -> None:
    for path in (f"/en/map/{US}", f"/embed/en/{US}", "/en/"):
        tree = tree_of(client, path)
        assert tree.all("link", rel="canonical") == tree.all("meta", property="og:image") == []
        assert told(tree, "og:title")
        assert "http" not in str([link["href"] for link in tree.all("link")])
    assert client.get("/robots.txt").text == "User-agent: *\nAllow: /\n"
    for path in ("/sitemap.xml", f"/oembed?{urlencode({'url': f'{BASE}/en/map/{US}'})}"):
        answer = client.get(path)
        assert answer.status_code == 501
        assert "CLAUSEMAP_BASE_URL" in answer.get_json(force=True)["detail"]
