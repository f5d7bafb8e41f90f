"""How an edition treats a piece of territory: the zones that lie there, and what they come down to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.kinds.outcomes import OPEN, OUTCOMES
from layers.kinds.table import LEFT_ALONE, kind_of, word_key
from layers.zones.derive import ZoneGround

_ALL_OUTCOMES = {**OUTCOMES, **OPEN}


@dataclass(frozen=True)
class TreatedZone:
    """A zone as it bears on territory: id, clause, the key of its variant or kind, and who holds it.

    ``named`` is the key of the name that readers know it by: of a variant without a name of its own, that of its kind.
    ``nested``: it is a band that lies in others of its clause. ``outcomes``: what would become of it, by the keys of
    ``OUTCOMES`` and ``OPEN``.
    """

    id: str
    clause: str | None
    key: str
    named: str
    held_by: str | None
    partition: bool
    nested: bool
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Treatment:
    """The zones that lie on a piece of territory: the one that divides it first, then those over it; none: left alone.

    ``status`` is ``proposal`` where a clause bears on it, else ``control``: it shows who holds the territory.
    """

    zones: tuple[TreatedZone, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What the zones come down to: equal for territory that is treated alike, whatever the clauses are called."""
        return tuple(dict.fromkeys(zone.key for zone in self.zones)) or (LEFT_ALONE,)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the names of its zones, each once."""
        return tuple(dict.fromkeys(zone.named for zone in self.zones)) or (LEFT_ALONE,)

    @property
    def outcomes(self) -> frozenset[str]:
        """What would become of the territory."""
        return frozenset(outcome for zone in self.zones for outcome in zone.outcomes)

    @property
    def holder(self) -> str | None:
        """Who holds the territory on the control map; what no zone divides, Russia does not hold."""
        return next((zone.held_by for zone in self.zones if zone.partition), "ukraine")

    @property
    def clause(self) -> str | None:
        """The clause of the first zone that has one."""
        return next((zone.clause for zone in self.zones if zone.clause), None)

    @property
    def status(self) -> str:
        """Whether a clause bears on the territory: ``proposal``, else ``control``."""
        return "proposal" if self.clause else "control"


def treated_zone(ground: ZoneGround) -> TreatedZone:
    """Return what a zone comes down to."""
    zone = ground.zone
    mode = zone.recognition.mode if zone.recognition else None
    about: Mapping[str, Any] = {
        "id": ground.id, "kind": zone.kind, "partition": zone.partition, "held_by": zone.held_by,
        "recognition_mode": mode,
    }  # fmt: skip
    kind = kind_of(about)
    variant = kind.variant(about)
    named = variant.key if variant and variant.named else zone.kind
    outcomes = tuple(name for name, belongs in _ALL_OUTCOMES.items() if belongs(about))
    return TreatedZone(
        ground.id, zone.clause, word_key(about), named, zone.held_by, zone.partition, kind.nested, outcomes
    )


def treatment_of(zones: Sequence[TreatedZone]) -> Treatment:
    """Return the treatment that zones make up, in the order of their proposal, the dividing one first."""
    return Treatment(tuple(sorted(zones, key=lambda zone: not zone.partition)))
