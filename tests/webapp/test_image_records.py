"""What lies beside an image: its record and its texts by address, and the fact sheet, held to the image itself."""

import hashlib
import json
import struct
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue, load_catalogue
from layers.control.workspace import Workspace
from layers.embedded import EMBEDDED
from tests.made_workspace import SEVERAL
from tests.words import LANGUAGES, text
from webapp.app import create_app

AT = "/images/us-28-points/2025-11-20"
CHOSEN = "lang=uk&size=square&scale=1.5&theme=dark"


@pytest.mark.costly
@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_record_tells_address_size_and_hash_of_the_image(client: FlaskClient, form: str) -> None:
    record = json.loads(client.get(f"{AT}.json?{CHOSEN}&format={form}").data)
    image = client.get(record["url"])
    assert (image.status_code, urlsplit(record["url"]).path) == (200, f"{AT}.{form}")
    assert record["sha256"] == hashlib.sha256(image.data).hexdigest()
    assert (record["format"], record["lang"], record["as_of"]) == (form, "uk", "2025-11-20")
    size = struct.unpack(">II", image.data[16:24]) if form == "png" else (1080, 1080)
    assert (record["width"], record["height"]) == size
    assert 0 < len(record["alt"]) <= 250
    assert image.headers["Content-Disposition"] == f'inline; filename="us-28-points_2025-11-20_square_dark_uk.{form}"'


def test_a_record_of_a_form_that_does_not_exist_is_refused(client: FlaskClient) -> None:
    refused = client.get(f"{AT}.json?format=gif")
    assert (refused.status_code, refused.json["known"]) == (400, ["svg", "png", "pdf"])  # type: ignore[index]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_texts_are_those_of_the_record(client: FlaskClient, lang: str) -> None:
    record = json.loads(client.get(f"{AT}.json?lang={lang}&format=svg").data)
    answer = client.get(f"{AT}.txt?lang={lang}")
    assert answer.content_type == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    for heading, name in (("kit.alt", "alt"), ("kit.caption", "caption"), ("kit.credit_line", "credit")):
        assert lines[lines.index(text(lang, heading)) + 1] == record[name]


def test_a_head_request_tells_of_the_image_without_it(client: FlaskClient) -> None:
    whole, told = client.get(f"{AT}.svg"), client.head(f"{AT}.svg")
    assert (told.status_code, told.data) == (200, b"")
    assert [told.headers[name] for name in ("ETag", "Content-Length")] == [
        whole.headers[name] for name in ("ETag", "Content-Length")
    ]


def test_a_fact_sheet_has_a_language_and_a_look_only(client: FlaskClient) -> None:
    refused = client.get(f"{AT}/factsheet.pdf?size=square")
    assert refused.status_code == 400
    assert refused.json["known"] == ["lang", "theme"]  # type: ignore[index]


@pytest.mark.slow
def test_a_record_names_the_control_map_that_was_asked_for(catalogue: Catalogue, built_workspace: Workspace) -> None:
    """Also the embedded one, where the service answers from another map by default."""
    other = load_catalogue(built_workspace.built(SEVERAL))
    client = create_app(other, {EMBEDDED: catalogue}).test_client()
    addresses = {}
    for asked in ("", f"&control={EMBEDDED}", f"&control={SEVERAL}"):
        record = json.loads(client.get(f"/images/us-28-points/latest.json?format=svg{asked}").data)
        addresses[asked] = parse_qs(urlsplit(record["url"]).query)["control"][0]
        assert hashlib.sha256(client.get(record["url"]).data).hexdigest() == record["sha256"]
    assert list(addresses.values()) == [SEVERAL, EMBEDDED, SEVERAL]
