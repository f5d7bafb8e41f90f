"""The cache on disk: what is stored is given back, what is damaged is not, and it never grows past its room."""

import os
from pathlib import Path

import pytest

from layers.catalogue.model import COMMITTED, load_catalogue
from webapp.app import create_app
from webapp.disk_cache import DiskCache, operator_cache
from webapp.errors import SetupError


@pytest.fixture
def cache(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "results", 10_000)


def _files(cache: DiskCache) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def test_what_is_kept_is_given_back_also_after_a_restart(cache: DiskCache) -> None:
    cache.write("aa11", b"result")
    assert DiskCache(cache.folder, 10_000).read("aa11") == b"result"
    assert cache.read("bb22") is None


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 64])
def test_a_damaged_result_is_not_given(cache: DiskCache, damage: bytes) -> None:
    cache.write("aa11", b"result")
    _files(cache)[0].write_bytes(damage)
    assert cache.read("aa11") is None


def test_a_result_under_the_key_of_another_is_not_given(cache: DiskCache) -> None:
    cache.write("aa11", b"result")
    cache.path("aa11").rename(cache.path("aa22"))
    assert cache.read("aa22") is None


def test_the_longest_unused_go_when_there_is_no_room(cache: DiskCache) -> None:
    for number in range(5):
        cache.write(f"aa{number}", bytes(1500))
        os.utime(cache.path(f"aa{number}"), (number, number))
    assert cache.read("aa0") is not None  # used now, so that the next ones go first
    cache.write("bb0", bytes(3000))
    assert sum(path.stat().st_size for path in _files(cache)) <= 10_000
    assert cache.read("aa0") is not None
    assert cache.read("bb0") is not None
    assert cache.read("aa1") is None


def test_an_result_larger_than_the_room_is_not_kept(cache: DiskCache) -> None:
    cache.write("aa11", bytes(20_000))
    assert not cache.folder.exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = DiskCache(tmp_path / "file" / "results", 10_000)
    cache.write("aa11", b"result")
    assert cache.read("aa11") is None


def test_what_a_killed_process_left_is_removed_later(cache: DiskCache) -> None:
    cache.write("aa11", b"result")
    left, young = cache.folder / "aa/.aa22.cached.x1", cache.folder / "aa/.aa33.lock"
    for path in (left, young):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    cache.write("aa44", b"result")
    assert (left.exists(), young.exists()) == (False, True)


def test_the_environment_names_folder_and_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEMAP_CACHE", str(tmp_path))
    monkeypatch.setenv("CLAUSEMAP_IMAGES_MB", "3")
    assert operator_cache() == DiskCache(tmp_path / "results", 3_000_000)
    monkeypatch.setenv("CLAUSEMAP_IMAGES_MB", "much")
    with pytest.raises(SetupError, match="CLAUSEMAP_IMAGES_MB is 'much'"):
        operator_cache()


def test_a_size_that_is_no_number_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEMAP_IMAGES_MB", "-1")
    with pytest.raises(SetupError, match="write a number of megabytes"):
        create_app(load_catalogue(COMMITTED))


def test_results_of_other_versions_are_removed(cache: DiskCache) -> None:
    for key in ("aa11", "aa22", "bb33"):
        cache.write(key, b"result")
    cache.keep_only(["aa22", "of-a-result-that-is-not-there"])
    assert _files(cache) == [cache.path("aa22")]
