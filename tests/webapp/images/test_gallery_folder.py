"""Every preset, theme and language of a proposal as a folder: what is in it, and what it never takes away."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from layers.files import replace_folder
from tests.webapp.markup import Node, read_html
from tests.words import INSTALLED, LANGUAGES
from webapp.errors import GalleryError, PlaceError
from webapp.images import gallery
from webapp.images.gallery import INDEX, LIST, Drawn, GalleryRequest, check_place, draw_gallery, gallery_files
from webapp.images.options.options import SIZES, THEMES, Options

IMAGES = len(SIZES) * len(THEMES) * len(LANGUAGES)
PROPOSAL, DAY = "us-28-points", "2025-11-20"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(COMMITTED)


def wanted(*forms: str, lang: str = "en", **options: str) -> GalleryRequest:
    return GalleryRequest(COMMITTED, INSTALLED, PROPOSAL, DAY, forms, Options(lang=lang, **options))  # type: ignore[arg-type]


def files_of(catalogue: Catalogue, asked: GalleryRequest) -> dict[str, bytes]:
    """The folder with the name of form and options in the place of each image."""
    drawn = [Drawn(one, {form: f"{form} {one}".encode() for form in asked.forms}) for one in asked.all_options()]
    return gallery_files(catalogue, asked, drawn)


def page_of(files: dict[str, bytes]) -> Node:
    return read_html(files[INDEX].decode())


def test_every_preset_theme_and_language_once() -> None:
    everything = wanted("svg", title="Own").all_options()
    assert (
        len({(one.size, one.theme, one.lang) for one in everything})
        == len(everything)
        == len(SIZES) * len(THEMES) * len(LANGUAGES)
    )
    assert {one.title for one in everything} == {"Own"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_shows_each_image_with_text_size_and_links(catalogue: Catalogue, lang: str) -> None:
    files = files_of(catalogue, wanted("svg", "png", "pdf", lang=lang))
    page = page_of(files)
    assert page.one("html")["lang"] == lang
    images = page.all("img")
    assert [(one["width"], one["height"]) for one in images] == [
        (str(width), str(height)) for width, height in SIZES.values() for _ in range(len(THEMES) * len(LANGUAGES))
    ]
    assert all(one["src"].endswith(".png") and len(one["alt"]) > 20 for one in images)
    assert {one["lang"] for one in images} == set(LANGUAGES)
    linked = {one["href"] for one in page.all("a") if not one["href"].startswith("#")}
    assert linked == set(files) - {INDEX}
    assert page.all("script") == []
    assert [one["id"] for one in page.all("h2")] == list(SIZES)


def test_the_index_shows_svg_where_there_is_no_png_and_only_links_to_pdf(catalogue: Catalogue) -> None:
    assert all(one["src"].endswith(".svg") for one in page_of(files_of(catalogue, wanted("svg"))).all("img"))
    page = page_of(files_of(catalogue, wanted("pdf")))
    assert page.all("img") == []
    assert len([one for one in page.all("a") if one["href"].endswith(".pdf")]) == IMAGES


def test_each_image_has_its_texts_and_its_hash_beside_it(catalogue: Catalogue) -> None:
    files = files_of(catalogue, wanted("svg", title="An own title"))
    listed = json.loads(files[LIST])
    assert set(listed["files"]) == set(files)
    assert len(listed["images"]) == IMAGES
    for one in listed["images"]:
        name = one["files"]["svg"]["name"]
        assert one["files"]["svg"]["sha256"] == sha256(files[name]).hexdigest()
        texts = files[name.replace(".svg", ".txt")].decode()
        assert all(one[key] in texts for key in ("alt", "caption", "credit"))


def test_markup_in_own_words_stays_words(catalogue: Catalogue) -> None:
    files = files_of(catalogue, wanted("png", title='"><script>alert(1)</script>'))
    assert page_of(files).all("script") == []
    assert b"<script" not in files[INDEX]


def test_the_same_folder_each_time(catalogue: Catalogue) -> None:
    assert files_of(catalogue, wanted("svg", "png")) == files_of(catalogue, wanted("svg", "png"))


def test_an_earlier_gallery_may_be_replaced_and_nothing_else(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    check_place(folder)
    replace_folder(folder, files_of(catalogue, wanted("svg")))
    check_place(folder)
    (folder / "article.docx").write_text("mine")
    with pytest.raises(PlaceError, match=r"article\.docx"):
        check_place(folder)
    with pytest.raises(PlaceError, match="name a folder"):
        check_place(folder / "article.docx")
    (folder / "article.docx").unlink()
    (folder / LIST).write_text("[]")
    with pytest.raises(PlaceError):
        check_place(folder)


@pytest.mark.slow
def test_images_are_drawn_by_other_processes_and_what_is_refused_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    two = wanted("svg").all_options()[:2]
    monkeypatch.setattr(GalleryRequest, "all_options", lambda _: two)
    drawn: Iterator[Drawn] = draw_gallery(wanted("svg"), jobs=2)
    found = {one.options: one.files for one in drawn}
    assert found == {one: gallery.draw_one(wanted("svg"), one).files for one in two}
    beyond = GalleryRequest(COMMITTED, INSTALLED, "us-29-points", DAY, ("svg",), Options())
    with pytest.raises(GalleryError, match="article, light, en: unknown proposal 'us-29-points'"):
        list(draw_gallery(beyond, jobs=1))


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, by: signal.Signals, code: int) -> None:
    """Ctrl+C reaches all processes of a group, what ends a service only the one that was started."""
    command = [str(Path(sys.executable).with_name("clausemap")), "image", PROPOSAL, "--all", "-o", "images"]
    said = tmp_path.with_name(f"{tmp_path.name}-said.txt")
    with said.open("w") as sink:
        running = subprocess.Popen(command, cwd=tmp_path, stderr=sink, start_new_session=True)
    try:
        wait_for_words(said)
        time.sleep(0.5)
        assert running.poll() is None, said.read_text()
        (os.killpg if by == signal.SIGINT else os.kill)(running.pid, by)
        assert running.wait(timeout=60) == code
    finally:
        running.kill()
    assert list(tmp_path.iterdir()) == []
    assert "Traceback" not in said.read_text()
    assert ended(running.pid)


def wait_for_words(said: Path) -> None:
    """Wait until a run has begun to tell how far it is: how long that takes differs from machine to machine."""
    for _ in range(300):
        if said.stat().st_size:
            return
        time.sleep(0.1)
    pytest.fail("nothing was told")


def ended(group: int) -> bool:
    """Whether every process of a group is gone, a moment being left to the last one."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
