"""Which ground of the table of places a zone lies on. Light enough for whoever serves pages."""

from layers.kinds.kind import Properties
from layers.kinds.table import kind_of

ALONG_LINE = "line-unheld"
TOGETHER = "+"  # between the keys of grounds that share places


def ground_key(zone: Properties) -> str | None:
    """Return the key of a zone's ground in the table, by its properties; None for a zone that has no name there."""
    kind = kind_of(zone)
    if not kind.divides or not kind.labelled:
        return None
    if zone["oblast"]:
        return f"{zone['oblast']}-{'held' if zone['held_by'] == 'russia' else 'unheld'}"
    return ALONG_LINE if zone["held_by"] == "ukraine" and not zone["partition"] else None
