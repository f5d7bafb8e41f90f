"""Settings by environment variables: read in one place, checked when the service starts, told in one message."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.cli import main
from webapp.errors import SetupError
from webapp.settings import VARIABLES, Settings, check_settings, read_settings


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert read_settings(dict.fromkeys(VARIABLES, " ")) == read_settings({}) == Settings()


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"CLAUSEMAP_IMAGES_MB": "²"}, "CLAUSEMAP_IMAGES_MB is '²'; write a number of megabytes, such as 512"),
        ({"CLAUSEMAP_LANGUAGES": "/nowhere"}, "CLAUSEMAP_LANGUAGES is '/nowhere'; there is no such folder"),
        ({"CLAUSEMAP_WORKSPACE": "/nowhere"}, "CLAUSEMAP_WORKSPACE is '/nowhere'; there is no such folder"),
        ({"CLAUSEMAP_CACHE": __file__}, f"CLAUSEMAP_CACHE is '{__file__}'; there is no such folder"),
        ({"CLAUSEMAP_WORKSPCAE": "x"}, "CLAUSEMAP_WORKSPCAE is no setting; did you mean CLAUSEMAP_WORKSPACE?"),
        ({"CLAUSEMAP_": "x"}, f"CLAUSEMAP_ is no setting; there are {', '.join(VARIABLES)}"),
    ],
)
def test_what_is_wrong_is_told(environ: dict[str, str], told: str) -> None:
    with pytest.raises(SetupError) as refused:
        check_settings(environ)
    assert str(refused.value) == told


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(SetupError, match=r"CLAUSEMAP_BASE_URL is 'x'; .+; CLAUSEMAP_IMAGES_MB is 'much'; "):
        check_settings({"CLAUSEMAP_BASE_URL": "x", "CLAUSEMAP_IMAGES_MB": "much"})
    with pytest.raises(SetupError, match=r"CLAUSEMAP_X is no setting; .+; CLAUSEMAP_LANGUAGES is '/nowhere'; "):
        check_settings({"CLAUSEMAP_X": "x", "CLAUSEMAP_LANGUAGES": "/nowhere"})


def test_a_cache_that_is_not_there_is_made_later(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    assert check_settings({"CLAUSEMAP_CACHE": str(folder)}).cache == folder


@pytest.mark.parametrize("command", ["serve", "publish"])
@pytest.mark.parametrize(
    ("options", "environ", "told"),
    [
        ([], {"CLAUSEMAP_LANGUAGES": "/nowhere"}, "CLAUSEMAP_LANGUAGES is '/nowhere'; there is no such folder"),
        (["--workspace", "/nowhere"], {}, "--workspace /nowhere: there is no such folder"),
    ],
)
def test_nothing_starts_with_a_setting_that_is_wrong(
    command: str, options: list[str], environ: dict[str, str], told: str, tmp_path: Path
) -> None:
    where = [str(tmp_path / "site")] if command == "publish" else []
    ended = CliRunner().invoke(main, [command, *where, *options], env=environ)
    assert (ended.exit_code, ended.output) == (1, f"clausemap: {told}\n")
