"""The scripts of the pages: checked by eslint and TypeScript, tested by Node's own test runner."""

from __future__ import annotations

from webapp.setup import ROOT, run
from webapp.setup.assets import node_command

TESTS = "tests/scripts"
FOLDERS = ("webapp/static", TESTS)


def check_scripts() -> None:
    """Check the scripts with eslint, and their types, written as JSDoc, with tsc. Raises SetUpError for any finding."""
    node = node_command()
    eslint = ("node_modules/eslint/bin/eslint.js", "--config", f"{TESTS}/eslint.config.js", "--max-warnings", "0")
    run([*node, *eslint, *FOLDERS], "eslint found something in the scripts")
    run([*node, "node_modules/typescript/bin/tsc", "--project", TESTS], "tsc found something in the scripts")


def run_script_tests() -> None:
    """Run the unit tests of the scripts. Raises SetUpError where one fails."""
    files = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / TESTS).glob("*.test.js"))]
    run([*node_command(), "--test", *files], "a test of the scripts failed")
