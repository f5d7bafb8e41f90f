"""Both sides or several classes in one plain file: never united without a word."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from layers.errors import ControlError
from layers.findings import Finding, some_of
from layers.readers.classes.side_words import FREE_TEXT, Side, says_no_side, side_of
from layers.readers.document import Document, Item, plain_name

CLASSES = frozenset({
    "status", "control", "class", "side", "type", "category", "holder", "heldby", "controlledby", "controller", "who",
    "owner", "occupier", "party", "power", "kind", "group", "state", "level", "layer", "zone", "folder", "fill",
    "color", "colour", "style", "styleurl", "value", "val", "dn", "gridcode", "legend", "cls",
    "статус", "контроль", "тип", "клас", "сторона", "стан", "категорія", "категория", "класс", "состояние",
    "держатель", "狀態", "状态", "控制", "類型", "类型", "類別", "类别", "陣營", "阵营",
})  # fmt: skip
NO_CLASS = re.compile(
    r"^(fid|id|gid|objectid|uuid|guid|index|nr|no)$|_id$|date|time|oblast|region|raion|rayon|district|province|hromada|adm|iso|katot"
    r"|koatuu|area|length|perim|shape|km2|област|район|громад|площ|州|區|area|width|opacity|altitude|extrude|tessell|draworder"
    r"|visib|icon|hash|scale|begin|^end$|when|edit|creat|modif|user|version",
    re.IGNORECASE,
)
OBLAST = re.compile(r"\b(oblast|region|область|область|обл)\b|州$", re.IGNORECASE)
SOFT_WORDS: Mapping[str, Side] = {
    "held": "russia", "taken": "russia", "captured": "russia", "seized": "russia",
    "orcs": "russia", "orc": "russia",
    "захоплено": "russia", "зайнято": "russia",
    "free": "ukraine", "other": "ukraine", "rest": "ukraine", "unheld": "ukraine", "none": "ukraine", "ours": "ukraine",
    "наші": "ukraine", "наши": "ukraine", "решта": "ukraine", "frei": "ukraine", "wolne": "ukraine", "libre": "ukraine",
}  # fmt: skip
MOST_CLASSES = 12
SHOWN = 6


def separate(
    path: Path, document: Document, counts: Callable[[Item], bool], skip: frozenset[str] = frozenset()
) -> tuple[Callable[[Item], bool], list[Finding]]:
    """Return the contested features of a plain file, and the classes that are combined, to be reported.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    document
        The parsed file: its features, and the CRS and dates that it states.
    counts
        Returns whether a feature belongs to the map; others, such as labels, are ignored.
    skip
        Columns by which ``--where`` chose already; classes are then not reported.

    Returns
    -------
    A test for contested features, and at most two findings about classes.

    Raises
    ------
    ControlError
        ``both-sides`` if a column gives features to both sides.
    """
    items = [item for item in document.items if counts(item)]
    columns = {name: values for name, values in _columns(items).items() if name not in skip and len(set(values)) > 1}
    sides = {name: {value: side_of(name, value) for value in set(values)} for name, values in columns.items()}
    for name, values in columns.items():
        if _are_both(sides[name]):
            raise _both(path, name, values, sides[name])
    contested = {name: found for name, found in sides.items() if _has_contested(name, found)}

    def is_contested(item: Item) -> bool:
        return any(found.get(_value(item, name)) == "contested" for name, found in contested.items())

    told = [] if skip else [_told(name, values, name in contested) for name, values in _classes(columns, sides).items()]
    return is_contested, told[:2]


def _columns(items: Sequence[Item]) -> dict[str, list[str]]:
    names = dict.fromkeys(key for item in items for key in item.properties)
    return {name: [_value(item, name) for item in items] for name in names}


def _value(item: Item, name: str) -> str:
    value = item.properties.get(name)
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


def _are_both(sides: Mapping[str, Side | None]) -> bool:
    """Whether values name both sides, at least one of them by a word that only that side has."""
    strong = set(sides.values())
    soft = {SOFT_WORDS.get(value.casefold()) for value in sides} | strong
    return bool(strong & {"russia", "ukraine"}) and soft >= {"russia", "ukraine"}


def _both(path: Path, name: str, values: Sequence[str], sides: Mapping[str, Side | None]) -> ControlError:
    held = [value for value in Counter(values) if "russia" in {sides[value], SOFT_WORDS.get(value.casefold())}]
    choice = f"{name}={'|'.join(held[:3])}"
    return ControlError(
        "both-sides",
        f"{path}: column '{name}' has both sides: {_counted(values)}; choose what is Russian-held with --where "
        f"{_quoted(choice)} ({_quoted(name + '=*')} takes all)",
    )


def _has_contested(name: str, sides: Mapping[str, Side | None]) -> bool:
    """Whether a column has contested territory as a class beside others."""
    found = set(sides.values())
    return "contested" in found and ("russia" in found or _is_class(name)) and len(found) > 1


def _is_class(name: str) -> bool:
    return plain_name(name) in CLASSES


def _classes(
    columns: Mapping[str, Sequence[str]], sides: Mapping[str, Mapping[str, Side | None]]
) -> dict[str, Sequence[str]]:
    """The columns that separate classes, one of each way to separate the features; those named for classes first."""
    found: dict[tuple[int, ...], str] = {}
    for name in sorted(columns, key=lambda name: not _is_class(name)):
        if _separates(name, columns[name]) or _is_half_known(sides[name]):
            values = list(dict.fromkeys(columns[name]))
            found.setdefault(tuple(values.index(value) for value in columns[name]), name)
    return {name: columns[name] for name in found.values()}


def _separates(name: str, values: Sequence[str]) -> bool:
    """Whether a column has classes, and not ids, sizes, days, names of oblasts or of places."""
    different = set(values)
    if (
        len(different) > MOST_CLASSES
        or says_no_side(name)
        or FREE_TEXT.search(name.casefold())
        or any(map(OBLAST.search, different))
    ):
        return False
    if _is_class(name):
        return True
    numbers = all(re.fullmatch(r"[-+]?\d*\.?\d*(e[-+]?\d+)?", value, re.IGNORECASE) for value in different)
    return len(different) < len(values) and not numbers and not NO_CLASS.search(name)


def _is_half_known(sides: Mapping[str, Side | None]) -> bool:
    """Whether some values name a side and others an unknown one, such as 'ТОТ' and 'ПТУ'."""
    return len(sides) <= MOST_CLASSES and len(set(sides.values())) > 1


def _told(name: str, values: Sequence[str], contested: bool) -> Finding:
    taken = "what is contested counts as that, all others were taken" if contested else "all were taken"
    message = f"column '{name}' has {_counted(values)}; {taken}; choose with --where {_quoted(name + '=VALUE')}"
    return Finding("classes", "told", message)


def _counted(values: Sequence[str]) -> str:
    counted = [f"{value[:40] or '(empty)'} ({count})" for value, count in Counter(values).most_common()]
    return some_of(counted, SHOWN)


def _quoted(choice: str) -> str:
    return f'"{choice}"' if re.search(r"[\s|*#&;()]", choice) else choice
