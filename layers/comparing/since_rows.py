"""The result of ``line_since`` as rows, read and written without geometry."""

import csv
import io
from typing import Any

from layers.files import cell

ALL = "all"
WAYS = ("to_russia", "to_ukraine")
Row = dict[str, Any]


def line_since_csv(found: Row) -> bytes:
    """Return the result of ``line_since`` as CSV bytes: a row for each map and oblast, ``all`` for all oblasts."""
    rows = [
        {"since": found["since"], "as_of": one["as_of"], **row}
        for one in found["maps"]
        for row in ({"oblast": ALL, **_figures_of(one)}, *one["oblasts"])
    ]
    names = dict.fromkeys(name for row in rows for name in row) or ("since", "as_of", "oblast")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return text.getvalue().encode()


def _figures_of(one: Row) -> Row:
    return {name: value for name, value in one.items() if name not in ("as_of", "oblasts")}
