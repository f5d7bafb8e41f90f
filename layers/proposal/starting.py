"""The files that new proposals start from, in every language: ``starting.toml``, for drawings ``drawn.toml``."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from layers.errors import ProposalError
from layers.proposal.undrawn import UNDRAWN
from layers.text.languages import Languages, installed_languages

STARTING = Path(__file__).parents[1] / "starting.toml"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 60
DRAWN = STARTING.with_name("drawn.toml")
# The zones of starting.toml that are not its example, and what they leave out for the example.
AROUND = ("crimea-held", "sevastopol-held", "held-{oblast}", "contested")
OF_THE_EXAMPLE = ', "UA-14"'
WRITTEN_ID, WRITTEN_DAY = "new-proposal", "2025-11-20"  # those of starting.toml
_ID = re.compile(r'(?m)^id = "(?P<id>[^"]+)"')
_ENGLISH = re.compile(r"en = (?P<text>\".*\")")
WRITTEN = ("en", "uk", "zh-Hant")  # the languages of starting.toml, the last one being that of the last line of a text


def starting_file(proposal_id: str, day: date, languages: Languages | None = None) -> bytes:
    """Return a commented proposal file that passes the check unchanged.

    Added languages have the English texts, for translation.

    Parameters
    ----------
    proposal_id
        Id of the proposal: lower-case letters, digits and hyphens.
    day
        Date of the proposal.
    languages
        Languages of its texts; None for the installed ones.

    Raises
    ------
    ProposalError
        If the id cannot be used.
    """
    check_id(proposal_id)
    filled = STARTING.read_text("utf-8").replace(WRITTEN_ID, proposal_id).replace(WRITTEN_DAY, day.isoformat())
    return "\n".join([*_in_all_languages(filled.splitlines(), languages or installed_languages()), ""]).encode()


def drawing_file(languages: Languages | None = None) -> dict[str, str]:
    """Return the parts of a proposal file from a drawing, with blanks for what the page fills in.

    Parameters
    ----------
    languages
        Languages of its texts; None for the installed ones.

    Returns
    -------
    ``head`` with the blanks id and date, then the drawn zones by their ids with the blanks polygons and km, then
    ``rest``: what shows who holds the territory around them.
    """
    head, *zones = _parts(DRAWN.read_text("utf-8"))
    rest = [part for part in _parts(STARTING.read_text("utf-8")) if _zone_id(part) in AROUND]
    found = {"head": head} | {_zone_id(zone): zone for zone in zones}
    found["rest"] = found.pop("contact-line") + "".join(rest).replace(OF_THE_EXAMPLE, "")
    added = languages or installed_languages()
    return {name: "\n".join(_in_all_languages(part.split("\n"), added)) for name, part in found.items()}


def _parts(text: str) -> list[str]:
    """A file cut before each of its zones."""
    return re.split(r"(?m)^(?=\[\[zones\]\]$)", text)


def _zone_id(part: str) -> str:
    found = _ID.search(part)
    return found["id"] if found else ""


def check_id(proposal_id: str) -> None:
    """Raise ProposalError for what cannot be the id of a new proposal."""
    if not ID.fullmatch(proposal_id) or len(proposal_id) > LONGEST_ID:
        raise ProposalError(
            f"'{proposal_id[:LONGEST_ID]}': use lower-case letters, digits and hyphens, at most {LONGEST_ID} characters"
        )
    from layers.proposal.loading import proposal_ids  # with shapely, which a web worker does not load

    if proposal_id in (*proposal_ids(), UNDRAWN.stem):
        raise ProposalError(f"'{proposal_id}': is taken by the embedded data; choose another id")


def _in_all_languages(lines: list[str], languages: Languages) -> Iterator[str]:
    english, added = "", [tag for tag in languages.tags if tag not in WRITTEN]
    for line in lines:
        found = _ENGLISH.match(line)
        english = found["text"] if found else english
        yield line
        if line.startswith(f"{WRITTEN[-1]} = "):
            yield from (f"{tag} = {english}" for tag in added)
