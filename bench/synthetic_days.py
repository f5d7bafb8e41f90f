"""Control maps of as many days as are wanted: the included ones in turn, each time moved by up to a kilometre."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

import shapely

from layers.build.build import BuildOrder, read_order
from layers.control_map import ControlMap
from layers.findings import Tell, say_nothing
from layers.reference.control_series import ControlSeries

FIRST = date(2027, 1, 1)
STEPS, STEP_DEG = 100, 0.0001


@dataclass(frozen=True)
class SyntheticSource:
    """The included proposals on so many days. It is a ``layers.archive.source.ArchiveSource``."""

    days: int
    name: str = "synthetic"
    origin: bytes = b""

    def read(self) -> BuildOrder:
        """Return an order whose control maps are made when they are asked for."""
        order = read_order()
        study = order.setting.study
        dates = tuple((FIRST + timedelta(days=step)).isoformat() for step in range(self.days))
        included = study.control

        def load(day: str, _: Tell) -> ControlMap:
            step = (date.fromisoformat(day) - FIRST).days
            return moved(included.load(included.dates[step % len(included)], say_nothing), day, step)

        control = ControlSeries(dates, load, included.source)
        setting = replace(order.setting, study=replace(study, control=control))
        return BuildOrder(setting, order.proposals, {proposal.id: dates for proposal in order.proposals})


def moved(control: ControlMap, day: str, step: int) -> ControlMap:
    """A control map as that of another day, with all its levels moved alike."""
    by = STEP_DEG * (step * 37 % STEPS - STEPS / 2)
    levels = {name: shapely.transform(shape, lambda at: at + by) for name, shape in control.levels.items()}
    return replace(control, as_of=day, levels=levels, sha256=hashlib.sha256(day.encode()).hexdigest())
