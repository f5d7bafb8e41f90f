"""Checks beyond the shape of a proposal file: ids, clauses, oblasts, derivations, dates.

Every check works on the raw tables and skips what is malformed there, so that all problems of a file are reported at
once.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from layers.derivations.parameters import Country, EachOblast, InOblasts, River, SomeOblasts
from layers.derivations.registry import DERIVATIONS
from layers.kinds.table import KINDS, made_by
from layers.proposal.model import ProposalFile
from layers.proposal.outcomes import outcome_problems
from layers.proposal.placeholders import BLANKS
from layers.proposal.published import published_problems
from layers.proposal.shape_problems import shape_problems
from layers.reference.reference_data import Names

ZONE_ID = re.compile(r"[a-z0-9]+(-([a-z0-9]+|\{oblast\}))*")
BLANK = re.compile(r"(?<!\{)\{\w+\}(?!\})")


def find_problems(raw: Mapping[str, Any], stem: str, names: Names) -> list[str]:
    """Return the problems of a proposal that the shape of its tables does not show, one line each.

    Parameters
    ----------
    raw
        Tables of the TOML file, as parsed.
    stem
        Name of the file without ``.toml``.
    names
        Oblasts, control dates, rivers and countries that a proposal may name, and its languages.
    """
    problems = [*_head(raw, stem), *_points(raw), *_repeated(raw)]
    clauses = _known_clauses(raw)
    for number, zone in enumerate(_tables(raw, "zones"), 1):
        where = f"zones.{zone.get('id', number)}"
        problems += _zone_id(zone, where)
        problems += _zone_clauses(zone, where, clauses)
        problems += _zone_texts(zone, where)
        problems += _zone_derivation(zone, where, names)
    problems += outcome_problems(raw)
    problems += published_problems(raw, [str(zone.get("id")) for zone in _tables(raw, "zones")], names)
    return problems + _ground_twice(raw, names.oblasts)


def _ground_twice(raw: Mapping[str, Any], oblasts: Sequence[str]) -> list[str]:
    """Refuse zones of the partition that take the same side of the same oblast: they would overlap."""
    taken: dict[tuple[str, str], str] = {}
    problems = []
    for zone in _tables(raw, "zones"):
        for ground in _ground_of(zone, oblasts) if zone.get("partition") is True else ():
            if ground in taken:
                problems.append(
                    f"zones.{zone.get('id')}.derivation: {ground[0]}, {ground[1]} part, is in zones.{taken[ground]} "
                    "too; take it out of one of them or write partition = false"
                )
            taken.setdefault(ground, str(zone.get("id")))
    return problems


def sides_taken(proposal: ProposalFile, oblasts: Sequence[str]) -> set[tuple[str, str]]:
    """Return which sides of which oblasts the partition zones of a proposal cover.

    Parameters
    ----------
    proposal
        The proposal, loaded from its file and checked.
    oblasts
        ISO 3166-2 codes of all oblasts.

    Returns
    -------
    ISO 3166-2 codes, each with ``held`` or ``other`` for the side of the line of contact.
    """
    zones = [{"derivation": dict(zone.derivation)} for zone in proposal.zones if zone.partition]
    return {side for zone in zones for side in _ground_of(zone, oblasts)}


def _ground_of(zone: Mapping[str, Any], oblasts: Sequence[str]) -> list[tuple[str, str]]:
    """The oblasts that a zone takes, each with the side of the line; none if the zone is malformed."""
    derivation, given = DERIVATIONS.get(_function(zone) or ""), zone.get("derivation")
    if derivation is None or not isinstance(given, dict):
        return []
    codes, left_out = given.get("oblasts", oblasts), given.get("except", ())
    if not isinstance(codes, Sequence) or not isinstance(left_out, Sequence):
        return []
    return [(str(code), side) for code in codes if code not in left_out for side in derivation.sides]


def _head(raw: Mapping[str, Any], stem: str) -> Iterator[str]:
    if raw.get("id") != stem:
        yield f"id: is {raw.get('id')!r}, the file is called {stem}.toml; make them the same"


def _points(raw: Mapping[str, Any]) -> Iterator[str]:
    numbers = {str(point.get("number")) for point in _tables(raw, "points")}
    for clause in _tables(raw, "clauses"):
        if str(clause.get("point")) not in numbers:
            yield (
                f"clauses.{clause.get('id')}.point: there is no point {clause.get('point')}; "
                "add it to [[points]] or name another"
            )


def _repeated(raw: Mapping[str, Any]) -> Iterator[str]:
    for table, key in (("zones", "id"), ("clauses", "id"), ("points", "number")):
        counts = Counter(str(entry.get(key)) for entry in _tables(raw, table))
        for name, count in counts.items():
            if count > 1:
                yield f"{table}.{name}: the {key} is used {count} times; every {key} must be its own"


def _known_clauses(raw: Mapping[str, Any]) -> set[str]:
    ids = {str(clause.get("id")) for clause in _tables(raw, "clauses")}
    return ids | {str(point.get("number")) for point in _tables(raw, "points")}


def _zone_id(zone: Mapping[str, Any], where: str) -> Iterator[str]:
    zone_id = zone.get("id")
    if isinstance(zone_id, str) and not ZONE_ID.fullmatch(zone_id):
        yield f"{where}.id: use lower-case letters, digits and hyphens, and {{oblast}} where it varies"
    each = _function(zone) == "held-each"
    if isinstance(zone_id, str) and ("{oblast}" in zone_id) != each and not (each and _of_one(zone)):
        yield f"{where}.id: has {{oblast}} exactly where the derivation is held-each; mend one of them"


def _of_one(zone: Mapping[str, Any]) -> bool:
    """Whether a zone names a single oblast, so that its id needs no ``{oblast}``."""
    oblasts = zone["derivation"].get("oblasts")
    return isinstance(oblasts, list) and len(oblasts) == 1


def _zone_texts(zone: Mapping[str, Any], where: str) -> Iterator[str]:
    """Refuse placeholders that nothing fills: ``{oblast}`` outside held-each, those of maps outside says and open."""
    each = _function(zone) == "held-each"
    for key in ("name", "says", "open"):
        texts = zone.get(key)
        for language, words in texts.items() if isinstance(texts, dict) else ():
            filled = {*(("{oblast}",) if each else ()), *(BLANKS if key != "name" else ())}
            if set(BLANK.findall(str(words))) - filled:
                yield (
                    f"{where}.{key}.{language}: has a blank that nothing fills; only held-each fills {{oblast}}, "
                    f"and what is said {' and '.join(BLANKS)}"
                )


def _zone_kind(zone: Mapping[str, Any], where: str, function: str) -> Iterator[str]:
    derivation, kind = DERIVATIONS[function], zone.get("kind")
    if isinstance(kind, str) and kind not in made_by(function):
        yield f"{where}.kind: {function} makes no {kind}; it makes {', '.join(sorted(made_by(function)))}"
    if zone.get("partition") is True and not derivation.partitions:
        yield f"{where}.partition: {function} lies over other zones; write false"


def _zone_clauses(zone: Mapping[str, Any], where: str, known: set[str]) -> Iterator[str]:
    also = zone.get("also_clauses", [])
    named = [("clause", zone.get("clause"))]
    named += [("also_clauses", name) for name in also] if isinstance(also, list) else []
    for key, clause in named:
        if clause is not None and str(clause) not in known:
            listed = ", ".join(sorted(known))
            yield f"{where}.{key}: no point has a clause {clause!r}; known: {listed}"


def _zone_derivation(zone: Mapping[str, Any], where: str, names: Names) -> Iterator[str]:
    given, function = zone.get("derivation"), _function(zone)
    if not isinstance(given, dict):
        return
    if function not in DERIVATIONS:
        listed = ", ".join(DERIVATIONS)
        yield f"{where}.derivation.function: unknown derivation {function!r}; known: {listed}"
        return
    yield from _zone_kind(zone, where, function)
    try:
        parameters = DERIVATIONS[function].parameters.model_validate(given)
    except ValidationError as error:
        yield from shape_problems(error, given, f"{where}.derivation.")
        return
    yield from _unknown_names(parameters, f"{where}.derivation", names)
    if isinstance(parameters, SomeOblasts) and not parameters.codes(names.oblasts):
        yield f"{where}.derivation.except: leaves no oblast; take one out"
    kind = KINDS.get(str(zone.get("kind")))
    if kind and isinstance(parameters, EachOblast) and parameters.minimum_km2 < kind.smallest_km2:
        yield (
            f"{where}.derivation.minimum_km2: a {kind.key} zone has at least {kind.smallest_km2:g} km²; "
            "write that or more"
        )


def _unknown_names(parameters: object, where: str, names: Names) -> Iterator[str]:
    codes: list[tuple[str, str, Sequence[str]]] = []
    if isinstance(parameters, InOblasts | SomeOblasts):
        codes += [("oblasts", code, names.oblasts) for code in parameters.oblasts]
    if isinstance(parameters, SomeOblasts):
        codes += [("except", code, names.oblasts) for code in parameters.other_than]
    if isinstance(parameters, River):
        codes.append(("source", parameters.source, names.rivers))
    if isinstance(parameters, Country):
        codes.append(("country", parameters.country, names.countries))
    for key, code, known in codes:
        if code not in known:
            yield f"{where}.{key}: unknown {code!r}; known: {', '.join(known)}"


def _function(zone: Mapping[str, Any]) -> str | None:
    derivation = zone.get("derivation")
    function = derivation.get("function") if isinstance(derivation, dict) else None
    return function if isinstance(function, str) else None


def _tables(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    entries = raw.get(name, [])
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
