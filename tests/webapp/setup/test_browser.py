"""Which Chromium the tests take, and what follows where there is none."""

from pathlib import Path

import pytest

from webapp.setup import SetUpError, browser, in_ci


def program(folder: Path, name: str, status: int = 0) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither Playwright's own Chromium nor a way to install one."""

    def refuse() -> None:
        raise SetUpError("nothing can be fetched here")

    monkeypatch.setattr(browser, "_playwrights_own", lambda: None)
    monkeypatch.setattr(browser, "install_browser", refuse)


@pytest.mark.usefixtures("no_other")
class TestFind:
    def test_the_one_that_is_named_comes_first(self, tmp_path: Path) -> None:
        program(tmp_path, "chromium")
        named = program(tmp_path, "my-chromium")
        assert browser.find_browser({"CHROMIUM": str(named), "PATH": str(tmp_path)}) == named

    def test_a_named_one_that_does_not_run_is_refused(self, tmp_path: Path) -> None:
        named = program(tmp_path, "my-chromium", status=1)
        with pytest.raises(SetUpError, match="my-chromium"):
            browser.find_browser({"CHROMIUM": str(named), "PATH": str(tmp_path)})

    def test_a_stub_on_the_path_is_passed_over(self, tmp_path: Path) -> None:
        program(tmp_path, "chromium-browser", status=1)
        real = program(tmp_path, "google-chrome")
        assert browser.find_browser({"PATH": str(tmp_path)}) == real

    def test_none(self, tmp_path: Path) -> None:
        assert browser.find_browser({"PATH": str(tmp_path)}) is None


@pytest.mark.usefixtures("no_other")
class TestProvide:
    @pytest.fixture(autouse=True)
    def bare_machine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("CHROMIUM", raising=False)

    def test_without_a_browser_ci_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CI", "true")
        with pytest.raises(SetUpError, match="CI"):
            browser.provide_browser()

    def test_without_a_browser_a_desk_is_told(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("CI", "false")
        browser.provide_browser()
        assert "will be skipped" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("user", "debian", "has_apt", "called"),
    [
        (0, True, True, [["apt-get", "update"], ["apt-get", "install"]]),
        (0, False, True, [["playwright", "install", "--with-deps", "chromium"]]),
        (0, False, False, [["playwright", "install", "chromium"]]),
        (1000, True, True, [["playwright", "install", "chromium"]]),
    ],
)
def test_how_a_browser_is_installed(
    monkeypatch: pytest.MonkeyPatch, user: int, debian: bool, has_apt: bool, called: list[list[str]]
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(browser, "run", lambda command, failing: commands.append(command))
    monkeypatch.setattr(browser, "_is_debian", lambda: debian)
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if has_apt else None)
    browser.install_browser()
    assert len(commands) == len(called)
    assert all(set(words) <= set(command) for words, command in zip(called, commands, strict=True))


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("1", True), ("yes", True), ("", False), ("0", False), ("False", False)]
)
def test_in_ci(value: str, expected: bool) -> None:
    assert in_ci({"CI": value}) is expected


def test_in_ci_without_the_variable() -> None:
    assert in_ci({}) is False
