"""Reading a proposal file as raw tables."""

import tomllib
from pathlib import Path
from typing import Any

from layers.errors import ProposalError

MOST_BYTES = 2 * 2**20  # the longest proposal of the project has a tenth of it
MOST_LEVELS = 20  # a proposal has six: zones, a zone, its derivation, oblasts, each of them
DEEP = "tables or arrays are nested too deeply"
START = "start from 'clausemap proposals new'"


def read_raw(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file. Raises ProposalError with one line that says what to do."""
    try:
        raw = tomllib.loads(_content(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProposalError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ProposalError(f"{path}: not TOML: {_one_line(error)}; mend the line that it names") from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        reason = DEEP if isinstance(error, RecursionError) else _one_line(error)
        raise ProposalError(f"{path}: not a proposal: {reason}; {START}") from error
    if _depth(raw) > MOST_LEVELS:
        raise ProposalError(f"{path}: not a proposal: {DEEP}; {START}")
    return raw


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


def _depth(raw: dict[str, Any]) -> int:
    """How deeply tables and arrays are nested; counted without recursion, since dotted keys can nest without limit."""
    level: list[Any] = [raw]
    depth = 0
    while level and depth <= MOST_LEVELS:
        inside = [one.values() if isinstance(one, dict) else one for one in level]
        level = [part for parts in inside for part in parts if isinstance(part, dict | list)]
        depth += 1
    return depth


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
