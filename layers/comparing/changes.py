"""What changes from one edition to another, grouped by what it changes from and to, for maps of the difference."""

from collections.abc import Collection, Sequence
from typing import Any

from layers.comparing.comparison import ComparedPiece, EditionComparison, sum_levels
from layers.comparing.document import measures_of, numbered_pieces
from layers.comparing.treatment import TreatedZone
from layers.files import json_bytes

Row = dict[str, Any]
Sides = tuple[tuple[TreatedZone, ...], tuple[TreatedZone, ...]]


def changes_json(found: EditionComparison, zones: Collection[str] = ()) -> bytes:
    """Return what differs as JSON bytes: ``differs``, its area, and ``changes``, the largest first.

    A change has the zones on either side that tell it, by id, the first with most of its territory, its area with low
    and high, and the ids of its ``pieces``. Bands that lie in one another tell a change only where nothing else does.

    Parameters
    ----------
    found
        The comparison.
    zones
        Ids of zones on either side outside which nothing counts; empty for everywhere.
    """
    differing = [piece for piece in found.pieces if piece.differs and (not zones or _is_in(piece, zones))]
    grouped: dict[tuple[tuple[str, ...], ...], list[ComparedPiece]] = {}
    for piece in differing:
        key = tuple(tuple(dict.fromkeys(zone.key for zone in side)) for side in _telling(piece))
        grouped.setdefault(key, []).append(piece)
    ids = {id(piece): piece_id for piece_id, piece in numbered_pieces(found)}
    changes = [_change(pieces, ids) for pieces in grouped.values() if any(id(piece) in ids for piece in pieces)]
    ordered = sorted(changes, key=lambda change: -change["area_km2"])
    return json_bytes({"differs": measures_of(sum_levels(differing)), "changes": ordered})


def _is_in(piece: ComparedPiece, zones: Collection[str]) -> bool:
    return any(zone.id in zones for zone in (*piece.left.zones, *piece.right.zones))


def _telling(piece: ComparedPiece) -> Sides:
    """The zones on either side that tell a change: without bands, unless only they differ."""
    sides = piece.left.zones, piece.right.zones
    left, right = (tuple(zone for zone in side if not zone.nested) for side in sides)
    alike = {zone.key for zone in left} == {zone.key for zone in right}
    return sides if alike else (left, right)


def _change(pieces: Sequence[ComparedPiece], ids: dict[int, str]) -> Row:
    drawn = sorted((piece for piece in pieces if id(piece) in ids), key=lambda piece: -piece.by_level[0])
    left, right = _telling(drawn[0])
    return {
        "left_zones": [zone.id for zone in left],
        "right_zones": [zone.id for zone in right],
        **measures_of(sum_levels(pieces)),
        "pieces": [ids[id(piece)] for piece in drawn],
    }
