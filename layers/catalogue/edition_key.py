"""The key of an edition: a hash of all that its bytes depend on. Reads no geometry, so that a web worker can ask."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "pyproj", "shapely")
ROOT = Path(__file__).parents[2]
HOUSES = ("geo", "layers")


def edition_key(data_version: str, proposal_id: str, as_of: str) -> str:
    """Return the key under which an edition is stored: 64 hexadecimal digits.

    The code of ``geo`` and ``layers`` and the versions of the packages that cut and measure are part of it.

    Parameters
    ----------
    data_version
        Version of the files of proposals, sources, control maps, boundaries and texts.
    proposal_id
        Id of the proposal.
    as_of
        ISO date of the control map.
    """
    return hash_of((data_version, proposal_id, as_of, code_version()))


def hash_of(parts: Iterable[str]) -> str:
    """Return one SHA-256 of several texts in their order, in hexadecimal digits."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def code_version() -> str:
    """Return a hash of the code that derives and writes editions, read once a process."""
    digest = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    for house in HOUSES:
        for path in sorted((ROOT / house).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
