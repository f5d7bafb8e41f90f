"""Notes of a reader's own on the map: each a place in degrees and what is written there, as ``34.5,48.2:Text``."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from webapp.errors import LimitError

WRITTEN = "LON,LAT:TEXT"
BETWEEN = "|"
MOST, LONGEST = 8, 80  # notes, and characters of each
DECIMALS = 4  # of a degree, 11 m

_NOTE = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,2}(?:\.\d+)?)\s*[:：]\s*(\S.*)")
_BREAKS = re.compile(r"[|\r\n]+")


@dataclass(frozen=True)
class Note:
    """A text of the reader's own, and where it stands, in degrees."""

    lon_deg: float
    lat_deg: float
    words: str

    def __str__(self) -> str:
        """The note as it is given."""
        return f"{round(self.lon_deg, DECIMALS)},{round(self.lat_deg, DECIMALS)}:{self.words}"


def read_notes(value: str, clean: Callable[[str], str]) -> tuple[Note, ...]:
    """Return the notes in a value of the option, which ``|`` or new lines separate.

    Parameters
    ----------
    value
        Value of the option.
    clean
        Checks the text of a note and returns it as it is drawn.

    Raises
    ------
    LimitError
        If a note is not written as expected, or if there are too many; also whatever ``clean`` raises.
    """
    written = [part.strip() for part in _BREAKS.split(value) if part.strip()]
    if len(written) > MOST:
        raise LimitError(f"note: {len(written)} notes; at most {MOST} fit", "notes", count=len(written), most=MOST)
    return tuple(_read(one, clean) for one in written)


def write_notes(notes: Sequence[Note]) -> str:
    """Return notes as the value of the option, which ``read_notes`` reads."""
    return BETWEEN.join(map(str, notes))


def _read(words: str, clean: Callable[[str], str]) -> Note:
    found = _NOTE.fullmatch(words)
    if found is None:
        message = f"note '{words[:LONGEST]}': write it as {WRITTEN}, as in 34.5,48.2:Where it happened"
        raise LimitError(message, "note", note=words[:LONGEST])
    return Note(round(float(found[1]), DECIMALS), round(float(found[2]), DECIMALS), clean(found[3]))
