"""Images by their address: three languages, two formats, kept once drawn."""

import struct
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.words import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"
DAY = "2025-11-20"
TWO = LANGUAGES[0], LANGUAGES[-1]  # whose images another test draws, too


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_image_in_each_language(client: FlaskClient, lang: str) -> None:
    svg = client.get(f"/images/us-28-points/{DAY}.svg?lang={lang}")
    png = client.get(f"/images/us-28-points/{DAY}.png?lang={lang}")
    assert (svg.mimetype, png.mimetype) == ("image/svg+xml", "image/png")
    drawn = ElementTree.fromstring(svg.data)
    assert drawn.tag == f"{SVG}svg"
    assert drawn.attrib["lang"] == lang
    assert (drawn.attrib["width"], drawn.attrib["height"]) == ("1200", "675")
    assert struct.unpack(">II", png.data[16:24]) == (1200, 675)
    for answer, suffix in ((svg, "svg"), (png, "png")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Content-Disposition"] == f'inline; filename="us-28-points_{DAY}_{lang}.{suffix}"'
        assert "immutable" not in answer.headers["Cache-Control"]
        path = answer.request.full_path
        assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert ("Content-Encoding" in packed.headers) == (suffix == "svg")


def test_no_two_images_share_an_etag(client: FlaskClient) -> None:
    addresses = [f"/images/us-28-points/{DAY}.{suffix}?lang={lang}" for suffix in ("svg", "png") for lang in TWO]
    assert len({client.get(address).headers["ETag"] for address in addresses}) == 4


def test_the_default_is_english_in_the_one_size(client: FlaskClient) -> None:
    plain = client.get(f"/images/us-28-points/{DAY}.svg")
    asked = client.get(f"/images/us-28-points/{DAY}.svg?lang=en&size=1200x675")
    assert plain.headers["ETag"] == asked.headers["ETag"]


def test_the_day_asked_for_and_the_day_shown_both_stand_in_the_image(client: FlaskClient) -> None:
    answer = client.get("/images/us-28-points/2025-11-22.svg")
    drawn = ElementTree.fromstring(answer.data)
    assert drawn.attrib["data-requested-as-of"] == "2025-11-22"
    assert drawn.attrib["data-as-of"] == DAY
    assert answer.headers["ETag"] != client.get(f"/images/us-28-points/{DAY}.svg").headers["ETag"]


def test_an_image_names_no_other_host(client: FlaskClient) -> None:
    source = client.get(f"/images/us-28-points/{DAY}.svg").text
    assert source.count("http") == source.count("http://www.w3.org/") + source.count("http://www.inkscape.org/") > 0
    assert "<image" not in source
    assert "@import" not in source
