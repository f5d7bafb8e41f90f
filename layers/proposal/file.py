"""Reading a proposal file as raw tables."""

import tomllib
from pathlib import Path
from typing import Any

from layers.errors import ProposalError
from layers.text.toml_files import parse_toml

MOST_BYTES = 2 * 2**20  # the longest proposal of the project has a tenth of it
START = "start from 'clausemap proposals new'"


def read_raw(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file. Raises ProposalError with one line that says what to do."""
    try:
        return parse_toml(_content(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProposalError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ProposalError(f"{path}: not TOML: {_one_line(error)}; mend the line that it names") from error
    except ValueError as error:  # nested too deeply, or a number of thousands of digits
        raise ProposalError(f"{path}: not a proposal: {_one_line(error)}; {START}") from error


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise ProposalError(f"{path}: is a folder; name a file in it")
    if not path.is_file():  # never opened: reading a pipe would wait for good
        reason = "is not a regular file" if path.exists() else "not there"
        raise ProposalError(f"{path}: {reason}; check the path")
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ProposalError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if len(content) > MOST_BYTES:
        raise ProposalError(f"{path}: larger than {MOST_BYTES // 2**20} MB; a proposal is a few pages of text")
    return content


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
