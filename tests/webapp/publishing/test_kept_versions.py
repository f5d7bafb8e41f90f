"""A copy keeps the data of each version below ``versions/``, whatever is published after it."""

import itertools
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from layers.catalogue.model import Catalogue
from tests.documentation.pages import blocks
from tests.documentation.pages import page as documentation
from tests.nginx import nginx_server
from webapp.jobs.editions import open_catalogue
from webapp.publishing import making
from webapp.publishing.checking import check_copy
from webapp.publishing.folder import LIST, read_list
from webapp.publishing.making import Copy, Made, write_made
from webapp.publishing.names import file_of
from webapp.publishing.publish import publish

TEXTS = "/images/us-28-points/2025-11-20.txt"
SQUARE = f"{TEXTS}?lang=uk&size=square"  # not the usual one
FEW = (
    "/robots.txt", "/areas/us-28-points/2025-11-20.csv", "/layers/us-28-points/2025-11-20/donetsk-buffer.geojson",
    f"{TEXTS}?lang=uk", SQUARE,
)  # fmt: skip
CITED = {
    "areas/us-28-points/2025-11-20.csv", "layers/us-28-points/2025-11-20/donetsk-buffer.geojson",
    "images/us-28-points/2025-11-20_uk.txt",
}  # fmt: skip
COPY = Copy(proposals=("us-28-points",), every_shape=False)
OLD = "1-0123456789ab"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of a few files without pages, made in this process."""
    monkeypatch.setattr("webapp.publishing.publish.addresses", lambda _: FEW)
    monkeypatch.setattr("webapp.publishing.publish.root_page", lambda _: "{}")
    making.application.cache_clear()  # of the tests before
    yield
    making.application.cache_clear()


def written(folder: Path, address: str) -> Made:
    return write_made(address, file_of(address), f"{OLD} {address}".encode(), True, folder)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that was published in an earlier version, whose files said so, and then in the current one."""

    def earlier(root: Path | None) -> Catalogue:
        return replace(open_catalogue(root), data_version=OLD)

    with monkeypatch.context() as patch:
        patch.setattr(making, "open_catalogue", earlier)
        patch.setattr("webapp.publishing.publish._make", lambda *asked: map(partial(written, asked[-1]), asked[2]))
        publish(COPY, tmp_path / "site")
    making.application.cache_clear()
    publish(COPY, tmp_path / "site")
    return tmp_path / "site"


def below(folder: Path) -> set[str]:
    """The files below a folder, without compressed ones."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in files if not name.endswith((".gz", ".br"))}


def test_earlier_bytes_stay_and_the_current_ones_have_an_address_for_good(site: Path) -> None:
    current = open_catalogue().data_version
    assert {path.name for path in (site / "versions").iterdir()} == {OLD, current}
    for version in (OLD, current):
        assert below(site / "versions" / version) == CITED
    for name in CITED:
        assert (site / "versions" / OLD / name).read_bytes().startswith(f"{OLD} /".encode())
        assert (site / "versions" / current / name).samefile(site / name)
    assert check_copy(site).problems == []


@pytest.mark.slow
def test_nginx_sends_a_version_by_its_path_and_by_the_query(site: Path, tmp_path: Path) -> None:
    lines = next(block for block in blocks("nginx", documentation("publishing.md")) if "try_files" in block)
    layer = "/layers/us-28-points/2025-11-20/donetsk-buffer.geojson"
    with nginx_server(lines, site, tmp_path) as address:

        def got(path: str) -> tuple[bytes, str]:
            with urllib.request.urlopen(address + path) as answer:
                return answer.read(), answer.headers["Cache-Control"]

        old, for_good = f"{OLD} {layer}".encode(), "public, max-age=31536000, immutable"
        assert got(f"{layer}?v={OLD}") == got(f"/versions/{OLD}{layer}") == (old, for_good)
        image = "/images/us-28-points/2025-11-20_uk.txt"
        assert got(f"{image}?v={OLD}") == (f"{OLD} {TEXTS}?lang=uk".encode(), for_good)
        assert got(layer) == ((site / layer.strip("/")).read_bytes(), "public, max-age=300")
        for path, unknown in itertools.product((layer, image), ("2-000000000000", "x")):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                got(f"{path}?v={unknown}")


@pytest.mark.slow
def test_another_run_writes_nothing_and_keeps_them(site: Path) -> None:
    before = {name: (site / name).stat().st_ino for name in below(site)}
    assert publish(COPY, site).written == 0
    (site / "robots.txt").write_bytes(b"changed")
    assert publish(COPY, site).written == 1
    assert {name: (site / name).stat().st_ino for name in CITED} == {name: before[name] for name in CITED}
    assert below(site) == set(before)


@pytest.mark.slow
def test_what_the_operator_removes_is_forgotten_and_told(site: Path) -> None:
    shutil.rmtree(site / "versions" / OLD)
    assert check_copy(site).problems
    outcome = publish(COPY, site)
    assert outcome.lost == len(CITED)
    assert not any(OLD in address for address in read_list(site))
    assert check_copy(site).problems == []
    assert publish(COPY, site).lost == 0


@pytest.mark.slow
def test_a_damaged_file_of_the_current_version_is_made_again(site: Path) -> None:
    current = open_catalogue().data_version
    (path,) = (site / "versions" / current).rglob("*.csv")
    path.unlink()
    assert publish(COPY, site).lost == 0
    assert path.samefile(site / "areas/us-28-points/2025-11-20.csv")
    assert (site / LIST).is_file()
