"""What a proposal would do with the ground that a side holds: the four areas by which proposals are told apart."""

from collections.abc import Callable, Mapping

from layers.kinds.kind import Properties
from layers.kinds.table import kind_of

LEFT = frozenset({"withdrawal", "buffer", "economic"})  # a side would leave what it holds of them


def _leaves(holder: str, *, settled: bool = True) -> Callable[[Properties], bool]:
    """Whether a side would leave a zone that it holds: all of it, or if not ``settled`` a part that is left open."""

    def leaves(zone: Properties) -> bool:
        variant = kind_of(zone).variant(zone)
        return zone["held_by"] == holder and zone["kind"] in LEFT and (variant is None or variant.settled) == settled

    return leaves


OUTCOMES: Mapping[str, Callable[[Properties], bool]] = {
    "recognised": lambda zone: zone["kind"] == "recognition" and zone["held_by"] == "russia",
    "frozen": lambda zone: zone["kind"] == "freeze",
    "left_by_russia": _leaves("russia"),
    "left_by_ukraine": _leaves("ukraine"),
}
OPEN: Mapping[str, Callable[[Properties], bool]] = {
    f"open_to_{holder}": _leaves(holder, settled=False) for holder in ("russia", "ukraine")
}
