"""The text of an image in blocks, each set in a column: heading, legend, notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat, zip_longest

from webapp.errors import LimitError
from webapp.images.layout.legend import LegendGroup, LegendRow
from webapp.images.map.projection_frame import Rectangle
from webapp.typography.boxes import Box, Lettering, Setting
from webapp.typography.fonts import ASCENT, BOLD, DESCENT
from webapp.typography.line_breaking import wrap

SWATCH_PX = (30.0, 20.0)
MINOR_SWATCH_PX = (30.0, 12.0)
FLOWING_SWATCH_PX = (18.0, 12.0)
TEXT_INDENT_PX = 41.0
FLOWING_GAPS_PX = (5.0, 12.0)  # between a sample and its text, and between one row and the next
COLUMN_GAP_PX = 26.0


class PanelError(LimitError):
    """The text does not fit into the image."""


@dataclass(frozen=True)
class Words:
    """What an image says besides its map; notes in variants from the longest to the shortest.

    ``brief``: the legend is a short key, so that the map has most of the surface and words have a size for articles.
    """

    headline: str
    subtitle: str
    lead: str
    known: str
    groups: tuple[LegendGroup, ...]
    notes: tuple[tuple[str, ...], ...]
    brief: bool = False


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


# For an article, which is enlarged by 1.2 or more: no text is smaller than 14 pixels at the width that it is meant for.
ARTICLE_DENSITIES = (
    Density(25, 13.4, 12.5, 11.7, 11.7, 6, 8.5),
    Density(23.5, 13.4, 12.5, 11.7, 11.7, 5, 7.5),
    Density(21.7, 12.5, 12, 11.7, 11.7, 4.2, 6.7),
    Density(20, 12.5, 11.7, 11.7, 11.7, 3.4, 5.8),
    Density(18.4, 11.7, 11.7, 11.7, 11.7, 2.5, 5),
    Density(16.7, 11.7, 11.7, 11.7, 11.7, 1.7, 4.2),
    Density(15, 11.7, 11.7, 11.7, 11.7, 1.7, 4.2),
)
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

    row: LegendRow
    swatch: Rectangle
    label: Setting
    figure: Setting | None

    def settings(self) -> Iterator[Setting]:
        """Its texts."""
        yield self.label
        if self.figure is not None:
            yield self.figure


@dataclass(frozen=True)
class PlacedGroup:
    """A group of the legend in its place; that of a short key has a heading on a map of differences only."""

    group: LegendGroup
    heading: Setting | None
    rows: tuple[Placed, ...]

    def settings(self) -> Iterator[Setting]:
        """Its texts."""
        if self.heading is not None:
            yield self.heading
        for row in self.rows:
            yield from row.settings()


@dataclass(frozen=True)
class MapKey:
    """A legend that stands on the map: its size in pixels, its groups from 0, 0."""

    width: float
    height: float
    groups: tuple[PlacedGroup, ...]


@dataclass(frozen=True)
class Head:
    """The title, and under it what it says of the proposal."""

    title: Setting
    under: tuple[Setting, ...]


@dataclass(frozen=True)
class Column:
    """Where blocks are set one below the other: left edge, first y, width."""

    left: float
    top: float
    width: float


def set_head(words: Words, column: Column, sizes: Density) -> tuple[Head, float]:
    """Return the heading, and the y below it in pixels.

    Parameters
    ----------
    words
        Text of the image besides its maps.
    column
        Left, top and width of the column, in pixels.
    sizes
        Sizes of text and gaps, in pixels.
    """
    cursor = _Cursor(column, sizes)
    title = cursor.text(words.headline, Lettering("title", sizes.title_px, "ink", BOLD))
    cursor.y += 7
    under = []
    if words.subtitle:
        under.append(cursor.text(words.subtitle, Lettering("subtitle", sizes.subtitle_px, "ink")))
        cursor.y += 4
    under.append(cursor.text(words.lead, Lettering("lead", sizes.subtitle_px, "ink", BOLD)))
    under.append(cursor.text(words.known, Lettering("known", sizes.subtitle_px, "soft")))
    return Head(title, tuple(under)), cursor.y


def set_banner(words: Words, column: Column, sizes: Density) -> tuple[Head, float]:
    """Return the heading below a map, on one line if it fits, and the y below it in pixels.

    Parameters
    ----------
    words
        Text of the image besides its maps.
    column
        Left, top and width of the column, in pixels.
    sizes
        Sizes of text and gaps, in pixels.
    """
    cursor = _Cursor(column, sizes)
    title = cursor.text(words.headline, Lettering("title", sizes.title_px, "ink", BOLD))
    cursor.y += 4
    under = [cursor.text(words.subtitle, Lettering("subtitle", sizes.subtitle_px, "ink"))] if words.subtitle else []
    lead, known = Lettering("lead", sizes.subtitle_px, "ink", BOLD), Lettering("known", sizes.subtitle_px, "soft")
    under.append(cursor.text(words.lead, lead))
    run_on = lead.width(words.lead) + sizes.subtitle_px * 0.6
    if not words.known:
        return Head(title, tuple(under)), cursor.y
    if len(under[-1].lines) == 1 and run_on + known.width(words.known) <= column.width:
        under.append(Setting((words.known,), column.left + run_on, under[-1].y, "start", known))
    else:
        under.append(cursor.text(words.known, known))
    return Head(title, tuple(under)), cursor.y


def set_caption(caption: tuple[str, ...], column: Column, sizes: Density) -> tuple[tuple[Setting, ...], float]:
    """Return the text above one of several maps, and the y below it in pixels.

    Parameters
    ----------
    caption
        What the map is called, and what is said of it; empty text is left out.
    column
        Left, top and width of the column, in pixels.
    sizes
        Sizes of text and gaps, in pixels.
    """
    cursor = _Cursor(column, sizes)
    under = Lettering("under", sizes.minor_px, "ink")
    letters = chain([Lettering("caption", sizes.label_px, "ink", BOLD)], repeat(under))
    placed = tuple(
        cursor.text(words, one, balanced=False) for words, one in zip(caption, letters, strict=False) if words
    )
    cursor.y += 5 if placed else 0
    return placed, cursor.y


def set_key(groups: Sequence[LegendGroup], sizes: Density, widest_px: float) -> MapKey:
    """Return a key on a background of its own, as wide as its rows need, its upper left corner at 0, 0.

    Parameters
    ----------
    groups
        Rows of the key, in groups.
    sizes
        Sizes of text and gaps, in pixels.
    widest_px
        Largest width, in pixels; longer rows are wrapped.
    """
    edge = sizes.label_px * 0.7
    column = Column(edge, edge, widest_px - 2 * edge)
    placed, bottom = set_legend(groups, column, sizes)
    right = max(setting.box.right for group in placed for setting in group.settings())
    return MapKey(round(right + edge, 1), round(bottom + edge * 0.6, 1), placed)


def moved(groups: Iterable[PlacedGroup], x: float, y: float) -> tuple[PlacedGroup, ...]:
    """Return the groups of a legend moved to the right and down.

    Parameters
    ----------
    groups
        Groups of a legend that is set.
    x
        Distance to the right, in pixels.
    y
        Distance down, in pixels.
    """
    return tuple(
        replace(
            group,
            heading=_moved(group.heading, x, y),
            rows=tuple(
                Placed(
                    row.row,
                    Rectangle(row.swatch.x + x, row.swatch.y + y, row.swatch.width, row.swatch.height),
                    replace(row.label, x=row.label.x + x, y=row.label.y + y),
                    _moved(row.figure, x, y),
                )
                for row in group.rows
            ),
        )
        for group in groups
    )


def _moved(setting: Setting | None, x: float, y: float) -> Setting | None:
    return None if setting is None else replace(setting, x=setting.x + x, y=setting.y + y)


def set_legend(
    groups: Sequence[LegendGroup], column: Column, sizes: Density, columns: int = 1
) -> tuple[tuple[PlacedGroup, ...], float]:
    """Return the legend in columns of about equal height, and the y below it in pixels.

    Parameters
    ----------
    groups
        Rows of the legend, in groups.
    column
        Left, top and width of all columns together, in pixels.
    sizes
        Sizes of text and gaps, in pixels.
    columns
        Number of columns, at least 1.
    """
    width = (column.width - (columns - 1) * COLUMN_GAP_PX) / columns
    if columns == 1:
        return _flowed(groups, [column], sizes, float("inf"))
    places = [Column(column.left + index * (width + COLUMN_GAP_PX), column.top, width) for index in range(columns)]
    if len(groups) == 1 and not groups[0].heading:
        return _in_lines(groups[0], places, sizes)
    _, bottom = _flowed(groups, places[:1], sizes, float("inf"))
    limit = (bottom - column.top) / columns
    while True:
        try:
            return _flowed(groups, places, sizes, limit)
        except PanelError:
            limit *= 1.04


def set_flowing(groups: Sequence[LegendGroup], column: Column, sizes: Density) -> tuple[tuple[PlacedGroup, ...], float]:
    """Return a short key without figures, its rows one after the other like words, and the y below it in pixels.

    A heading stands on a line of its own.

    Parameters
    ----------
    groups
        Rows of the key, in groups.
    column
        Left, top and width of the lines, in pixels.
    sizes
        Sizes of text and gaps, in pixels.
    """
    cursor = _Cursor(column, sizes)
    placed = []
    for group in (one for one in groups if one.rows):
        heading = cursor.heading(group.heading) if group.heading else None
        placed.append(PlacedGroup(group, heading, cursor.flowing(group.rows)))
    return tuple(placed), cursor.y


def set_notes(notes: Iterable[str], column: Column, sizes: Density) -> tuple[tuple[Setting, ...], float]:
    """Return the notes, one paragraph each, and the y below them in pixels.

    Parameters
    ----------
    notes
        Paragraphs of the notes.
    column
        Left, top and width of the column, in pixels.
    sizes
        Sizes of text and gaps, in pixels.
    """
    lettering = Lettering("note", sizes.note_px, "soft")
    cursor = _Cursor(column, sizes)
    placed = []
    for note in notes:
        placed.append(cursor.text(note, lettering, balanced=False))
        cursor.y += lettering.size_px * 0.5
    return tuple(placed), cursor.y - lettering.size_px * 0.5


def boxes_of(settings: Iterable[Setting], groups: Iterable[PlacedGroup]) -> list[Box]:
    """Return the boxes of texts and of the swatches of a legend, in pixels.

    Parameters
    ----------
    settings
        Texts that are set.
    groups
        Groups of a legend that is set.
    """
    swatches = [row.swatch for group in groups for row in group.rows]
    texts = [setting.box for setting in settings]
    return texts + [Box(swatch.x, swatch.y, swatch.right, swatch.bottom) for swatch in swatches]


def _in_lines(group: LegendGroup, places: Sequence[Column], sizes: Density) -> tuple[tuple[PlacedGroup, ...], float]:
    """A short key down one column after the other, its rows in lines across them."""
    count = -(-len(group.rows) // len(places))
    down = [group.rows[start : start + count] for start in range(0, len(group.rows), count)]
    cursors, top, lowest = [_Cursor(place, sizes) for place in places], places[0].top, places[0].top
    placed: dict[LegendRow, Placed] = {}
    for line in zip_longest(*down):
        for cursor, row in zip(cursors, line, strict=False):
            cursor.y = top
            if row is not None:
                placed[row] = cursor.row(row)
                lowest = max(lowest, cursor.y)
        top = lowest + sizes.row_gap_px
    return (PlacedGroup(group, None, tuple(placed[row] for row in group.rows)),), lowest


def _flowed(
    groups: Sequence[LegendGroup], places: Sequence[Column], sizes: Density, limit: float
) -> tuple[tuple[PlacedGroup, ...], float]:
    """The legend through columns no higher than a limit. Raises PanelError where it takes more of them."""
    cursor, index, lowest, placed = _Cursor(places[0], sizes), 0, places[0].top, []
    for group in groups:
        rows: list[Placed] = []
        heading: Setting | None = None
        for row in group.rows:
            if not cursor.holds("" if rows else group.heading, row, limit):
                index += 1
                if index == len(places):
                    raise PanelError("the legend takes more columns than there are", "columns")
                cursor = _Cursor(places[index], sizes)
            if not rows and group.heading:
                heading = cursor.heading(group.heading)
            rows.append(cursor.row(row))
            lowest = max(lowest, cursor.y)
            cursor.y += sizes.row_gap_px * (0.5 if row.minor else 1)
        if rows:
            placed.append(PlacedGroup(group, heading, tuple(rows)))
    return tuple(placed), lowest


class _Cursor:
    """A place that goes down a column."""

    def __init__(self, column: Column, density: Density) -> None:
        self._column = column
        self._density = density
        self.y = column.top

    def text(self, words: str, lettering: Lettering, *, balanced: bool = True) -> Setting:
        lines = wrap(words, self._column.width, lettering.size_px, lettering.weight, balanced=balanced)
        return self._set(lines, self._column.left, lettering)

    def heading(self, words: str) -> Setting:
        if self.y > self._column.top:
            self.y += self._density.group_gap_px
        made = self.text(words, Lettering("group", self._density.minor_px, "soft", BOLD))
        self.y += 3
        return made

    def row(self, row: LegendRow) -> Placed:
        size = self._density.minor_px if row.minor else self._density.label_px
        label, figure = Lettering("label", size, "ink"), Lettering("figure", size, "ink", BOLD)
        left, width = self._column.left + TEXT_INDENT_PX, self._column.width - TEXT_INDENT_PX
        top = self.y
        lines = wrap(row.label, width, size, label.weight)
        name = self._set(lines, left, label)
        run_on = label.width(lines[-1]) + size * 0.6
        number = None
        if row.figure and row.minor and len(lines) == 1 and run_on + figure.width(row.figure) <= width:
            number = Setting((row.figure,), left + run_on, name.y, "start", figure)
        elif row.figure:
            number = self._set(wrap(row.figure, width, size, figure.weight), left, figure)
        swatch = self._swatch(row, top, size)
        self.y = max(self.y, swatch.bottom)  # a label of one line may be lower than its sample
        return Placed(row, swatch, name, number)

    def flowing(self, rows: Iterable[LegendRow]) -> tuple[Placed, ...]:
        label = Lettering("label", self._density.label_px, "ink")
        swatch_px, height_px = FLOWING_SWATCH_PX
        indent, end = swatch_px + FLOWING_GAPS_PX[0], self._column.left + self._column.width
        x, top, placed = self._column.left, self.y, []
        for row in rows:
            lines = wrap(row.label, self._column.width - indent, label.size_px, label.weight)
            width = indent + max(map(label.width, lines))
            if x > self._column.left and x + width > end:
                x, top = self._column.left, self.y + self._density.row_gap_px
            self.y = top
            name = self._set(lines, x + indent, label)
            middle = top + (ASCENT + DESCENT) * label.size_px / 2
            swatch = Rectangle(round(x, 1), round(middle - height_px / 2, 1), swatch_px, height_px)
            placed.append(Placed(row, swatch, name, None))
            x += width + FLOWING_GAPS_PX[1]
        return tuple(placed)

    def holds(self, heading: str, row: LegendRow, limit: float) -> bool:
        """Whether a row, under its heading where it is the first, ends within the limit of height."""
        start = self.y
        if heading:
            self.heading(heading)
        self.row(row)
        end, self.y = self.y, start
        return end - self._column.top <= limit

    def _set(self, lines: Sequence[str], x: float, lettering: Lettering) -> Setting:
        setting = Setting(tuple(lines), x, round(self.y + ASCENT * lettering.size_px, 1), "start", lettering)
        self.y += len(lines) * lettering.leading_px + lettering.size_px * 0.06
        return setting

    def _swatch(self, row: LegendRow, top: float, size: float) -> Rectangle:
        width, height = MINOR_SWATCH_PX if row.minor or row.sample != "area" else SWATCH_PX
        first_line = top + (ASCENT + DESCENT) * size / 2
        y = first_line - height / 2 if height < size * 1.2 else top + 2
        return Rectangle(self._column.left, round(y, 1), width, height)
