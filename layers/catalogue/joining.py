"""Catalogues of several folders: the data version of a folder, and joining proposals that were built separately."""

from dataclasses import replace
from pathlib import Path

from layers.catalogue.model import Catalogue, load_catalogue
from layers.errors import BuildError


def version_of(root: Path) -> str | None:
    """Return the data version of what is built under a root; None if there is nothing readable."""
    try:
        return load_catalogue(root).data_version
    except BuildError:
        return None


def joined(first: Catalogue, other: Catalogue) -> Catalogue:
    """Return a catalogue with the proposals of another one on the same control maps.

    Parameters
    ----------
    first
        The catalogue; its own proposals stay if an id is in both.
    other
        Catalogue on the same control maps, whose proposals are added.
    """
    added = {name: proposal for name, proposal in other.proposals.items() if name not in first.proposals}
    if not added:
        return first
    return replace(
        first,
        kinds=tuple(sorted({*first.kinds, *other.kinds})),
        proposals={**first.proposals, **added},
        parts=(*first.parts, other),
    )
