"""Which control maps and which outlines stand behind the figures: the embedded ones, or those that a user names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from layers.boundaries import read_boundaries
from layers.completing import complete
from layers.control import EMBEDDED, ControlMap, ControlSource
from layers.edges import Edges, fill_edges
from layers.errors import ControlError, UnknownError
from layers.ground import Ground, load_ground
from layers.importing import Wanted, import_control
from layers.own_form import StoredMap, digest
from layers.readers import Progress
from layers.surroundings import refitted
from layers.towns import towns_held_since_2014, towns_in
from layers.workspace import Workspace

Tell = Callable[[str], None]


def _say_nothing(_: str) -> None:
    """For callers that want no remarks."""


@dataclass(frozen=True)
class Choice:
    """What a user names instead of the embedded data.

    ``control`` is the name of a map in the workspace or a file; ``boundaries`` a file with other outlines of the 27
    units; ``edges`` None stands for what the map was imported with; ``as_of`` is the day that a file speaks of.
    """

    workspace: Workspace
    control: str | None = None
    boundaries: Path | None = None
    edges: Edges | None = None
    add: str | None = None
    incomplete: bool = False
    where: str | None = None
    as_of: str | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether nothing else than the embedded data was named."""
        return self.control in {None, EMBEDDED} and self.boundaries is None


@dataclass(frozen=True)
class Maps(Mapping[str, ControlMap]):
    """Control maps by day, each completed and with its edges filled when it is first asked for."""

    stored: Mapping[str, StoredMap]
    draw: Callable[[StoredMap], ControlMap]
    _drawn: dict[str, ControlMap] = field(default_factory=dict)

    def __getitem__(self, day: str) -> ControlMap:
        if day not in self._drawn:
            self._drawn[day] = self.draw(self.stored[day])
        return self._drawn[day]

    def __iter__(self) -> Iterator[str]:
        return iter(self.stored)

    def __len__(self) -> int:
        return len(self.stored)


def choose_ground(
    choice: Choice, *, today: date, tell: Tell = _say_nothing, progress: Progress | None = None
) -> Ground:
    """The ground with the control maps and outlines that were chosen. Remarks, such as repairs, go to ``tell``.

    Raises ControlError, BoundaryError, UnknownError and what reading a file raises; a map that lacks towns held since
    2014 is refused when its day is asked for, unless the choice completes it or lets it through.
    """
    ground = load_ground()
    if choice.boundaries is not None:
        ground = _with_outlines(ground, choice.boundaries, tell)
    if choice.control is None or choice.control == EMBEDDED:
        return ground
    stored, version = _stored(choice, ground, today, tell, progress)
    add = find_map(choice.add, choice.workspace, ground, today=today, progress=progress) if choice.add else None
    maps = Maps(stored, lambda one: _drawn(one, choice, ground, add, tell))
    newest = stored[max(stored)]
    parts = {
        "control": version,
        "outlines": ground.version,
        "edges": choice.edges or newest.edges,
        "add": add.citation if add else "",
    }
    return replace(ground, control=maps, source=_source(newest), version=digest(parts))


def find_map(
    reference: str, workspace: Workspace, ground: Ground, *, today: date, progress: Progress | None = None
) -> ControlMap:
    """The control map that a reference means: NAME, NAME@DAY, a day of the embedded data, or a file.

    Without a day the newest is meant; with one, the last on or before it. Edges are filled as the map was imported.
    Raises UnknownError, DateError, ControlError.
    """
    name, _, day = reference.rpartition("@") if "@" in reference else (reference, "", "")
    if name in workspace.names:
        shelf = workspace.shelf(name)
        return _filled(shelf.on(day) if day else shelf[shelf.days[-1]], ground)
    if Path(reference).is_file():
        return _filled(import_control(Path(reference), Wanted(), ground, today=today, progress=progress).stored, ground)
    return _embedded(reference if name != EMBEDDED else day or ground.embedded_dates[-1], workspace)


