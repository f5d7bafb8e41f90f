"""Links of a copy: every address in a text becomes relative, what needs a server leads nowhere and says so."""

import pytest

from webapp.publishing.links import NEEDS_SERVICE, Links, UnpublishedError

FILES = {"en/map/x.html", "en/map/x_2025-01-01.html", "static/a.css", "images/x/2025-01-01_uk.svg", "index.html"}
LINKS = Links(FILES)
FILE = "en/map/x.html"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a href="/-published-/en/map/x#zone-y">', '<a href="x.html#zone-y">'),
        ('<a href="/-published-/en/map/x?as_of=2025-01-01&amp;v=2">', '<a href="x_2025-01-01.html?v=2">'),
        ('{"page":"/-published-/en/map/x?as_of={date}"}', '{"page":"x_{date}.html"}'),
        ("&lt;img src=&#34;/-published-/images/x/2025-01-01.svg?lang=uk&amp;amp;v=1&#34;", None),
        ('url("/-published-/static/a.css")', 'url("../../static/a.css")'),
    ],
)
def test_addresses_become_relative(text: str, found: str | None) -> None:
    expected = found or "&lt;img src=&#34;../../images/x/2025-01-01_uk.svg?v=1&#34;"
    assert LINKS.relative(text, FILE) == expected


def test_whole_urls_stay_whole() -> None:
    links = Links(FILES, "https://a.example/b")
    assert links.relative("https://a.example/b/-published-/en/map/x", FILE) == "https://a.example/b/en/map/x.html"
    assert links.relative("https://a.example/b/elsewhere", FILE) == "https://a.example/b/elsewhere"


@pytest.mark.parametrize("query", ["control=own", "v=2&amp;control=own", "control=own&amp;as_of=2025-01-01"])
def test_the_control_map_of_a_copy_is_not_named(query: str) -> None:
    found = Links(FILES, control="own").relative(f'<a href="/-published-/en/map/x?{query}">', FILE)
    rest = query.replace("&amp;", "").replace("control=own", "")
    assert found == f'<a href="{"x_2025-01-01.html" if "as_of" in rest else "x.html" + rest.replace("v=", "?v=")}">'


def test_what_needs_a_server_is_no_link() -> None:
    assert LINKS.relative('<a href="/-published-/en/map/other">', FILE) == f'<a {NEEDS_SERVICE}">'


def test_anything_else_that_is_missing_is_an_error() -> None:
    with pytest.raises(UnpublishedError, match=r"en/map/x.html: shows /images/y.svg"):
        LINKS.relative('<img src="/-published-/images/y.svg">', FILE)
