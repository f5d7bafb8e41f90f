"""The query of a request for features: checked, with what there is in the message of each refusal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

from layers.dates import is_day
from webapp.errors import OptionError
from webapp.ogc.boxes import BoundingBox
from webapp.query import LONGEST_NAME

LIMIT = 100  # features of a page where none is asked for
MOST = 1000
LARGEST_OFFSET = 10_000_000
PAGING = ("limit", "offset")
CHOOSING = ("bbox", "datetime")
FILTERS = ("zone", "clause", "oblast", "held_by", "recognition_mode")
FORM = "f"
OF_ALL = (FORM,)  # the parameters of every document
PARAMETERS = (*PAGING, *CHOOSING, *FILTERS, *OF_ALL)

JSON_FORM, HTML_FORM = "json", "html"
FORMS = (JSON_FORM, HTML_FORM)

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
OPEN = ("", "..")
BBOX_FORMS = ("west,south,east,north", "west,south,lowest,east,north,highest")
DATETIME_FORMS = ("2025-11-20", "2025-11-20T00:00:00Z", "2025-11-01/2025-12-31", "2025-11-01/..", "../2025-12-31")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


@dataclass(frozen=True)
class Query:
    """Which features are asked for: a page of those that meet all conditions.

    ``boxes`` are the parts of a bounding box, two where it crosses 180°; ``since`` and ``until`` are days, empty where
    there is no bound; ``filters`` are values by property. ``given`` are the parameters as they came, without paging.
    """

    limit: int = LIMIT
    offset: int = 0
    boxes: tuple[BoundingBox, ...] = ()
    since: str = ""
    until: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    def page(self, offset: int) -> str:
        """Return the query string of the page that begins at an offset."""
        paging = {"limit": self.limit} if self.limit != LIMIT else {}
        return _written({**self.given, **paging, **({"offset": offset} if offset else {})})


def _written(values: Mapping[str, object]) -> str:
    return f"?{urlencode(values, safe=',:/')}" if values else ""


def read_query(given: Mapping[str, Sequence[str]]) -> Query:
    """Return the query that a request has written.

    Parameters
    ----------
    given
        Values of each parameter of the query, by its name; the names are checked.

    Raises
    ------
    OptionError
        If a parameter has a value that it cannot have; lists those that it can.

    Examples
    --------
    >>> read_query({"datetime": ["2025-11-01/.."], "limit": ["5"]}).page(5)
    '?datetime=2025-11-01/..&limit=5&offset=5'
    """
    values = {name: written[0] for name, written in given.items()}
    since, until = read_days(values["datetime"]) if "datetime" in values else ("", "")
    return Query(
        limit=_count("limit", values.get("limit", str(LIMIT)), 1, MOST),
        offset=_count("offset", values.get("offset", "0"), 0, LARGEST_OFFSET),
        boxes=read_boxes(values["bbox"]) if "bbox" in values else (),
        since=since,
        until=until,
        filters={name: values[name] for name in FILTERS if name in values},
        given={name: values[name] for name in (*CHOOSING, *FILTERS) if name in values},
    )


def read_form(given: Mapping[str, Sequence[str]]) -> str:
    """Return the form of a document that a request names, empty for none. Raises OptionError that lists them."""
    form = next(iter(given.get(FORM, ())), "")
    if FORM in given and form not in FORMS:
        raise _refused(FORM, form, FORMS)
    return form


def check_parameters(given: Mapping[str, Sequence[str]], known: tuple[str, ...]) -> None:
    """Refuse parameters that a document does not know, and those that are given twice.

    The standard asks for that, so that none is ignored, unlike elsewhere in the service.

    Parameters
    ----------
    given
        Values of each parameter of the query, by its name.
    known
        Parameters that the document knows.

    Raises
    ------
    OptionError
        Lists the known parameters.
    """
    for name, values in given.items():
        if name not in known:
            raise OptionError("option", name[:LONGEST_NAME], known)
        if len(values) > 1:
            raise _refused(name, ",".join(values), (f"{name}=…",))


def _refused(name: str, value: str, forms: Sequence[str]) -> OptionError:
    return OptionError(name, value[:LONGEST_NAME], tuple(forms))


def _count(name: str, value: str, least: int, most: int) -> int:
    """A whole number from ``least`` on; one above ``most`` is taken as that, as the standard wants it."""
    number = int(value) if re.fullmatch(r"\+?[0-9]{1,1000}", value) else least - 1
    if number < least:
        raise _refused(name, value, (str(least), "…", str(most)))
    return min(number, most)


def read_boxes(value: str) -> tuple[BoundingBox, ...]:
    """Return the parts of a ``bbox``: one, or two where it crosses 180°. Heights are ignored.

    Raises OptionError.

    >>> [(box.west, box.east) for box in read_boxes("170,-10,-170,10")]
    [(170.0, 180.0), (-180.0, -170.0)]
    """
    written = value.split(",")
    if len(written) not in {4, 6} or not all(NUMBER.fullmatch(number) for number in written):
        raise _refused("bbox", value, BBOX_FORMS)
    numbers = [float(number) for number in written]
    west, south, east, north = numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])
    if south > north:
        raise _refused("bbox", value, BBOX_FORMS)
    if west > east:
        return BoundingBox(west, south, 180.0, north), BoundingBox(-180.0, south, east, north)
    return (BoundingBox(west, south, east, north),)


def read_days(value: str) -> tuple[str, str]:
    """Return the first and the last day of a ``datetime``, each empty where it has no bound.

    Raises OptionError.

    >>> read_days("2025-11-20T22:00:00-05:00"), read_days("../2025-12-31")
    (('2025-11-21', '2025-11-21'), ('', '2025-12-31'))
    """
    ends = value.split("/")
    days = ["" if end in OPEN and len(ends) == 2 else _day(end) for end in ends]
    if len(ends) > 2 or None in days or not any(days):
        raise _refused("datetime", value, DATETIME_FORMS)
    since, until = str(days[0]), str(days[-1])
    if since and until and since > until:
        raise _refused("datetime", value, DATETIME_FORMS)
    return since, until


def _day(text: str) -> str | None:
    """The day, in universal time, of a day or a moment by RFC 3339; None for anything else."""
    if is_day(text.removesuffix("T")):  # GDAL writes days with a T
        return text[:10]
    moment = _MOMENT.fullmatch(text)
    if moment is None:
        return None
    day, time, _, zone = moment.groups()
    try:
        return datetime.fromisoformat(f"{day}T{time}{zone.upper()}").astimezone(UTC).date().isoformat()
    except (ValueError, OverflowError):
        return None
