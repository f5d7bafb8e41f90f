"""Languages are read when a service, a build or a command starts: two services of one process may have others."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.build.build import build
from layers.catalogue.model import load_catalogue
from layers.errors import BuildError, LanguageError
from layers.proposal.loading import PROPOSALS
from layers.text.languages import ELSEWHERE, Languages, read_languages
from tests.made_language import MARK, TAG, make_language
from webapp.app import create_app
from webapp.setup import ROOT

PLAN = "us-28-points"
OWN = ("en", "uk", "zh-Hant")
IMPORTED = """
import json, sys
opened = set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
import layers, layers.build.build, webapp.app, webapp.cli, webapp.charts.order, webapp.images.order, webapp.standalone
print(json.dumps([path for path in opened if "/languages/" in path]))
"""


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Languages:
    """The project's languages and a made one."""
    place = tmp_path_factory.mktemp("languages")
    make_language(place)
    return read_languages(place)


@pytest.fixture(scope="module")
def root(languages: Languages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One proposal built in all of them."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "proposals").mkdir()
    shutil.copyfile(PROPOSALS / f"{PLAN}.toml", folder / "proposals" / f"{PLAN}.toml")
    build(folder / "data", folder=folder / "proposals", languages=languages)
    return folder / "data"


@pytest.fixture
def polish(root: Path, languages: Languages, kept_elsewhere: Path) -> FlaskClient:
    """A reader of a service with the made language."""
    return create_app(load_catalogue(root, languages)).test_client()


@pytest.fixture
def plain(root: Path, kept_elsewhere: Path) -> FlaskClient:
    """A reader of a service on the same files with the project's languages alone."""
    return create_app(load_catalogue(root, read_languages())).test_client()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["", f"map/{PLAN}", f"areas/{PLAN}", f"points/{PLAN}", f"images/{PLAN}"])
def test_two_services_of_one_process_have_their_own_languages(
    polish: FlaskClient, plain: FlaskClient, page: str
) -> None:
    shown = polish.get(f"/{TAG}/{page}")
    assert shown.status_code == 200
    assert f'<html lang="{TAG}"' in shown.text
    assert MARK.strip() in shown.text
    assert plain.get(f"/{TAG}/{page}").status_code == 404
    english, other = polish.get(f"/en/{page}").text, plain.get(f"/en/{page}").text
    assert ">Polski<" in english
    assert "Polski" not in other
    assert MARK.strip() not in english + other.replace("Polski", "")


def test_files_have_the_languages_of_their_service(polish: FlaskClient, plain: FlaskClient) -> None:
    texts = f"/images/{PLAN}/2025-11-20.txt?lang={TAG}"
    assert MARK.strip() in polish.get(texts).text
    refused = plain.get(texts)
    assert refused.status_code == 400
    assert refused.json is not None
    assert refused.json["known"] == list(OWN)
    tables = [client.get(f"/timelines/{PLAN}.csv?from=2025-11-20&to=2025-11-20").text for client in (polish, plain)]
    assert ["name_pl" in table.splitlines()[0] for table in tables] == [True, False]
    assert [client.get(f"/display/towns-{TAG}.json").status_code for client in (polish, plain)] == [200, 404]
    listed = [json.loads(client.get("/catalog.json").data)["languages"] for client in (polish, plain)]
    assert listed == [["en", TAG, "uk", "zh-Hant"], list(OWN)]


def test_readers_are_led_to_a_language_of_the_service(polish: FlaskClient, plain: FlaskClient) -> None:
    accepted = {"Accept-Language": "szl, uk;q=0.5"}
    assert polish.get("/", headers=accepted).headers["Location"] == f"/{TAG}/"
    assert plain.get("/", headers=accepted).headers["Location"] == "/uk/"


def test_a_build_without_a_language_is_refused(languages: Languages) -> None:
    with pytest.raises(BuildError, match="built without the language pl; run 'clausemap build --all'"):
        load_catalogue(languages=languages)


@pytest.mark.parametrize(
    ("written", "told"), [("name = ", "cannot be read as TOML"), ("locale = 'pl'", "name: is missing")]
)
def test_a_service_with_a_broken_language_is_refused_when_it_is_created(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, told: str
) -> None:
    path = tmp_path / TAG / "language.toml"
    path.parent.mkdir()
    path.write_text(written, "utf-8")
    monkeypatch.setenv(ELSEWHERE, str(tmp_path))
    monkeypatch.setattr("layers.catalogue.model.EVERY_DATE", tmp_path)  # so that what is committed is served
    with pytest.raises(LanguageError) as refused:
        create_app()
    assert str(path) in str(refused.value)
    assert told in str(refused.value)
    monkeypatch.delenv(ELSEWHERE)
    assert create_app().test_client().get("/en/").status_code == 200


def test_a_service_whose_language_lacks_texts_says_which(root: Path, tmp_path: Path) -> None:
    folder = make_language(tmp_path)
    (folder / "texts.toml").write_text("", "utf-8")
    catalogue = load_catalogue(root, read_languages(tmp_path))
    with pytest.raises(LanguageError) as refused:
        create_app(catalogue)
    assert f"{folder / 'texts.toml'}: nav.map: is missing; add it" in str(refused.value)


@pytest.mark.slow
def test_no_language_is_read_at_import(tmp_path: Path) -> None:
    (tmp_path / TAG).mkdir()
    (tmp_path / TAG / "language.toml").write_text("name = ", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
        env=os.environ | {ELSEWHERE: str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
