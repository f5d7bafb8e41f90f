"""Names of files of a copy: one for each address, beside the page that links to it."""

from collections import Counter

import pytest

from webapp.publishing.contents import addresses
from webapp.publishing.making import Copy, site_of
from webapp.publishing.names import file_of, link

NAMES = {
    "/en/": "en/index.html",
    "/en/proposals": "en/proposals.html",
    "/en/map/us-28-points": "en/map/us-28-points.html",
    "/en/map/us-28-points?as_of=2025-11-20": "en/map/us-28-points_2025-11-20.html",
    "/embed/uk/us-28-points?theme=dark": "embed/uk/us-28-points_theme-dark.html",
    "/embed/uk/us-28-points/timeline/crimea": "embed/uk/us-28-points/timeline/crimea.html",
    "/en/timeline/us-28-points?as_of=2025-11-20": "en/timeline/us-28-points.html",
    "/en/timeline/us-28-points?zone=crimea": "en/timeline/us-28-points_crimea.html",
    "/layers/us-28-points/2025-11-20.shp.zip": "layers/us-28-points/2025-11-20.shp.zip",
    "/images/us-28-points/2025-11-20.svg?lang=en": "images/us-28-points/2025-11-20.svg",
    "/images/us-28-points/2025-11-20.svg?size=square&lang=uk": "images/us-28-points/2025-11-20_uk_square.svg",
    "/images/us-28-points/2025-11-20/factsheet.pdf?lang=uk": "images/us-28-points/2025-11-20/factsheet_uk.pdf",
    "/static/map.bundle.js?v=1": "static/map.bundle.js",
    "/catalog.json": "catalog.json",
    "/catalog.json?v=2-0123456789ab": "versions/2-0123456789ab/catalog.json",
    "/layers/us-28-points/2025-11-20/areas.fgb?v=2-0123456789ab": (
        "versions/2-0123456789ab/layers/us-28-points/2025-11-20/areas.fgb"
    ),
    "/layers/us-28-points/2025-11-20.geojson?v=../../x": "layers/us-28-points/2025-11-20.geojson",
    "/places/us-28-points/2025-11-20.json?v=2-0123456789ab": "places/us-28-points/2025-11-20.json",
    "/oembed?url=https%3A%2F%2Fa.example%2F-published-%2Fen%2Fmap%2Fx": "oembed/en/map/x.json",
}


@pytest.mark.parametrize("address", NAMES)
def test_an_address_has_its_file(address: str) -> None:
    assert file_of(address) == NAMES[address]


def test_links_are_relative_to_the_page_that_they_stand_on() -> None:
    assert link("/static/map.js?v=1", "en/map/x.html") == "../../static/map.js?v=1"
    assert link("/en/map/y?as_of=2025-01-01#zone-z", "en/map/x.html") == "y_2025-01-01.html#zone-z"
    assert link("/areas/x/y.csv?v=2-0123456789ab", "en/data.html") == "../versions/2-0123456789ab/areas/x/y.csv"
    assert link("/en/", "index.html") == "en/index.html"
    assert link("/en/map/x", "en/map/x.html", "https://a.example/b") == "https://a.example/b/en/map/x.html"


@pytest.mark.parametrize("base_url", ["", "https://maps.example.org/peace"])
def test_no_two_addresses_of_a_copy_have_one_file(base_url: str) -> None:
    found = addresses(site_of(Copy(proposals=("us-28-points",), base_url=base_url)))
    assert len(found) > 500
    names = Counter(map(file_of, found))
    assert max(names.values()) == 1
    folders = {name.rpartition("/")[0] for name in names}
    assert not folders & set(names)


def test_every_route_is_in_a_copy_or_needs_a_server() -> None:
    """A new kind of address has to be decided on: in `contents.py`, or here."""
    site = site_of(Copy(proposals=("us-28-points",), base_url="https://maps.example.org"))
    from webapp.publishing.making import application

    app = application(Copy(proposals=("us-28-points",), base_url="https://maps.example.org"))
    routes = {str(rule.endpoint) for rule in app.url_map.iter_rules()}
    matched = {app.url_map.bind("").match(address.partition("?")[0])[0] for address in addresses(site)}
    server = {
        "pages.root",
        "pages.bare_language",
        "corrections.corrections",
        "products.accepted_layers",  # by Accept, which a static host does not read
        "products.accepted_areas",
        "ogc.landing",
        "ogc.landing_below",
        "health.healthz",
        "health.readyz",
        "catalogue.year_of_catalog",  # in a copy of a large archive
        "robots.security",
    }  # which is dated by the day
    zones = {name for name in routes if name.startswith("products.") and name.endswith("_zone")} - matched
    assert routes - matched - server - zones == set()
