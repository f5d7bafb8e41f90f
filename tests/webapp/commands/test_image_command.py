"""``clausemap image``: every option under the name that an address has, and what is refused."""

import json
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.webapp.commands.test_cli import run
from webapp.cli import main
from webapp.commands import image
from webapp.images import gallery, order
from webapp.images.options.options import READERS, Options

PROPOSAL, DAY = "us-28-points", "2025-11-20"


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[order.Order]:
    """What is ordered, instead of drawing it."""
    found: list[order.Order] = []

    def keep(_: Catalogue, one: order.Order) -> bytes:
        found.append(one)
        return b"[]" if one.form == "labels" else f"{one.form} drawn".encode()

    monkeypatch.setattr(order, "draw_from", keep)
    return found


def test_every_option_of_an_image_has_its_name_and_a_help_text() -> None:
    command = main.commands["image"]
    options = {one.name: one for one in command.params if isinstance(one, click.Option)}
    assert set(READERS) <= set(options)
    for name in READERS:
        assert options[name].opts == [f"--{name}"]
        assert len(options[name].help or "") > 5


def test_values_are_those_of_an_address(tmp_path: Path, orders: list[order.Order]) -> None:
    given = (
        "--size 500x700 --scale 2.5 --theme dark --zones crimea,sevastopol --clauses 21d --labels few --inset off "
        "--graticule on --title x --legend off --areas off --transparent on --plain on --text paths --lang uk"
    )
    run("image", PROPOSAL, "-o", tmp_path / "a.pdf", *given.split(), "--extent", "-5,44,40,50", "--subtitle", "-y")
    (one,) = orders
    assert one.form == "pdf"
    assert one.requested == DAY
    assert one.options == Options(
        lang="uk", size=(500, 700), scale=2.5, theme="dark", zones=("crimea", "sevastopol"), clauses=("21d",),
        extent="-5,44,40,50", labels="few", inset=False, graticule=True, title="x", subtitle="-y", legend="off",
        areas=False, transparent=True, plain=True, text="paths",
    )  # fmt: skip
    assert (tmp_path / "a.pdf").read_bytes() == b"pdf drawn"


def test_a_fact_sheet_is_ordered_by_its_flag(tmp_path: Path, orders: list[order.Order]) -> None:
    run("image", PROPOSAL, "--factsheet", "-o", tmp_path / "any.pdf", "--lang", "zh-Hant", "--theme", "print")
    assert [(one.form, one.options) for one in orders] == [("factsheet", Options(lang="zh-Hant", theme="print"))]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["svg", "png"])
def test_an_image_is_the_one_of_its_address(tmp_path: Path, client: FlaskClient, form: str) -> None:
    path = tmp_path / f"a.{form}"
    run("image", PROPOSAL, "-o", path, "--as-of", "2026-01-15", "--lang", "uk", "--labels", "few")
    answer = client.get(f"/images/{PROPOSAL}/2026-01-15.{form}?lang=uk&labels=few")
    assert answer.status_code == 200
    assert path.read_bytes() == answer.data


@pytest.mark.costly
@pytest.mark.parametrize("lang", ["en", "uk", "zh-Hant"])
def test_the_record_holds_the_hash_of_the_png_and_the_same_texts_as_the_text_file(tmp_path: Path, lang: str) -> None:
    asked = ("image", PROPOSAL, "--as-of", "2025-11-22", "--lang", lang, "-o")
    for name in ("a.png", "a.json", "a.txt"):
        run(*asked, tmp_path / name)
    record = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert record["sha256"] == sha256((tmp_path / "a.png").read_bytes()).hexdigest()
    assert (record["width"], record["height"], record["lang"]) == (1200, 675, lang)
    assert (record["requested_as_of"], record["as_of"]) == ("2025-11-22", DAY)
    assert record["url"] == f"/images/{PROPOSAL}/2025-11-22.png" + ("" if lang == "en" else f"?lang={lang}")
    texts = (tmp_path / "a.txt").read_text("utf-8")
    for key in ("alt", "caption", "credit", "licence"):
        assert record[key] in texts


