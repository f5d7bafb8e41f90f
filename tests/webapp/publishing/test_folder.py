"""Publishing into a folder: what did not change is not written, what is there stays, other files are never touched."""

import gzip
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from geo.errors import ClausemapError
from layers.files import WritingError
from tests.words import LANGUAGES
from webapp.errors import PlaceError
from webapp.publishing import making
from webapp.publishing.checking import check_copy
from webapp.publishing.folder import JOURNAL, LIST, STAGED, note, read_list, staged
from webapp.publishing.links import Links
from webapp.publishing.making import Copy
from webapp.publishing.names import file_of
from webapp.publishing.publish import MISSING, ROOT, own_pages, publish
from webapp.site import PUBLISHED_PREFIX

FEW = (
    "/context/oblasts.geojson",
    "/robots.txt",
    "/areas/us-28-points/2025-11-20.csv",
    "/static/page.css",
    "/static/copy.js",
)
COPY = Copy(proposals=("us-28-points",), every_shape=False)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of a few files without pages, made in this process."""
    monkeypatch.setattr("webapp.publishing.publish.addresses", lambda _: FEW)
    monkeypatch.setattr("webapp.publishing.publish.own_pages", lambda _: {ROOT: "{}"})
    yield
    making.application.cache_clear()


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the place where the disk has it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_ino) for path in files}


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    first = publish(COPY, tmp_path / "site")
    before = contents(tmp_path / "site")
    assert first.written == len(before) - 1 == first.files - 1
    second = publish(COPY, tmp_path / "site")
    assert (second.files, second.written) == (first.files, 0)
    assert contents(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.slow
def test_two_runs_give_equal_bytes_with_the_right_ones_compressed_beside_them(tmp_path: Path) -> None:
    for name in ("one", "other"):
        publish(COPY, tmp_path / name)
    one, other = contents(tmp_path / "one"), contents(tmp_path / "other")
    assert {name: body for name, (body, _) in one.items()} == {name: body for name, (body, _) in other.items()}
    plain = one["context/oblasts.geojson.gz"][0]
    assert gzip.decompress(plain) == brotli.decompress(one["context/oblasts.geojson.br"][0])


@pytest.mark.slow
def test_what_was_changed_or_lost_is_made_again_and_the_rest_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(COPY, site)
    before = contents(site)
    (site / "static/page.css").write_text("damaged")
    (site / "robots.txt").unlink()
    assert publish(COPY, site).written == 2
    after = contents(site)
    assert {name: body for name, (body, _) in after.items()} == {name: body for name, (body, _) in before.items()}
    assert after["static/copy.js"][1] == before["static/copy.js"][1]


@pytest.mark.slow
def test_what_is_no_longer_published_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    publish(COPY, site)
    monkeypatch.setattr("webapp.publishing.publish.addresses", lambda _: FEW[:2])
    publish(COPY, site)
    assert not (site / "static").exists()
    assert (site / "robots.txt").is_file()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PlaceError, match=r"holds other files \(mine.txt\)"):
        publish(COPY, tmp_path)
    (tmp_path / "mine.txt").unlink()
    publish(COPY, tmp_path / "site")
    (tmp_path / "site/static/mine.txt").write_text("mine")
    with pytest.raises(PlaceError, match=r"holds other files \(static/mine.txt\)"):
        publish(COPY, tmp_path / "site")
    assert (tmp_path / "site/static/mine.txt").read_text() == "mine"
    with pytest.raises(PlaceError, match="is a file"):
        publish(COPY, tmp_path / "site/static/mine.txt")


@pytest.mark.slow
def test_what_fails_in_the_middle_leaves_what_was_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    publish(COPY, site)
    before = contents(site)
    (site / "robots.txt").unlink()
    monkeypatch.setattr("webapp.publishing.publish.list_bytes", full_disk)
    with pytest.raises(WritingError, match="No space left"):
        publish(COPY, site)
    del before["robots.txt"]
    assert contents(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def full_disk(*_: object) -> bytes:
    raise OSError(28, "No space left on device")


@pytest.mark.slow
def test_a_killed_run_leaves_what_was_published_and_the_next_takes_its_rest_away(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(COPY, site)
    before = contents(site)
    script = f"""
import time
from pathlib import Path
from webapp.publishing.folder import staged
with staged(Path({str(site)!r})) as new:
    (new / "half").write_text("half")
    print("begun", flush=True)
    time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ}) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"begun\n"
        run.send_signal(signal.SIGKILL)
    assert contents(site) == before
    assert len(list(tmp_path.iterdir())) == 2
    with staged(site) as new:
        (new / LIST).write_text("{}")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.slow
def test_the_next_run_goes_on_where_one_was_killed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(COPY, site)
    before = contents(site)
    made = read_list(site)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left = site.rename(tmp_path / f".site.{ended.pid}.{STAGED}")
    (left / LIST).unlink()
    for address, entry in made.items():
        note(left, address, entry)
    with (left / JOURNAL).open("a") as journal:
        journal.write('["/half')
    (left / "half").write_text("half")
    (left / "robots.txt").unlink()
    counts: list[int] = []

    def counted(steps: Iterable[None], count: int) -> Iterable[None]:
        counts.append(count)
        return steps

    publish(COPY, site, counted)
    assert counts == [1]
    assert {name: content for name, (content, _) in contents(site).items()} == {
        name: content for name, (content, _) in before.items()
    }
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_missing_page_has_whole_links() -> None:
    base = "https://maps.example.org/peace"
    page = own_pages(making.site_of(replace(COPY, base_url=base)))[MISSING]
    found = re.findall(r'(?:href|src)="([^"]+)"', page)
    links = Links(frozenset(file_of(one.partition(PUBLISHED_PREFIX)[2]) for one in found), base)
    shown = re.findall(r'(?:href|src)="([^"]+)"', links.relative(page, file_of(MISSING)))
    assert f"{base}/uk/index.html" in shown
    assert len(shown) == len(LANGUAGES) + 2
    assert all(link.startswith(f"{base}/") for link in shown)


def test_checking_names_what_is_missing_changed_or_leads_nowhere(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(COPY, site)
    assert check_copy(site).problems == []
    (site / "static/page.css").write_text("a { background: url(missing.png) }")
    (site / "robots.txt").unlink()
    problems = check_copy(site).problems
    assert "robots.txt: missing or changed" in problems
    assert "static/page.css: missing or changed" in problems
    assert "static/page.css: missing.png leads nowhere" in problems
    assert "static/page.css.gz: not what it compresses" in problems
    with pytest.raises(PlaceError, match=re.escape(LIST)):
        check_copy(tmp_path)


def test_an_unknown_proposal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClausemapError, match="us-28-points"):
        publish(Copy(proposals=("nothing",)), tmp_path / "site")
    assert not (tmp_path / "site").exists()
