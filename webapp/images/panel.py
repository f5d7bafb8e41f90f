"""The panel of words: heading, legend and notes in a column, as large as they fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.errors import ClausemapError
from webapp.images.boxes import Box, Lettering, Setting
from webapp.images.fonts import ASCENT, BOLD, DESCENT
from webapp.images.frame import Rectangle
from webapp.images.legend import Group, Row
from webapp.images.wrapping import wrap
from webapp.styles import INK, INK_SOFT

EDGE_PX = 28.0
RIGHT_EDGE_PX = 20.0
TOP_PX = 24.0
BOTTOM_PX = 18.0
SWATCH_PX = (30.0, 20.0)
MINOR_SWATCH_PX = (30.0, 12.0)
TEXT_INDENT_PX = 41.0


class PanelError(ClausemapError):
    """The words do not fit into the panel."""


@dataclass(frozen=True)
class Words:
    """What the panel says, in the order from top to bottom."""

    headline: str
    lead: str
    known: str
    groups: tuple[Group, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Density:
    """Sizes and gaps in pixels; a denser one is taken where a roomier one does not fit."""

    title_px: float
    subtitle_px: float
    label_px: float
    minor_px: float
    note_px: float
    row_gap_px: float
    group_gap_px: float


DENSITIES = (
    Density(25, 14, 13.5, 12.5, 11, 9, 13),
    Density(24, 13.5, 13, 12, 10.5, 8, 11),
    Density(23, 13, 12.5, 11.5, 10.2, 6.5, 10),
    Density(22, 13, 12.5, 11.5, 10, 5, 8),
    Density(21, 12.5, 12, 11, 10, 4, 7),
    Density(20, 12, 11.5, 11, 9.6, 3.5, 6),
    Density(19, 12, 11, 10.5, 9.2, 2.5, 5),
    Density(18, 11.5, 10.5, 10, 9, 2, 4),
)


@dataclass(frozen=True)
class Placed:
    """A legend row in its place: the swatch's rectangle, label and figure."""

    row: Row
    swatch: Rectangle
    label: Setting
    figure: Setting | None


@dataclass(frozen=True)
class PlacedGroup:
    """A group of the legend in its place."""

    group: Group
    heading: Setting
    rows: tuple[Placed, ...]


@dataclass(frozen=True)
class Panel:
    """The panel with everything in its place."""

    area: Rectangle
    title: Setting
    lead: Setting
    known: Setting
    groups: tuple[PlacedGroup, ...]
    notes: tuple[Setting, ...]

    def settings(self) -> Iterator[Setting]:
        """Every text of the panel."""
        yield from (self.title, self.lead, self.known)
        for group in self.groups:
            yield group.heading
            for row in group.rows:
                yield row.label
                if row.figure is not None:
                    yield row.figure
        yield from self.notes


def lay_out(words: Words, area: Rectangle) -> Panel:
    """The words in the roomiest density that fits. Raises PanelError where none does."""
    for density in DENSITIES:
        panel = _Column(area, density).panel(words)
        notes_top = min(note.box.top for note in panel.notes)
        body_bottom = max(setting.box.bottom for setting in panel.settings() if setting not in panel.notes)
        if body_bottom + density.group_gap_px <= notes_top:
            return panel
    raise PanelError("the texts do not fit into the panel; shorten the headline or the labels of the clauses")


class _Column:
    """A cursor that goes down the panel."""

    def __init__(self, area: Rectangle, density: Density) -> None:
        self._area = area
        self._density = density
        self._left = area.x + EDGE_PX
        self._width = area.width - EDGE_PX - RIGHT_EDGE_PX
        self._y = area.y + TOP_PX

    def panel(self, words: Words) -> Panel:
        sizes = self._density
        title = self._text(words.headline, Lettering("title", sizes.title_px, INK, BOLD))
        self._y += 7
        lead = self._text(words.lead, Lettering("lead", sizes.subtitle_px, INK, BOLD))
        known = self._text(words.known, Lettering("known", sizes.subtitle_px, INK_SOFT))
        groups = tuple(self._group(group) for group in words.groups)
        return Panel(self._area, title, lead, known, groups, self._notes(words.notes))

    def _text(self, words: str, lettering: Lettering, *, balanced: bool = True) -> Setting:
        lines = wrap(words, self._width, lettering.size_px, lettering.weight, balanced=balanced)
        return self._set(lines, self._left, lettering)

    def _set(self, lines: Sequence[str], x: float, lettering: Lettering) -> Setting:
        setting = Setting(tuple(lines), x, round(self._y + ASCENT * lettering.size_px, 1), "start", lettering)
        self._y += len(lines) * lettering.leading_px + lettering.size_px * 0.06
        return setting

    def _group(self, group: Group) -> PlacedGroup:
        self._y += self._density.group_gap_px
        heading = self._text(group.heading, Lettering("group", self._density.minor_px, INK_SOFT, BOLD))
        self._y += 3
        rows = []
        for row in group.rows:
            rows.append(self._row(row))
            self._y += self._density.row_gap_px * (0.5 if row.minor else 1)
        return PlacedGroup(group, heading, tuple(rows))

    def _row(self, row: Row) -> Placed:
        size = self._density.minor_px if row.minor else self._density.label_px
        label, figure = Lettering("label", size, INK), Lettering("figure", size, INK, BOLD)
        left, width = self._left + TEXT_INDENT_PX, self._width - TEXT_INDENT_PX
        top = self._y
        lines = wrap(row.label, width, size, label.weight)
        name = self._set(lines, left, label)
        run_on = label.width(lines[-1]) + size * 0.6
        number = None
        if row.figure and row.minor and len(lines) == 1 and run_on + figure.width(row.figure) <= width:
            number = Setting((row.figure,), left + run_on, name.y, "start", figure)
        elif row.figure:
            number = self._set([row.figure], left, figure)
        return Placed(row, self._swatch(row, top, size), name, number)

    def _swatch(self, row: Row, top: float, size: float) -> Rectangle:
        width, height = MINOR_SWATCH_PX if row.minor or row.sample != "area" else SWATCH_PX
        first_line = top + (ASCENT + DESCENT) * size / 2
        y = first_line - height / 2 if height < size * 1.2 else top + 2
        return Rectangle(self._left, round(y, 1), width, height)

    def _notes(self, notes: Sequence[str]) -> tuple[Setting, ...]:
        lettering = Lettering("note", self._density.note_px, INK_SOFT)
        wrapped = [wrap(note, self._width, lettering.size_px, balanced=False) for note in notes]
        between = lettering.size_px * 0.5
        height = sum(len(lines) for lines in wrapped) * lettering.leading_px + between * (len(notes) - 1)
        self._y = self._area.bottom - BOTTOM_PX - height
        placed = []
        for lines in wrapped:
            placed.append(self._set(lines, self._left, lettering))
            self._y += between
        return tuple(placed)


def boxes_of(panel: Panel) -> list[Box]:
    """The boxes of all texts and swatches of a panel."""
    texts = [setting.box for setting in panel.settings()]
    swatches = [row.swatch for group in panel.groups for row in group.rows]
    return texts + [Box(swatch.x, swatch.y, swatch.right, swatch.bottom) for swatch in swatches]
