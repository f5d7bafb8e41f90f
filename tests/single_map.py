"""A catalogue as it would be on the control of one map: the day of the draft, low and high nowhere."""

from dataclasses import replace
from typing import Any

from layers.catalogue import Catalogue, Edition

DAY = "2025-11-20"


class SingleMap(Catalogue):
    """The areas of a catalogue without low and high."""

    def areas(self, edition: Edition) -> list[dict[str, Any]]:
        zones = super().areas(edition)
        return [{**zone, "area_low_km2": None, "area_high_km2": None} for zone in zones if zone["kind"] != "contested"]


def single_map(catalogue: Catalogue) -> Catalogue:
    """Every proposal on one day and one map."""
    proposals = {}
    for name, proposal in catalogue.proposals.items():
        edition = proposal.editions[DAY]
        held = {**edition.held, "area_low_km2": None, "area_high_km2": None}
        editions = {DAY: replace(edition, held=held)}
        proposals[name] = replace(proposal, control_dates=(DAY,), editions=editions)
    return SingleMap(**{**vars(catalogue), "proposals": proposals})
