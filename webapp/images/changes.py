"""What changes between the two sides of an image, in words and figures. Imports nothing heavy, for web workers."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from layers.kinds.table import LEFT_ALONE, kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.comparing.jobs import comparison_job
from webapp.comparing.order import CHANGES
from webapp.images.pairs import PairSide, are_dates, side_names
from webapp.style.light import style_key
from webapp.text.interface import date_text, kind_text, text
from webapp.text.totals import Total
from webapp.text.zone_labels import set_label, zone_label
from webapp.typography.line_choices import SEGMENT

MOST_NAMED = 4  # changes that a key names; with a row for the others one less
LEAST_NAMED = 0.01  # of all that differs
LEAST_KM2 = 1.0  # of the others together, where a row is for them


@dataclass(frozen=True)
class TreatmentChange:
    """Territory with one change: the ids of the zones that tell it on either side, its area, the ids of its pieces.

    The largest piece is the first.
    """

    left_zones: tuple[str, ...]
    right_zones: tuple[str, ...]
    size: Total
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What differs between two sides: all of it, the changes that have a name and those that have none.

    ``others`` is the area of the latter, if that is worth a row.
    """

    left: PairSide
    right: PairSide
    differs: Total
    named: tuple[TreatmentChange, ...]
    unnamed: tuple[TreatmentChange, ...]
    others: Total | None

    def words(self, lang: Language, change: TreatmentChange) -> str:
        """Return what territory changes from and to, as labels have it: with ``SEGMENT`` in Chinese.

        Parameters
        ----------
        lang
            Language of the words.
        change
            One of the changes.
        """
        left, right = self._treatments(lang, change)
        return set_label(text(lang, "compare.change", left=left, right=right), lang)

    def both_words(self, lang: Language, change: TreatmentChange) -> tuple[str, str]:
        """Return how either side treats territory, for a sentence.

        Parameters
        ----------
        lang
            Language of the words.
        change
            One of the changes.
        """
        left, right = (words.replace(SEGMENT, "") for words in self._treatments(lang, change))
        return left, right

    def _treatments(self, lang: Language, change: TreatmentChange) -> tuple[str, str]:
        sides = ((self.left, change.left_zones), (self.right, change.right_zones))
        left, right = (_treated(lang, side, ids) for side, ids in sides)
        if left == right:  # it only changed hands
            left, right = (_listed(lang, [left, _holder(lang, side, ids)]) for side, ids in sides)
        return left, right

    def heading(self, lang: Language) -> str:
        """Return the names of the sides as the words of changes have them, from and to.

        Parameters
        ----------
        lang
            Language of the words.
        """
        if are_dates(self.left, self.right):
            left, right = (date_text(lang, side.edition.as_of) for side in (self.left, self.right))
        else:
            left, right = side_names(lang, self.left, self.right)
        return text(lang, "compare.change", left=left, right=right).replace(SEGMENT, "")

    def plain_words(self, lang: Language, change: TreatmentChange) -> str:
        """Return the same for a key or a sentence.

        Parameters
        ----------
        lang
            Language of the words.
        change
            One of the changes.
        """
        return self.words(lang, change).replace(SEGMENT, "")


def changes_between(left: PairSide, right: PairSide, zones: Collection[str] = ()) -> Changes:
    """Return what differs between two sides.

    Parameters
    ----------
    left, right
        The sides.
    zones
        Ids of zones on either side outside which nothing counts; empty for everywhere.

    Raises
    ------
    BuildError
        If a side cannot be derived.
    BusyError
        If that took too long.
    """
    job = comparison_job(left, right, CHANGES, tuple(sorted(zones)))
    found = json.loads(left.catalogue.deriver.run(job))
    differs, changes = total_in(found["differs"]), [_change(row) for row in found["changes"]]
    named = _named(left, right, [one for one in changes if one.size.area_km2 >= LEAST_NAMED * differs.area_km2])
    named = named if len(named) == len(changes) <= MOST_NAMED else named[: MOST_NAMED - 1]
    unnamed = [one for one in changes if one not in named]
    rest = sum(one.size.area_km2 for one in unnamed)
    others = Total(rest, None, None) if rest >= LEAST_KM2 else None
    return Changes(left, right, differs, tuple(named), tuple(unnamed), others)


def _named(left: PairSide, right: PairSide, changes: Iterable[TreatmentChange]) -> list[TreatmentChange]:
    """The changes without those that would look like a larger one."""
    by_looks: dict[tuple[str, str], TreatmentChange] = {}
    for one in changes:
        by_looks.setdefault(change_styles(left, right, one), one)
    return list(by_looks.values())


def change_styles(left: PairSide, right: PairSide, change: TreatmentChange) -> tuple[str, str]:
    """Return the keys of the styles on either side: of the zone that lies over the others, bands left out.

    Parameters
    ----------
    left, right
        The sides.
    change
        One of their changes.
    """
    was, becomes = (
        [style_key(zone) for zone in _zones(side, ids) if not kind_of(zone).nested]
        for side, ids in ((left, change.left_zones), (right, change.right_zones))
    )
    return (was or [LEFT_ALONE])[-1], (becomes or [LEFT_ALONE])[-1]


def _zones(side: PairSide, ids: Collection[str]) -> list[ZoneProperties]:
    """Zones by their ids, the one that divides the territory first."""
    zones = [zone for zone in side.catalogue.areas(side.edition) if zone["id"] in ids]
    return sorted(zones, key=lambda zone: not zone["partition"])


def _change(row: dict[str, Any]) -> TreatmentChange:
    return TreatmentChange(tuple(row["left_zones"]), tuple(row["right_zones"]), total_in(row), tuple(row["pieces"]))


def total_in(row: dict[str, Any]) -> Total:
    """Return the area of a row of a comparison with its low and high."""
    return Total(row["area_km2"], row["area_low_km2"], row["area_high_km2"])


def _treated(lang: Language, side: PairSide, ids: Collection[str]) -> str:
    """How zones treat territory, in the words of the labels on maps; ground that no clause names by who holds it."""
    names = filter(None, (_name(lang, side, zone) for zone in _zones(side, ids)))
    alone = "compare.held_alone" if _is_held(side, ids) else "compare.unheld_alone"
    return _listed(lang, list(dict.fromkeys(names))) or text(lang, alone)


def _holder(lang: Language, side: PairSide, ids: Collection[str]) -> str:
    return text(lang, "compare.held_by_russia" if _is_held(side, ids) else "compare.unheld_alone")


def _is_held(side: PairSide, ids: Collection[str]) -> bool:
    return any(zone["held_by"] == "russia" for zone in _zones(side, ids))


def _listed(lang: Language, words: Collection[str]) -> str:
    return text(lang, "format.list").join(words)


def _name(lang: Language, side: PairSide, zone: ZoneProperties) -> str:
    kind = kind_of(zone)
    variant = kind.variant(zone)
    if kind.nested or (variant and variant.named and not kind.labelled):
        return kind_text(lang, zone)
    return zone_label(lang, side.proposal, zone)
