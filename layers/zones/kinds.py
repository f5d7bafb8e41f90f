"""Kinds of zones, and what is the same for all zones of a kind."""

NEVER_CHOSEN = frozenset({"river", "country"})  # not drawn as zones of an image


CONTROL_KINDS = frozenset({"line", "contested"})  # who holds what is shown on every image
