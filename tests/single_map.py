"""A catalogue as it would be on the control of one map: two days, low and high nowhere."""

from dataclasses import fields, replace

from layers.catalogue.model import Catalogue, Control, Edition
from layers.zone_properties import ZoneProperties

DAYS = ("2025-11-20", "2025-12-01")
MAP = Control("made", "A made map", 1)


class SingleMap(Catalogue):
    """The areas of a catalogue without low and high. None of its files was built: all are derived."""

    def built_sha256(self, path: str) -> str | None:
        return None

    def areas(self, edition: Edition) -> list[ZoneProperties]:
        zones = super().areas(edition)
        return [{**zone, "area_low_km2": None, "area_high_km2": None} for zone in zones if zone["kind"] != "contested"]


def single_map(catalogue: Catalogue) -> Catalogue:
    """Every proposal on two days of one map."""
    proposals = {}
    for name, proposal in catalogue.proposals.items():
        editions = {day: _alone(proposal.edition_on(day)) for day in DAYS}
        proposals[name] = replace(proposal, control_dates=DAYS, editions=editions, years=())
    told = {one.name: getattr(catalogue, one.name) for one in fields(catalogue)}  # vars would add what is worked out
    return SingleMap(**{**told, "proposals": proposals, "control": MAP})


def _alone(edition: Edition) -> Edition:
    return replace(edition, held=replace(edition.held, area_low_km2=None, area_high_km2=None))
