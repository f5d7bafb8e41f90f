"""Problems of a proposal file's shape, one line each: the key, what is wrong, what would be right."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError


def shape_problems(error: ValidationError, raw: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Return each problem that the models find as one line.

    Parameters
    ----------
    error
        Error that pydantic raised for the tables.
    raw
        Tables of the TOML file, as parsed.
    prefix
        Put in front of each key, such as ``published.``.
    """
    return [
        f"{prefix}{_key(problem['loc'], raw)}: {_remedy(problem['type'], problem['msg'])}"
        for problem in error.errors(include_url=False)
    ]


def _remedy(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return "is not a key of this table; check its spelling or take it out"
    return re.sub(r"^Input", "value", message)


def _key(location: tuple[int | str, ...], raw: Any) -> str:
    """A location as a reader of the file would name it: ``zones.donetsk-buffer.name.uk``."""
    names: list[str] = []
    for step in location:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        label = raw.get("id") or raw.get("number") if isinstance(raw, dict) else None
        names.append(str(label) if isinstance(step, int) and label else str(step))
    return ".".join(names)
