"""Headlines with figures in a proposal file: ``[figures]`` and ``[[outcomes]]``, checked.

A figure is a name for the area of zones together. An outcome is a headline with figures as placeholders
(``{buffer}``); the first outcome whose figures all exist on a date is the headline of that date.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from layers.kinds.table import KINDS
from layers.text.languages import DEFAULT
from layers.zone_ids import OBLAST, fits

PLACEHOLDER = re.compile(r"\{(\w*)\}")
BRACE = re.compile(r"[{}]")
LONGEST = {"text": 165, "short": 90}  # characters, with the figures in it
FIGURE = "about 99,900 km²"


def outcome_problems(raw: Mapping[str, Any]) -> Iterator[str]:
    """Return what is wrong with the figures and the outcomes of a file beyond their shape, one line each.

    Parameters
    ----------
    raw
        Tables of the TOML file, as parsed.
    """
    figures = _table(raw.get("figures"))
    yield from _figure_problems(figures, _zones(raw))
    outcomes = raw.get("outcomes")
    for number, outcome in enumerate(outcomes if isinstance(outcomes, list) else (), 1):
        forms = _table(outcome)
        needs_short = any(length(str(words)) > LONGEST["short"] for words in _table(forms.get("text")).values())
        if needs_short and "short" not in forms:
            yield f"outcomes.{number}.short: is missing; add one of at most {LONGEST['short']} characters for titles"
        for form, longest in LONGEST.items():
            yield from _text_problems(f"outcomes.{number}.{form}", _table(forms.get(form)), tuple(figures), longest)


def placeholders(words: str) -> tuple[str, ...]:
    """Return the names of the figures that a headline has, in order, each once.

    >>> placeholders("Ukraine would leave {buffer}, Russia {elsewhere}")
    ('buffer', 'elsewhere')
    """
    return tuple(dict.fromkeys(PLACEHOLDER.findall(words)))


def length(words: str) -> int:
    """Return how many characters a headline has with its figures filled in, at the most."""
    return len(PLACEHOLDER.sub(FIGURE, words))


def _figure_problems(figures: Mapping[str, Any], zones: Mapping[str, str]) -> Iterator[str]:
    sized = [zone for zone, kind in zones.items() if kind in KINDS and KINDS[kind].has_area]
    for name, listed in figures.items():
        if not listed:
            yield f"figures.{name}: names no zone; list one or more"
        for zone in listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ():
            if not any(zone == known or (OBLAST in known and fits(str(zone), known)) for known in zones):
                yield f"figures.{name}: unknown zone {zone!r}; known: {', '.join(sized)}"
            elif not any(zone == known or fits(str(zone), known) for known in sized):
                yield f"figures.{name}: {zone} has no area; name zones that have one: {', '.join(sized)}"


def _text_problems(where: str, texts: Mapping[str, Any], figures: Sequence[str], longest: int) -> Iterator[str]:
    needed = set(placeholders(str(texts.get(DEFAULT, ""))))
    for language, words in texts.items():
        named = placeholders(str(words))
        for name in named:
            if name not in figures:
                known = ", ".join(figures) or "none; add it to [figures]"
                yield f"{where}.{language}: unknown placeholder {{{name}}}; known: {known}"
        if length(str(words)) > longest:
            yield f"{where}.{language}: takes {length(str(words))} characters with its figures; at most {longest}"
        if BRACE.search(PLACEHOLDER.sub("", str(words))):
            yield f"{where}.{language}: has a brace that belongs to no placeholder; take it out"
        if not named:
            yield f"{where}.{language}: has no figure; write one as {{name}} of [figures], or take the outcome out"
        elif set(named) != needed:
            listed = " and ".join(f"{{{name}}}" for name in sorted(needed))
            yield f"{where}.{language}: must have {listed}, as the English text has"


def _zones(raw: Mapping[str, Any]) -> dict[str, str]:
    """The ids of all zones as the file writes them, each with its kind."""
    zones = raw.get("zones")
    listed = [zone for zone in zones if isinstance(zone, dict)] if isinstance(zones, list) else []
    return {str(zone.get("id")): str(zone.get("kind")) for zone in listed}


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
