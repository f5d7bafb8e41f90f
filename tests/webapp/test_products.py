"""A format is one row and one writer: what is added to the registry is built, listed, served, linked and exported."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from layers.build.build import one_edition, write_build
from layers.build.edition import load_setting
from layers.build.sink import FolderSink, MemorySink
from layers.catalogue.model import Catalogue, load_catalogue, read_document, write_document
from layers.files import json_bytes
from layers.products.edition import EditionContent
from layers.products.product import Product
from layers.products.registry import PRODUCTS
from layers.proposal.loading import load_proposal
from tests.webapp.markup import read_html
from webapp.app import create_app
from webapp.cli import main

PLAN, DAY, LATER = "us-28-points", "2025-11-20", "2025-11-22"
BASE_URL = "https://maps.example.org"


def write_tsv(edition: EditionContent) -> bytes:
    """One line a zone: id, area in km² and the date requested."""
    rows = ((zone["id"], zone["area_km2"], zone["requested_as_of"]) for zone in edition.properties)
    return "".join("\t".join(map(str, row)) + "\n" for row in rows).encode()


def write_gzip(edition: EditionContent) -> bytes:
    """The same lines compressed."""
    return gzip.compress(write_tsv(edition), mtime=0)


STORED = Product(
    "areas_tsv", "/areas/{proposal}/{date}.tsv", "text/tab-separated-values; charset=utf-8",
    "{proposal}_areas_{date}{tag}.tsv", write_tsv, path="{proposal}/{date}/areas.tsv", title_key="download.csv",
    exports=(".tsv",),
)  # fmt: skip
ON_REQUEST = Product(
    "areas_gz", "/areas/{proposal}/{date}.gz", "application/gzip", "{proposal}_areas_{date}{tag}.gz", write_gzip,
    title_key="download.csv", exports=(".gz",),
)  # fmt: skip


@dataclass(frozen=True)
class Added:
    """A product in the registry, what was built with it, and a reader of the service."""

    product: Product
    catalogue: Catalogue
    client: FlaskClient

    def url(self, date: str = DAY) -> str:
        """Its URL for a date."""
        return self.product.url.format(proposal=PLAN, date=date)


@pytest.fixture(scope="module", params=[STORED, ON_REQUEST], ids=["stored", "on request"])
def added(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Added]:
    """A build of one edition with one more row in the registry."""
    product: Product = request.param
    root = tmp_path_factory.mktemp("products") / "built"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(PRODUCTS, product.name, product)
        setting = load_setting()
        order = one_edition(setting, load_proposal(PLAN, setting.reference.names), DAY)
        write_build(order, FolderSink(root), MemorySink())
        catalogue = load_catalogue(root)
        yield Added(product, catalogue, create_app(catalogue, base_url=BASE_URL).test_client())


def test_a_format_is_one_row_that_is_built_and_listed(added: Added) -> None:
    listed = json.loads(added.client.get("/catalog.json").data)["proposals"][0]["editions"][0][added.product.name]
    assert listed["url"] == added.url()
    path = added.product.path.format(proposal=PLAN, date=DAY)
    assert listed.get("path", "") == path
    if path:
        content = (added.catalogue.root / path).read_bytes()
        assert content.startswith(b"crimea\t26335.9\t2025-11-20\n")
        assert listed["size_bytes"] == len(content)


def test_formats_of_layers_are_listed_once(added: Added) -> None:
    document = added.client.get("/catalog.json").get_json()
    listed = {entry["name"]: entry for entry in document["formats"]}
    assert [*listed] == [name for name, product in PRODUCTS.items() if product.varies]
    assert listed["flatgeobuf"]["areas_url"] == "/layers/{proposal}/{date}/areas.fgb"
    assert listed["shapefile"]["crs"] == [4326, 3857, 3035]
    assert "flatgeobuf" not in document["proposals"][0]["editions"][0]


@pytest.mark.parametrize("date", [DAY, LATER])
def test_a_format_is_one_row_that_is_served(added: Added, date: str) -> None:
    answer = added.client.get(added.url(date), headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.content_type) == (200, added.product.media_type)
    packed = added.product.is_text
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert gzip.decompress(answer.data).startswith(f"crimea\t26335.9\t{date}\n".encode())
    filename = added.product.filename.format(proposal=PLAN, date=DAY, tag="")
    assert answer.headers["Content-Disposition"] == f'inline; filename="{filename}"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Data-Version"] == added.catalogue.data_version
    version = added.client.get(f"{added.url(date)}?v={added.catalogue.data_version}")
    assert "immutable" in version.headers["Cache-Control"]


def test_a_format_is_one_row_that_pages_link_to_and_describe(added: Added) -> None:
    page = read_html(added.client.get(f"/en/areas/{PLAN}").text)
    links = [link["href"] for link in page.one("section", class_="downloads").all("a") if "download" in link.attributes]
    assert added.url() in links
    described = json.loads(page.one("script", type="application/ld+json").words)["distribution"]
    shown = {entry["contentUrl"]: entry["encodingFormat"] for entry in described}
    assert shown[BASE_URL + added.url()] == added.product.media_type.partition(";")[0]


def test_a_format_is_one_row_that_errors_name(added: Added) -> None:
    known = added.client.get(f"/areas/{PLAN}/{DAY}.ods").get_json()["known"]
    assert added.product.ending in known


def test_a_format_is_one_row_that_is_exported(added: Added, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.catalogue.model.EVERY_DATE", added.catalogue.root)
    file = tmp_path / f"x{added.product.ending}"
    assert CliRunner().invoke(main, ["export", PLAN, "-o", str(file)]).exit_code == 0
    assert file.read_bytes() == added.client.get(added.url(), headers={"Accept-Encoding": "identity"}).data
    assert CliRunner().invoke(main, ["export", PLAN, "-o", str(file), "--zone", "crimea"]).exit_code == 0
    content = file.read_bytes()
    lines = content if added.product.is_text else gzip.decompress(content)
    assert lines == b"crimea\t26335.9\t2025-11-20\n"


@pytest.mark.parametrize("root", ["committed", "every_date"])
def test_the_catalogue_that_is_read_is_written_byte_for_byte(catalogue: Catalogue, root: str) -> None:
    place = catalogue.root if root == "every_date" else catalogue.root.with_name("data")
    document = (place / "catalog.json").read_bytes()
    assert write_document(read_document(document)) == document == json_bytes(json.loads(document))