def test_a_record_tells_the_pixels_of_its_png(tmp_path: Path, orders: list[order.Order]) -> None:
    run("image", PROPOSAL, "-o", tmp_path / "a.json", "--size", "square", "--scale", "1.5")
    record = json.loads((tmp_path / "a.json").read_bytes())
    assert (record["width"], record["height"]) == (1620, 1620)
    assert [one.form for one in orders] == ["png", "labels"]


def test_text_and_record_need_no_drawing_beyond_the_png(tmp_path: Path, orders: list[order.Order]) -> None:
    run("image", PROPOSAL, "-o", tmp_path / "a.txt")
    assert orders == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("-o", "x.gif"), 2, ".svg or .png or .pdf or .txt or .json"),
        (("-o", "x.svg", "--theme", "pink"), 2, "'light', 'dark', 'print'"),
        (("-o", "x.svg", "--inset", "maybe"), 2, "'on', 'off'"),
        (("-o", "x.svg", "--formats", "png"), 2, "--formats goes with --all"),
        (("-o", "x.svg", "--jobs", "2"), 2, "--jobs goes with --all"),
        (("-o", "x", "--all", "--size", "square"), 2, "--all and --size do not go together"),
        (("-o", "x", "--all", "--theme", "dark"), 2, "--all and --theme do not go together"),
        (("-o", "x", "--all", "--factsheet"), 2, "--all and --factsheet do not go together"),
        (("-o", "x", "--all", "--formats", "svg,gif"), 2, "'gif': list some of svg, png, pdf"),
        (("-o", "x.svg", "--factsheet"), 2, "name the file with .pdf"),
        (("-o", "x.pdf", "--factsheet", "--size", "square"), 2, "--size does not go with --factsheet"),
        (("-o", "x.svg", "--size", "4001x500"), 1, "from 320 to 4000"),
        (("-o", "x.svg", "--scale", "5"), 1, "from 1 to 4"),
        (("-o", "x.svg", "--title", "x" * 121), 1, "at most 120 fit"),
        (("-o", "x.svg", "--size", "4000x4000", "--scale", "2"), 1, "32 megapixels"),
    ],
)
def test_wrong_use_exits_2_and_a_limit_1(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run("image", PROPOSAL, *arguments)
    assert refused.exit_code == code
    assert words in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_where_the_drawing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.svg"
    path.write_text("before")

    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(order, "draw_from", interrupt)
    assert run("image", PROPOSAL, "-o", path).exit_code == 1
    assert [one.name for one in tmp_path.iterdir()] == ["a.svg"]
    assert path.read_text() == "before"


@pytest.mark.slow
def test_a_folder_of_all_holds_the_images_that_the_command_writes_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = (Options(labels="few"), Options(labels="few", theme="dark", lang="uk"))
    monkeypatch.setattr(gallery.GalleryRequest, "all_options", lambda _: two)
    folder, one = tmp_path / "images", tmp_path / "one.png"
    written = run("image", PROPOSAL, "--all", "-o", folder, "--labels", "few", "--jobs", "2", "--formats", "png,svg")
    assert written.exit_code == 0
    assert f"control map of {DAY}. A proposal, not in force" in written.stderr
    run("image", PROPOSAL, "-o", one, "--labels", "few", "--theme", "dark", "--lang", "uk")
    assert (folder / f"{PROPOSAL}_{DAY}_article_dark_uk.png").read_bytes() == one.read_bytes()
    assert len(list(folder.iterdir())) == 2 * 3 + 2
    assert (folder / "index.html").stat().st_mode & 0o777 == 0o644


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, orders: list[order.Order]) -> None:
    (tmp_path / "article.docx").write_text("mine")
    refused = run("image", PROPOSAL, "--all", "-o", tmp_path)
    assert refused.exit_code == 1
    assert "article.docx" in refused.stderr
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]
    assert orders == []


def test_the_help_shows_examples_line_by_line() -> None:
    shown = run("image", "--help").stdout
    for line in image.EXAMPLES.splitlines()[2:]:
        assert line.strip() in [one.strip() for one in shown.splitlines()]


def test_an_svg_is_well_formed_with_markup_in_its_title(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    run("image", PROPOSAL, "-o", path, "--title", "<script>alert(1)</script> & 'so on'")
    tree = ElementTree.parse(path)
    assert tree.getroot().tag.endswith("svg")
    assert not [one for one in tree.iter() if one.tag.endswith("script")]
