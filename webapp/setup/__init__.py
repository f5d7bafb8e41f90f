"""What the Makefile needs done before the rest can run: packages, Leaflet, fonts, a browser for tests.

``python -m webapp.setup STEP``; apart from the fonts it runs on the standard library alone.
The only part of the project that reaches for the network.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from geo.errors import ClausemapError

ROOT = Path(__file__).resolve().parents[2]


class SetUpError(ClausemapError):
    """A step of the set-up that could not be done."""


def in_ci(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether this is a run of continuous integration: ``CI`` set and not empty, ``0`` or ``false``."""
    return environ.get("CI", "").lower() not in {"", "0", "false"}


def run(command: Sequence[str], failing: str) -> None:
    """Run a command in the project's folder.

    Parameters
    ----------
    command
        Program and arguments.
    failing
        Beginning of the error message.

    Raises
    ------
    SetUpError
        If the command cannot be run or fails.
    """
    try:
        subprocess.run(command, cwd=ROOT, check=True)
    except subprocess.CalledProcessError as error:
        raise SetUpError(f"{failing}: exit status {error.returncode}, its own words are above") from error
    except OSError as error:
        raise SetUpError(f"{failing}: {error}") from error