def _embedded(day: str, workspace: Workspace) -> ControlMap:
    from layers.dates import control_date, is_day, parse_date

    maps = load_ground().control
    if not is_day(day) and day != "latest":
        raise UnknownError("control map or file", day, (EMBEDDED, *workspace.names))
    return maps[control_date(parse_date(day, tuple(maps)), tuple(maps))]


def _stored(
    choice: Choice, ground: Ground, today: date, tell: Tell, progress: Progress | None
) -> tuple[Mapping[str, StoredMap], str]:
    """The maps that were named, by day, and what changes with their bytes."""
    name = str(choice.control)
    if name in choice.workspace.names:
        shelf = choice.workspace.shelf(name)
        return shelf, shelf.version
    if not Path(name).is_file():
        raise UnknownError("control map or file", name, (EMBEDDED, *choice.workspace.names))
    wanted = Wanted(as_of=choice.as_of, where=choice.where, edges=choice.edges or "fill")
    imported = import_control(Path(name), wanted, ground, today=today, progress=progress)
    for finding in imported.findings:
        tell(finding.message)
    return {imported.stored.as_of: imported.stored}, imported.stored.sha256


def _drawn(stored: StoredMap, choice: Choice, ground: Ground, add: ControlMap | None, tell: Tell) -> ControlMap:
    """A stored map as zones are derived from it: whole, and with its edges filled."""
    towns = towns_held_since_2014()
    stored = _whole(stored, add)
    outer = stored.levels["any" if "any" in stored.levels else "held"]
    missing = [name for name in towns if name not in towns_in(outer, towns)]
    if missing and not choice.incomplete:
        raise ControlError(
            "incomplete",
            f"{stored.name} of {stored.as_of}: does not hold {', '.join(missing)}, held since 2014, so that "
            "its figures would be too small; complete it with --add NAME|FILE, or let it through with --incomplete",
        )
    return _filled(stored, ground, choice.edges, tell)


def _whole(stored: StoredMap, add: ControlMap | None) -> StoredMap:
    """A single map completed with another one; the map as it is where there is none or it needs none."""
    if add is None or "held" not in stored.levels:
        return stored
    done = complete(stored.levels["held"], add.levels[add.drawn], towns_held_since_2014())
    if not done.pieces:
        return stored
    entry = {"title": add.citation, "as_of": add.as_of}
    provenance = {**stored.provenance, "added": [*stored.provenance.get("added", ()), entry]}
    return replace(stored, levels={"held": done.held}, provenance=provenance)


def _filled(stored: StoredMap, ground: Ground, edges: Edges | None = None, tell: Tell = _say_nothing) -> ControlMap:
    if (edges or stored.edges) == "keep":
        return stored.control
    outlines = {iso: oblast.outline for iso, oblast in ground.oblasts.items()}
    filled = {level: fill_edges(held, outlines, ground.ukraine) for level, held in stored.levels.items()}
    drawn = filled[stored.control.drawn]
    if drawn.added_km2:
        listed = ", ".join(f"{ground.oblasts[iso].names['en']} {km2:,.0f}" for iso, km2 in drawn.added_km2.items())
        which = f"{stored.name} of {stored.as_of}"
        tell(f"{which}: edges filled along coast and border (--edges keep does not), km²: {listed}")
    return replace(stored.control, levels={level: one.held for level, one in filled.items()})


def _with_outlines(ground: Ground, path: Path, tell: Tell) -> Ground:
    boundaries = read_boundaries(path, ground.oblasts)
    for finding in boundaries.findings:
        tell(finding.message)
    changed = replace(
        ground,
        oblasts=boundaries.oblasts,
        outlines=f"{boundaries.source_name} (sha256 {boundaries.sha256[:12]})",
        version=boundaries.sha256,
    )
    return refitted(changed)


def _source(stored: StoredMap) -> ControlSource:
    who = stored.title if stored.maps == 1 else ", ".join(part["title"] for part in stored.provenance["parts"])
    decides = "maker of the control map decides" if stored.maps == 1 else "makers of the control maps decide"
    return ControlSource(stored.name, stored.title, stored.maps, f"the {decides} ({who}); outlines and texts CC BY 4.0")
