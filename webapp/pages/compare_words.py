"""What a comparison comes down to, in sentences: who would leave more, what changed hands, who lived there."""

from collections.abc import Iterator, Mapping
from typing import Any

from layers.text.languages import Language
from webapp.context import View
from webapp.images.titles import LEAST_DIFFERENCE_KM2
from webapp.text.interface import date_text, number_text, plural, short_text, text

Row = Mapping[str, Any]
LEAVES, OPEN_TO = "left_by_", "open_to_"
HOLDERS = ("ukraine", "russia")  # in the order of the sentences
SAME_SHARE = 0.05  # of the smaller area: what differs less, and may be more on either side, is about the same
AREA = ("area_km2", "area_low_km2", "area_high_km2")


def leaving_texts(lang: Language, found: Row, names: tuple[str, str], *, by_front: bool) -> list[str]:
    """Return under which side Ukraine would leave more territory, and by how much; then the same of Russia, if any.

    Parameters
    ----------
    lang
        Language of the page.
    found
        The comparison, as its JSON file has it.
    names
        What tells the sides apart.
    by_front
        Whether to say where a difference comes from the front's movement alone: of two proposals on one control map.
    """
    rows = {row["outcome"]: row for row in found["outcomes"]}
    ukraine, russia = (_of_holder(lang, rows, holder, names, by_front=by_front) for holder in HOLDERS)
    leaves = any(_end(rows[f"{LEAVES}{HOLDERS[1]}"], f"{side}_area_high_km2") for side in ("left", "right"))
    return [ukraine, russia] if leaves else [ukraine]


def moved_text(left: View, right: View, found: Row) -> str:
    """Return how much of a difference the control maps make, and how much the terms; empty where the map is the same.

    Parameters
    ----------
    left, right
        The sides.
    found
        The comparison, as its JSON file has it.
    """
    lang, days = left.lang, sorted((left.edition.as_of, right.edition.as_of))
    alike = left.proposal.id == right.proposal.id
    if found["differs"]["area_km2"] < LEAST_DIFFERENCE_KM2:
        return ""
    if left.catalogue.control.id != right.catalogue.control.id:
        key = "controls_alike" if alike else "controls"
    elif days[0] == days[1]:
        return ""
    else:
        key = "alike" if alike else "days" if found["moved"]["area_km2"] >= LEAST_DIFFERENCE_KM2 else "none"
    first, last = (date_text(lang, day) for day in days)
    moved, rest = (short_text(lang, *(found[part][name] for name in AREA)) for part in ("moved", "unmoved"))
    return text(lang, f"compare.moved_{key}", moved=moved, rest=rest, first=first, last=last)


def inhabited_text(lang: Language, differs: Row) -> str:
    """Return how many towns and people the territory that differs has, in a sentence; empty if there is none.

    Parameters
    ----------
    lang
        Language of the page.
    differs
        The territory, as the file of the comparison has it.
    """
    if differs["area_km2"] < LEAST_DIFFERENCE_KM2:
        return ""
    if not differs["places"]:
        return text(lang, "compare.nobody")
    places = plural(lang, "compare.places", differs["places"], n=number_text(lang, differs["places"]))
    return text(lang, "compare.lede", places=places, people=people_text(lang, differs["people_before_war"]))


def people_text(lang: Language, people: int) -> str:
    """Return a number of people, rounded as its sources allow: to thousands, small ones to hundreds.

    Parameters
    ----------
    lang
        Language of the number.
    people
        People registered before the war.
    """
    step = 1000 if people >= 10_000 else 100
    return number_text(lang, max(step, round(people / step) * step)) if people else number_text(lang, 0)


def more_text(lang: Language, names: tuple[str, str], km2: float, told: str) -> str:
    """Return which side has how much more.

    Parameters
    ----------
    lang
        Language of the words.
    names
        What tells the sides apart.
    km2
        The right side less the left, in km².
    told
        The same in figures, without sign.
    """
    return text(lang, "compare.more", side=names[km2 > 0], n=told) if km2 else text(lang, "compare.equal")


def _of_holder(lang: Language, rows: Mapping[str, Row], holder: str, names: tuple[str, str], *, by_front: bool) -> str:
    who, row = text(lang, f"held.{holder}"), rows[f"{LEAVES}{holder}"]
    order = _order(row)
    said = [text(lang, f"compare.leaves_{order}", who=who, **_told(lang, row, names, whole=order in {"only", "same"}))]
    if by_front and order == "more" and _is_of_front(row):
        said.append(text(lang, "compare.leaves_moved"))
    return text(lang, "format.sentence").join((*said, *_left_open(lang, who, rows[f"{OPEN_TO}{holder}"], names)))


def _is_of_front(row: Row) -> bool:
    """Whether territory that changed hands makes up all of a difference, as far as it can be told."""
    rest_km2 = abs(row["difference_area_km2"] - row["difference_moved_area_km2"])
    return bool(row["difference_moved_area_km2"] and rest_km2 < LEAST_DIFFERENCE_KM2)


def _order(row: Row) -> str:
    """How what is left on either side compares: more, only on one, unclear, about the same, or none at all."""
    low, high = (_end(row, f"difference_{name}") for name in AREA[1:])
    sizes = [_end(row, f"{side}_area_high_km2") for side in ("left", "right")]
    if max(sizes) < LEAST_DIFFERENCE_KM2:
        return "none"
    if min(sizes) < LEAST_DIFFERENCE_KM2:
        return "only"
    if max(abs(low), abs(high)) < LEAST_DIFFERENCE_KM2:
        return "same"
    if not low <= 0 <= high:
        return "more"
    return "same" if max(abs(low), abs(high)) < SAME_SHARE * min(sizes) else "unclear"


def _told(lang: Language, row: Row, names: tuple[str, str], *, whole: bool) -> dict[str, str]:
    """What the sentences name: the sides by order and size, and the larger area if ``whole``, else the difference."""
    area, *ends = (row[f"difference_{name}"] for name in AREA)
    low, high = (None, None) if ends[0] is None else sorted(map(abs, ends))
    greater = "left" if row["left_area_km2"] > row["right_area_km2"] else "right"
    shown = [row[f"{greater}_{name}"] for name in AREA] if whole else [abs(area), low, high]
    most = (number_text(lang, abs(round(_end(row, f"difference_{name}")))) for name in AREA[1:])
    less, more = names if greater == "right" else names[::-1]
    return dict(zip(("first", "second"), most, strict=True)) | {
        "area": short_text(lang, *shown), "more": more, "less": less, "left": names[0], "right": names[1],
    }  # fmt: skip


def _left_open(lang: Language, who: str, row: Row, names: tuple[str, str]) -> Iterator[str]:
    for side, name in zip(("left", "right"), names, strict=True):
        if row[f"{side}_area_km2"] >= LEAST_DIFFERENCE_KM2:
            area = short_text(lang, *(row[f"{side}_{one}"] for one in AREA))
            yield text(lang, "compare.leaves_open", who=who, side=name, area=area)


def _end(row: Row, name: str) -> float:
    """An end of an interval, of one that has none the area."""
    end = row[name] if row[name] is not None else row[name.replace("_low", "").replace("_high", "")]
    return float(end)
