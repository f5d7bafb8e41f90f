"""The store of images: what is kept is given back, what is damaged is not, and it never grows past its room."""

import os
from pathlib import Path

import pytest

from layers.catalogue.model import COMMITTED, load_catalogue
from webapp.app import create_app
from webapp.errors import SetupError
from webapp.rendering.image_cache import Store, keep_image, open_store, read_image


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "images", 10_000)


def _files(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_is_kept_is_given_back_also_after_a_restart(store: Store) -> None:
    keep_image(store, "aa11", b"image")
    assert read_image(Store(store.folder, 10_000), "aa11") == b"image"
    assert read_image(store, "bb22") is None


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 64])
def test_a_damaged_image_is_not_given(store: Store, damage: bytes) -> None:
    keep_image(store, "aa11", b"image")
    _files(store)[0].write_bytes(damage)
    assert read_image(store, "aa11") is None


def test_the_longest_unused_go_when_there_is_no_room(store: Store) -> None:
    for number in range(5):
        keep_image(store, f"aa{number}", bytes(1500))
        os.utime(_path(store, f"aa{number}"), (number, number))
    assert read_image(store, "aa0") is not None  # used now, so that the next ones go first
    keep_image(store, "bb0", bytes(3000))
    assert sum(path.stat().st_size for path in _files(store)) <= 10_000
    assert read_image(store, "aa0") is not None
    assert read_image(store, "bb0") is not None
    assert read_image(store, "aa1") is None


def test_an_image_larger_than_the_room_is_not_kept(store: Store) -> None:
    keep_image(store, "aa11", bytes(20_000))
    assert not store.folder.exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Store(tmp_path / "file" / "images", 10_000)
    keep_image(store, "aa11", b"image")
    assert read_image(store, "aa11") is None


def test_what_a_killed_process_left_is_removed_later(store: Store) -> None:
    keep_image(store, "aa11", b"image")
    left, young = store.folder / "aa/.aa22.drawn.x1", store.folder / "aa/.aa33.lock"
    for path in (left, young):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    keep_image(store, "aa44", b"image")
    assert (left.exists(), young.exists()) == (False, True)


def test_the_environment_names_folder_and_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEMAP_CACHE", str(tmp_path))
    monkeypatch.setenv("CLAUSEMAP_IMAGES_MB", "3")
    assert open_store() == Store(tmp_path / "images", 3_000_000)
    monkeypatch.setenv("CLAUSEMAP_IMAGES_MB", "much")
    with pytest.raises(SetupError, match="CLAUSEMAP_IMAGES_MB is 'much'"):
        open_store()


def _path(store: Store, key: str) -> Path:
    return store.folder / key[:2] / f"{key}.drawn"


def test_a_size_that_is_no_number_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEMAP_IMAGES_MB", "-1")
    with pytest.raises(SetupError, match="write a number of megabytes"):
        create_app(load_catalogue(COMMITTED))
