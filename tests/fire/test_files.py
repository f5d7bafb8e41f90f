"""Files that are not what they should be: a line that says what to do, and nothing is left behind for good."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.errors import ClausemapError
from layers.catalogue.model import COMMITTED, load_catalogue
from layers.errors import BuildError, LanguageError, ProposalError
from layers.files import new_folder, replace_folder
from layers.findings import MOST_PROBLEMS
from layers.proposal.loading import load_proposal
from layers.reference.reference_data import load_reference_data
from layers.text.check import check_languages, language_problems
from layers.text.languages import FOLDER, read_languages
from webapp.cli import main

NESTED = "x = " + "[" * 100_000 + "]" * 100_000
XML = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + "x" * 1000 + '">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 50}">' for at in range(8))
    + "]><kml><Document><name>&i;</name></Document></kml>"
)  # fmt: skip
WAYS_IN = (
    ("control", "import", "{file}", "--as-of", "2025-11-20", "--name", "own", "--workspace", "{folder}"),
    ("control", "check", "{file}"),
    ("measure", "{file}"),
    ("boundaries", "check", "{file}"),
    ("proposals", "check", "{file}"),
    ("build", "--compare", "{file}"),
)


def changed_language(folder: Path, file: str, words: str) -> Path:
    """A folder with a language of the project under another tag, with words in front of one of its files."""
    shutil.copytree(FOLDER / "uk", folder / "de")
    path = folder / "de" / file
    path.write_text(
        f'name = "D"\n{words}\n' if file == "language.toml" else words + "\n" + path.read_text("utf-8"), "utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        ("language.toml", NESTED, "nested too deeply"),
        ("language.toml", "accepts = 1", "accepts: must be a list of texts"),
        ("language.toml", "accepts = [1]", "accepts: must be a list of texts"),
        ("language.toml", "locale = 1", "locale: must be a text"),
        ("language.toml", 'ties_short_words = "x"', "ties_short_words: must be true or false"),
        ("language.toml", "colour = 1", "colour: is no key of a language"),
        ("language.toml", "avoid = 3", "avoid: "),
        ("language.toml", "avoid = {words = ['(']}", "avoid: "),
        ("texts.toml", NESTED, "nested too deeply"),
        ("texts.toml", "x = 1", "x: is neither a text nor a table of texts"),
        ("figures.toml", "x = [1]", "x: is neither a text nor a table of texts"),
    ],
)
def test_a_language_with_wrong_types_is_one_message(tmp_path: Path, file: str, words: str, said: str) -> None:
    folder = changed_language(tmp_path, file, words)
    problems = list(language_problems(folder / "de"))
    assert any(one.startswith(str(folder / "de" / file)) and said in one for one in problems)
    with pytest.raises(LanguageError, match="de"):
        check_languages(read_languages(folder))


@pytest.mark.parametrize(
    "text", ['[[zones]]\nid = "a"\nderivation = "held"\n', "zones = 1\n", "id = []\n", "points = [[1]]\n"]
)
def test_a_proposal_with_wrong_types_is_one_message(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(ProposalError, match="to mend"):
        load_proposal("own", load_reference_data().names, tmp_path)


def test_a_message_about_a_file_stays_short(tmp_path: Path) -> None:
    keys = "".join(f'[[zones]]\nid = "{"a" * 500}{number}"\nx = 1\n' for number in range(2000))
    (tmp_path / "own.toml").write_text(keys)
    with pytest.raises(ProposalError) as refused:
        load_proposal("own", load_reference_data().names, tmp_path)
    lines = str(refused.value).splitlines()
    assert len(lines) == MOST_PROBLEMS + 2
    assert lines[-1].endswith(" more")
    assert len(str(refused.value)) < 60_000


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret", "a/../../b", "a//b", "..\\x", "C:/x", ".hidden", "a/\n"])
def test_no_catalogue_names_files_elsewhere(tmp_path: Path, path: str) -> None:
    document = json.loads(load_catalogue(COMMITTED).document)
    document["proposals"][0]["editions"][0]["layer"]["path"] = path
    (tmp_path / "catalog.json").write_text(json.dumps(document))
    with pytest.raises(BuildError, match=r"layer\.path"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize("content", [None, b"[" * 200_000, b"[]", b"\xff", b""])
def test_a_catalogue_that_is_none_is_one_message(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "catalog.json"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(BuildError, match=r"catalog\.json: (damaged|cannot be read)"):
        load_catalogue(tmp_path)
    compared = CliRunner().invoke(main, ["build", "--compare", str(path)])
    assert compared.exit_code == 2
    assert isinstance(compared.exception, SystemExit)


@pytest.mark.parametrize("way", WAYS_IN, ids=lambda way: " ".join(way[:2]))
def test_bombs_are_refused_in_a_line_on_every_way_in(tmp_path: Path, way: tuple[str, ...]) -> None:
    bombs = {"nested.geojson": "[" * 200_000 + "]" * 200_000, "bomb.kml": XML, "own.toml": NESTED}
    for name, content in bombs.items():
        file = tmp_path / name
        file.write_text(content)
        command = [part.format(file=file, folder=tmp_path / "workspace") for part in way]
        ended = CliRunner().invoke(main, command)
        assert ended.exit_code, (name, ended.output)
        assert isinstance(ended.exception, SystemExit | ClausemapError), (name, ended.exception)
        assert len(ended.output) < 1500, name


def test_what_a_killed_build_has_left_is_removed_by_the_next(tmp_path: Path) -> None:
    place = tmp_path / "cache"
    killed = os.fork()
    if not killed:
        with new_folder(place) as new:
            (new / "half").write_bytes(b"x")
            os._exit(1)
    os.waitpid(killed, 0)
    assert len(list(tmp_path.glob(".cache.*"))) == 1
    with new_folder(place):
        replace_folder(place, {"a": b"whole"})
        assert len(list(tmp_path.glob(".cache.*"))) == 1, "that of a run that goes on is left"
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
