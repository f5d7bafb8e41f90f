"""The key of a zone in the table of label places. Imports nothing heavy, for web workers."""

from layers.kinds.kind import Properties
from layers.kinds.table import kind_of

ALONG_LINE = "line-unheld"
TOGETHER = "+"  # between the keys of grounds that share places


def ground_key(zone: Properties) -> str | None:
    """Return the key of a zone in the table of label places; None for a zone without a label."""
    kind = kind_of(zone)
    if not kind.divides or not kind.labelled:
        return None
    if zone["oblast"]:
        return f"{zone['oblast']}-{'held' if zone['held_by'] == 'russia' else 'unheld'}"
    return ALONG_LINE if zone["held_by"] == "ukraine" and not zone["partition"] else None
