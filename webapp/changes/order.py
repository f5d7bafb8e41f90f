"""Comparing two dates of a control map, as another process does it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

BUILT = "built"  # the folder of a workspace with what is built of its maps


@dataclass(frozen=True)
class ChangesOrder:
    """Two dates of a control map (ISO 8601), the earlier first, and the workspace that has the map."""

    workspace: Path
    control: str
    first: str
    second: str

    @property
    def name(self) -> str:
        """The name of the collection, and of its file without ending."""
        return f"control-changes_{self.first}_{self.second}"


def compare_dates(order: ChangesOrder) -> bytes:
    """Return the areas that differ as GeoJSON, with the figures of ``clausemap control diff`` as ``comparison``.

    Raises UnknownError, DateError and ControlError where a map cannot be read.
    """
    from geo.geojson import feature_collection
    from layers.control.comparison import changed_ground, compare, comparison_figures
    from layers.control.references import find_map
    from layers.control.workspace import Workspace
    from layers.reference.study_data import load_study_data

    study, workspace = load_study_data(), Workspace(order.workspace)
    first, second = (
        find_map(f"{order.control}@{day}", workspace, study, date.max, accept=True)
        for day in (order.first, order.second)
    )
    found = compare(first, second, study.reference)
    members = {"name": order.name, "comparison": comparison_figures(found)}
    return feature_collection(changed_ground(found, first.as_of, second.as_of), members)
