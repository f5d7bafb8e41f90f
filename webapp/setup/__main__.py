"""``python -m webapp.setup STEP``: one step of the set-up, as the Makefile calls it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from webapp.setup import SetUpError, assets, browser, packages, scripts

STEPS: dict[str, Callable[[], None]] = {
    "packages": packages.install_packages,
    "npm": assets.fetch_npm_packages,
    "npm-tools": assets.fetch_npm_tools,
    "npm-lock": assets.lock_npm_packages,
    "vendor": assets.make_vendor,
    "lock-of-service": packages.write_lock_of_service,
    "browser": browser.provide_browser,
    "check-scripts": scripts.check_scripts,
    "test-scripts": scripts.run_script_tests,
}


def main(arguments: list[str]) -> int:
    """Do the one step that is named. Returns the exit status: 0 done, 1 failed, 2 wrong use."""
    if len(arguments) != 1 or arguments[0] not in STEPS:
        print(f"usage: python -m webapp.setup {'|'.join(STEPS)}", file=sys.stderr)
        return 2
    try:
        STEPS[arguments[0]]()
    except (SetUpError, OSError) as error:
        print(f"Set-up, {arguments[0]}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
