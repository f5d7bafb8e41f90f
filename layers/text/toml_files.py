"""Reading TOML that people write: nothing in it may nest without limit."""

import tomllib
from pathlib import Path
from typing import Any

MOST_LEVELS = 20  # a proposal has six: zones, a zone, its derivation, oblasts, each of them
DEEP = "tables or arrays are nested too deeply"


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a file. Raises OSError, and ValueError that says what cannot be read."""
    return parse_toml(path.read_text("utf-8"))


def parse_toml(text: str) -> dict[str, Any]:
    """Return the tables in a text. Raises ValueError (TOMLDecodeError) that says what cannot be read."""
    try:
        raw = tomllib.loads(text)
    except RecursionError as error:
        raise ValueError(DEEP) from error
    if _depth(raw) > MOST_LEVELS:
        raise ValueError(DEEP)
    return raw


def _depth(raw: dict[str, Any]) -> int:
    """How deeply tables and arrays are nested; counted without recursion, since dotted keys can nest without limit."""
    level: list[Any] = [raw]
    depth = 0
    while level and depth <= MOST_LEVELS:
        inside = [one.values() if isinstance(one, dict) else one for one in level]
        level = [part for parts in inside for part in parts if isinstance(part, dict | list)]
        depth += 1
    return depth
