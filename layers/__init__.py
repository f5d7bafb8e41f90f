"""From proposals and sources to zones, areas and the catalogue that the service reads.

For notebooks and scripts:

>>> import layers
>>> zones = layers.load_zones("us-28-points", as_of="2025-11-20")

What it offers, such as ``load_zones`` and ``compare_editions``, is loaded when it is first used: importing ``layers``
loads neither geopandas nor shapely.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.data_frames import (
        compare_editions,
        list_proposals,
        load_areas,
        load_control,
        load_zones,
        measure_geometry,
        read_control_map,
    )

__all__ = [
    "compare_editions",
    "list_proposals",
    "load_areas",
    "load_control",
    "load_zones",
    "measure_geometry",
    "read_control_map",
]


def __getattr__(name: str) -> Any:
    """Load a function when it is first used (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from layers import data_frames

    found = globals()[name] = getattr(data_frames, name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
