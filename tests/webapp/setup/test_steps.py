"""The steps that the Makefile calls: wrong use and failure each have one line and a status."""

import re
import sys

import pytest

from webapp.setup import ROOT, SetUpError, __main__, run


def test_a_step_that_fails_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise SetUpError("npm could not")

    monkeypatch.setitem(__main__.STEPS, "npm", fail)
    assert __main__.main(["npm"]) == 1
    assert capsys.readouterr().err == "Set-up, npm: npm could not\n"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["npm", "vendor"]])
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(arguments) == 2
    assert "usage" in capsys.readouterr().err


def test_a_program_that_fails_or_is_missing_is_named() -> None:
    with pytest.raises(SetUpError, match="could not: exit status 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], "could not")
    with pytest.raises(SetUpError, match=r"could not: .*no-such-program"):
        run(["no-such-program"], "could not")


def test_the_makefile_calls_steps_that_exist() -> None:
    called = re.findall(r"-m webapp\.setup (\S+)", (ROOT / "Makefile").read_text("utf-8"))
    assert sorted(called) == sorted(__main__.STEPS)
