"""Comparing two editions, as another process does it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from layers.catalogue.inputs import Inputs

if TYPE_CHECKING:
    from layers.comparing.comparison import EditionComparison

CHANGES = "changes"


@dataclass(frozen=True)
class SideOrder:
    """One side of a comparison: what it is derived from, its proposal, and the date requested (ISO 8601)."""

    inputs: Inputs
    proposal_id: str
    requested: str


@dataclass(frozen=True)
class ComparisonOrder:
    """Two sides, and the form of the result: ``json``, ``csv``, ``geojson``, or ``changes`` in ``zones``."""

    left: SideOrder
    right: SideOrder
    form: str
    zones: tuple[str, ...] = ()


def write_comparison(order: ComparisonOrder) -> bytes:
    """Return a comparison in its form. Raises BuildError where the data has changed; also what deriving raises."""
    from layers.build.on_demand import derived_edition
    from layers.comparing.changes import changes_json
    from layers.comparing.comparison import compare_editions
    from layers.comparing.document import comparison_csv, comparison_geojson, comparison_json

    writers: dict[str, Callable[[EditionComparison], bytes]] = {
        "json": comparison_json,
        "csv": comparison_csv,
        "geojson": comparison_geojson,
        CHANGES: partial(changes_json, zones=order.zones),
    }
    sides = (order.left, order.right)
    found = compare_editions(*(derived_edition(side.inputs, side.proposal_id, side.requested) for side in sides))
    return writers[order.form](found)


def write_line_since(inputs: Inputs, since: str) -> bytes:
    """Return what each control map after a date shows differently from the map of that date, as JSON.

    Parameters
    ----------
    inputs
        What the control maps are read from.
    since
        ISO date of the first map.

    Raises
    ------
    BuildError
        If the data has changed; also what reading a control map raises.
    """
    from layers.build.on_demand import study_of
    from layers.comparing.line_since import line_since
    from layers.files import json_bytes

    return json_bytes(line_since(study_of(inputs), since))
