"""The layout of map and text in an image of any size.

Everything is laid out in design pixels and then scaled as a whole: a square of 1080 pixels is viewed as small as one
of 800, so its text has to be larger. Three arrangements are tried in the order that suits the shape: text beside the
map, legend beside it under a heading, everything one below the other.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise, product

from webapp.images.layout.legend import (
    front_alone,
    with_meanings,
    without_figures,
    without_marks,
    without_numbers,
    without_rest,
)
from webapp.images.layout.panel import (
    ARTICLE_DENSITIES,
    DENSITIES,
    Column,
    Density,
    Head,
    MapKey,
    PanelError,
    PlacedGroup,
    Words,
    moved,
    set_banner,
    set_caption,
    set_flowing,
    set_head,
    set_key,
    set_legend,
    set_notes,
)
from webapp.images.map.projection_frame import Rectangle
from webapp.images.options.options import LARGEST_PX, Size
from webapp.style.legend import MOST_KEYS
from webapp.typography.boxes import Setting

# Width of the design by the shape of the image, width over height; between them it follows a straight line.
SHAPES = ((9 / 16, 560.0), (1.0, 800.0), (16 / 9, 1200.0))
LARGEST_FACTOR = 6.0
ARTICLE_FACTOR = 1.2
ACROSS, UPRIGHT = 1.3, 0.85
ROOMY_PX, NARROW_PX, SMALL_PX = 900.0, 560.0, 400.0  # widths of the design
COLUMN_LEAST_PX, BRIEF_LEAST_PX = 205.0, 137.0
NOTES_PRICE = 2.2  # a shorter variant of the notes costs as much as so many steps of density
HEIGHT_STEP_PX = 10
LAYOUTS_KEPT = 64
ARTICLE_PARTS = (0.7, 0.6, 0.5, 0.4, 0.33)  # of an article's image: the map's part of the height, wished for and least
NARROW_PARTS = (
    0.7,
    0.65,
    0.6,
    0.55,
    0.5,
    0.475,
    0.45,
    0.425,
    0.4,
    0.375,
    0.35,
    0.3,
    0.27,
)  # the same of a narrow one's
FLOWING = 0  # columns of a key whose rows follow each other like words
LEAST_PART = 0.3  # where nothing but the key is left to go
MAP_FLOOR, LEAST_MAP_PX = 0.4, 110.0  # of the width, and in pixels: the least height of a map
PANEL, ARTICLE_PANEL = 0.3535, 0.3  # of the width: a panel with a full legend, and with a short key
LEAST_CELL_PX, CELL_GAP_PX = 110.0, 12.0
TALLEST = 1.8  # of the width of one of several maps: the country on a taller one would have nothing above and below
MOST_OF_PANEL = 0.36  # of its height: the heading of an article
KEY_WIDTHS_PX, MOST_OF_MAP = (275.0, 225.0, 185.0), 0.6
MAP_PARTS = (0.48, 0.38)  # of the height of an image in which all stands one below the other: wished for, and least


@dataclass(frozen=True)
class MapGrid:
    """Several maps in one image: the text above each, and their relative sizes."""

    captions: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Cell:
    """The rectangle of one of several maps, and the text above it."""

    map: Rectangle
    words: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A design: its size in pixels, how often it is enlarged, the map's rectangle, the words in their places.

    The ``keys`` have no place yet: one of them, which say the same in other widths, goes where the map has room for it,
    at ``key``.
    """

    width: float
    height: float
    factor: float
    map: Rectangle
    head: Head | None = None
    groups: tuple[PlacedGroup, ...] = ()
    notes: tuple[Setting, ...] = ()
    papers: tuple[Rectangle, ...] = ()
    rules: tuple[tuple[float, float, float, float], ...] = ()
    keys: tuple[MapKey, ...] = ()
    key: Rectangle | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def map_part(self) -> float:
        """The part of the surface that its one map takes."""
        return self.map.width * self.map.height / (self.width * self.height)

    @property
    def maps(self) -> tuple[Rectangle, ...]:
        """The places of the maps."""
        return tuple(cell.map for cell in self.cells) or (self.map,)

    def with_key_at(self, place: Rectangle) -> "Layout":
        """The same with the key of a place's size in that place on the map, on paper of its own."""
        key = next(one for one in self.keys if (one.width, one.height) == (place.width, place.height))
        return replace(
            self, groups=moved(key.groups, place.x, place.y), papers=(*self.papers, place), keys=(), key=place
        )

    def settings(self) -> Iterator[Setting]:
        """Every text beside the map."""
        if self.head is not None:
            yield from (self.head.title, *self.head.under)
        for group in self.groups:
            yield from group.settings()
        for cell in self.cells:
            yield from cell.words
        yield from self.notes


@dataclass(frozen=True)
class Room:
    """What an arrangement fills: the design's size, its text, the density and the notes to try."""

    width: float
    height: float
    factor: float
    words: Words
    sizes: Density
    notes: tuple[str, ...]

    @property
    def edge(self) -> float:
        """Distance from the edge of the design to the text, in pixels."""
        return 13.0 if self._is_small else 28.0 if self.width >= ROOMY_PX else 22.0

    @property
    def gap(self) -> float:
        """Distance from the map to the text above and below it, in pixels."""
        return 8.0 if self._is_small else 12.0

    @property
    def _is_small(self) -> bool:
        return self.words.brief and self.width < SMALL_PX


@lru_cache(maxsize=LAYOUTS_KEPT)
def lay_out(words: Words, size: Size, *, plain: bool = False, over: bool = True, grid: MapGrid | None = None) -> Layout:
    """Return the roomiest layout that holds all text of an image, cached for equal arguments.

    Parameters
    ----------
    words
        Text of the image besides its maps.
    size
        Width and height of the image, in CSS pixels.
    plain
        Whether the image is the map alone, without text.
    over
        Whether a short key may lie on the map.
    grid
        Rows and columns of several maps; None for one map.

    Raises
    ------
    PanelError
        If no layout holds the text; names the least height that would.
    """
    width, height, factor = design_of(size, brief=words.brief)
    if plain:
        whole = Rectangle(0, 0, width, height)
        return Layout(width, height, factor, whole, cells=tuple(Cell(one) for one in _parted(whole, grid)))
    found = _first_fit(words, size, over=over, grid=grid)
    if found is None:
        raise _refusal(words, size, grid)
    return found


def design_of(size: Size, *, brief: bool = False) -> tuple[float, float, float]:
    """Return width and height of the design of an image in pixels, and the factor by which it is enlarged.

    Parameters
    ----------
    size
        Width and height of the image, in pixels.
    brief
        Whether text is as large as articles need it.
    """
    width, height = size
    shape = width / height
    widest, design = SHAPES[-1]
    factor = height * widest / design if shape >= widest else width / _between(shape)
    factor = min(max(factor, ARTICLE_FACTOR if brief else 1.0), LARGEST_FACTOR)
    return width / factor, height / factor, factor


def _between(shape: float) -> float:
    """The width of the design for a shape."""
    if shape <= SHAPES[0][0]:
        return SHAPES[0][1]
    (low, narrow), (high, wide) = next(pair for pair in pairwise(SHAPES) if shape <= pair[1][0])
    part = math.log(shape / low) / math.log(high / low)
    return narrow + part * (wide - narrow)


def _first_fit(words: Words, size: Size, *, over: bool = False, grid: MapGrid | None = None) -> Layout | None:
    """The roomiest layout; where an article has no room, one with fewer words."""
    if words.brief and words.groups and not grid and design_of(size, brief=True)[0] < NARROW_PX:
        fits = (_narrow_fit(words, size, part, over=over) for part in NARROW_PARTS)
        if (fit := next((one for one in fits if one is not None), None)) is not None:
            return fit
    densities = ARTICLE_DENSITIES if words.brief else DENSITIES
    columns = (FLOWING, 4, 2, 1) if words.groups == without_figures(words.groups) else (4, 2, 1)
    gridded = [_gridded(grid, part, one) for part in ARTICLE_PARTS for one in columns] if grid else []
    for arrangement in gridded or _arrangements(size[0] / size[1], words, over=over):
        tried = _attempts(len(densities), len(words.notes))
        if arrangement(_room(words, size, densities[-1], -1)) is None:
            continue  # where the tightest does not fit, nothing does
        rooms = (_room(words, size, densities[density], variant) for density, variant in tried)
        return next(found for found in map(arrangement, rooms) if found is not None)
    shorter = _shorter(words) if words.brief else None
    return _first_fit(shorter, size, over=over, grid=grid) if shorter else None


def _narrow_fit(words: Words, size: Size, part: float, *, over: bool) -> Layout | None:
    """The layout of a phone or a column that leaves the map a part of the height, with as many words as that allows."""
    tried: Words | None = words
    least = front_alone(words.groups)
    while tried is not None and (words.groups == least or tried.groups != least):
        below = FLOWING if tried.groups == without_figures(tried.groups) else 2
        arrangements = [_banner(part), _stacked(below, part, floor=LEAST_PART)][not over :]
        for arrangement in arrangements:
            rooms = [_room(tried, size, density, -1) for density in ARTICLE_DENSITIES]
            if arrangement(rooms[-1]) is not None:
                return next(found for found in map(arrangement, rooms) if found is not None)
        tried = _shorter(tried)
    return None


def _shorter(words: Words) -> Words | None:
    """The words without what is missed least, the key last: places, figures, what is known, what is left, numbers."""
    shorter = (
        replace(words, groups=without_marks(words.groups)),
        replace(words, groups=without_figures(words.groups)),
        replace(words, known=""),
        replace(words, groups=without_rest(words.groups)),
        replace(words, groups=without_numbers(words.groups)),
        replace(words, groups=front_alone(words.groups)),
    )
    return next((one for one in shorter if one != words), None)


def _room(words: Words, size: Size, density: Density, variant: int) -> Room:
    return Room(*design_of(size, brief=words.brief), words, density, words.notes[variant])


def _refusal(words: Words, size: Size, grid: MapGrid | None) -> PanelError:
    width, height = size
    heights = range(height + HEIGHT_STEP_PX, LARGEST_PX + 1, HEIGHT_STEP_PX)
    enough = bisect_left(heights, 1, key=lambda one: _first_fit(words, (width, one), grid=grid) is not None)
    found = enough < len(heights)
    limit = f"at {width} wide it needs a height of {heights[enough]}" if found else f"{width} is too narrow"
    remedy = "legend=off needs less" if words.groups else "plain=on needs nothing"
    return PanelError(
        f"size {width}x{height} cannot hold the words beside the map: {limit}; {remedy}",
        "higher" if found else "narrow",
        width=width,
        height=height,
        remedy="legend" if words.groups else "plain",
        **({"needed": heights[enough]} if found else {}),
    )


def _attempts(densities: int, variants: int) -> list[tuple[int, int]]:
    """Densities and variants of the notes, from the most comfortable to the tightest."""
    pairs = product(range(densities), range(variants))
    return sorted(pairs, key=lambda pair: (pair[0] + NOTES_PRICE * pair[1], pair))


def _arrangements(shape: float, words: Words, *, over: bool) -> list[Callable[[Room], Layout | None]]:
    if words.brief:
        banners = [_banner(part) for part in ARTICLE_PARTS] if over or not words.groups else []
        aside = [_beside(ARTICLE_PANEL)] if shape >= ACROSS else []
        bare = front_alone(words.groups)
        least = [_stacked(2, LEAST_PART, floor=LEAST_PART)] if _shorter(words) == replace(words, groups=bare) else []
        return [*aside, *banners, *_below(), *least]
    if not words.groups:
        return [_stacked(1), _beside()]
    stacked = [_stacked(columns, part) for part in MAP_PARTS for columns in (3, 2, 1)]
    if shape >= ACROSS:
        return [_beside(), _headed, *stacked]
    return [_headed, *stacked, _beside()] if shape >= UPRIGHT else [*stacked, _headed]


def _below() -> list[Callable[[Room], Layout | None]]:
    """A short key below the map, in as many columns as give the map most room."""
    return [*(_stacked(columns, part) for part in ARTICLE_PARTS for columns in (4, 2, 1)), _headed]


def _banner(part: float) -> Callable[[Room], Layout | None]:
    """The heading over the whole width, the map with its key on it, the notes at the foot."""

    def arranged(room: Room) -> Layout | None:
        whole = Column(room.edge, 16.0, room.width - 2 * room.edge)
        head, y = set_banner(room.words, whole, room.sizes)
        notes, foot = _at_bottom(room, whole)
        top, bottom = round(y + 10), round(foot - 8)
        if bottom - top < part * room.height:
            return None
        area = Rectangle(0, top, room.width, bottom - top)
        keys = _keys(room, area)
        if room.words.groups and not keys:
            return None
        papers = (Rectangle(0, 0, room.width, top), Rectangle(0, bottom, room.width, room.height - bottom))
        return Layout(room.width, room.height, room.factor, area, head, (), notes, papers, _framing(area), keys)

    return arranged


def _keys(room: Room, area: Rectangle) -> tuple[MapKey, ...]:
    """A key in several widths, as far as it leaves the map room."""
    if not room.words.groups:
        return ()
    keys = [set_key(room.words.groups, room.sizes, width) for width in KEY_WIDTHS_PX]
    fit = [key for key in keys if key.height <= MOST_OF_MAP * area.height and key.width <= MOST_OF_MAP * area.width]
    return tuple(dict.fromkeys(fit))


def _beside(part: float = PANEL) -> Callable[[Room], Layout | None]:
    """All words in a panel on the left that takes a part of the width, the map right of it over the whole height."""

    def arranged(room: Room) -> Layout | None:
        panel = math.floor(min(max(room.width * part, 225.0 if room.words.brief else 270.0), 470.0))
        if room.width - panel < 0.5 * room.width:
            return None
        column = Column(room.edge, 24.0 if room.edge > 22 else 16.0, panel - room.edge - 20)
        head, y = set_head(room.words, column, room.sizes)
        if room.words.brief and y > MOST_OF_PANEL * room.height and room.sizes != ARTICLE_DENSITIES[-1]:
            return None
        gap, below = room.sizes.group_gap_px, replace(column, top=y + room.sizes.group_gap_px)
        notes, top = _at_bottom(room, column)
        explained = dict.fromkeys(with_meanings(room.words.groups, rows) for rows in range(MOST_KEYS, -1, -1))
        keys = (set_legend(key, below, room.sizes) for key in explained)
        fit = next((key for key in keys if key[1] + gap <= top), None)
        if fit is None:
            return None
        groups, _ = fit
        area = Rectangle(panel, 0, room.width - panel, room.height)
        paper = Rectangle(0, 0, panel, room.height)
        rule = (panel - 0.5, 0.0, panel - 0.5, room.height)
        return Layout(room.width, room.height, room.factor, area, head, groups, notes, (paper,), (rule,))

    return arranged


def _headed(room: Room) -> Layout | None:
    """The heading over the whole width, below it the legend on the left of the map, the notes at the foot."""
    whole = Column(room.edge, 20.0, room.width - 2 * room.edge)
    head, y = set_head(room.words, whole, room.sizes)
    notes, foot = _at_bottom(room, whole)
    top, bottom = round(y + 12), round(foot - 10)
    side = round(min(max(room.width * 0.36, 230.0), 420.0))
    column = Column(room.edge, top + 2, side - room.edge - 14)
    groups, y = set_legend(room.words.groups, column, room.sizes)
    if y > bottom or bottom - top < 0.45 * room.height or room.width - side < 280:
        return None
    area = Rectangle(side, top, room.width - side, bottom - top)
    papers = (
        Rectangle(0, 0, room.width, top),
        Rectangle(0, top, side, bottom - top),
        Rectangle(0, bottom, room.width, room.height - bottom),
    )
    return Layout(room.width, room.height, room.factor, area, head, groups, notes, papers, _framing(area))


def _stacked(columns: int, part: float = MAP_PARTS[1], floor: float = MAP_FLOOR) -> Callable[[Room], Layout | None]:
    """Heading, map, legend in some columns, and notes, one below the other."""

    def arranged(room: Room) -> Layout | None:
        whole = Column(room.edge, min(18.0, room.edge), room.width - 2 * room.edge)
        if columns > 1 and whole.width / columns < (BRIEF_LEAST_PX if room.words.brief else COLUMN_LEAST_PX):
            return None
        head, y = (set_banner if room.words.brief else set_head)(room.words, whole, room.sizes)
        notes, foot = _at_bottom(room, whole)
        groups, above = _above(room, whole, foot, columns)
        top, bottom = round(y + room.gap), round(above - room.gap if groups else foot - 10)
        if bottom - top < max(part * room.height, floor * room.width, LEAST_MAP_PX):
            return None
        area = Rectangle(0, top, room.width, bottom - top)
        papers = (Rectangle(0, 0, room.width, top), Rectangle(0, bottom, room.width, room.height - bottom))
        return Layout(room.width, room.height, room.factor, area, head, groups, notes, papers, _framing(area))

    return arranged


def _gridded(grid: MapGrid, part: float, columns: int) -> Callable[[Room], Layout | None]:
    """Heading, several maps with words above each, legend in some columns, and notes, one below the other."""

    def arranged(room: Room) -> Layout | None:
        whole = Column(room.edge, 16.0, room.width - 2 * room.edge)
        if columns > 1 and whole.width / columns < COLUMN_LEAST_PX:
            return None
        head, y = set_banner(room.words, whole, room.sizes)
        notes, foot = _at_bottom(room, whole)
        groups, top = _above(room, whole, foot, columns)
        area = Rectangle(room.edge, round(y + 10), whole.width, round(top - 10) - round(y + 10))
        cells = _cells(area, grid, room.sizes) if area.height > LEAST_CELL_PX else None
        if (
            cells is None
            or sum(cell.map.height * cell.map.width for cell in cells) < 0.8 * part * area.width * room.height
        ):
            return None
        return Layout(room.width, room.height, room.factor, cells[0].map, head, groups, notes, cells=cells)

    return arranged


def _above(room: Room, whole: Column, foot: float, columns: int) -> tuple[tuple[PlacedGroup, ...], float]:
    """The legend in columns above a height, or flowing, and its upper edge."""
    if not room.words.groups:
        return (), foot
    setter = partial(set_legend, columns=columns) if columns else set_flowing
    _, height = setter(room.words.groups, replace(whole, top=0), room.sizes)
    top = foot - 8 - room.sizes.group_gap_px - height
    groups, _ = setter(room.words.groups, replace(whole, top=top), room.sizes)
    return groups, top


def _cells(area: Rectangle, grid: MapGrid, sizes: Density) -> tuple[Cell, ...] | None:
    """Maps in rows, each below its words; None where there is no room."""
    found = []
    for place, caption in zip(_parted(area, grid), grid.captions, strict=True):
        words, y = set_caption(caption, Column(place.x, place.y, place.width), sizes)
        found.append((place, words, y - place.y))
    tallest = max(taken for _, _, taken in found)
    cells = [
        Cell(Rectangle(p.x, p.y + tallest, p.width, min(p.height - tallest, TALLEST * p.width)), words)
        for p, words, _ in found
    ]
    return tuple(cells) if all(min(cell.map.height, cell.map.width) >= LEAST_CELL_PX for cell in cells) else None


def _parted(area: Rectangle, grid: MapGrid | None) -> list[Rectangle]:
    """An area in parts of a size, in as many columns as make them most like squares."""
    if grid is None:
        return []
    count = len(grid.shares)
    columns = min(
        (one for one in range(1, count + 1) if count % one == 0),
        key=lambda one: abs(math.log((area.width / one) / (area.height / (count // one)))),
    )
    shares = grid.shares if columns in (1, count) else (1.0,) * count
    across = _steps(area.x, area.width, shares[:columns] if columns > 1 else (1.0,))
    down = _steps(area.y, area.height, (1.0,) * (count // columns) if columns > 1 else shares)
    return [Rectangle(x, y, width, height) for y, height in down for x, width in across]


def _steps(start: float, length: float, shares: tuple[float, ...]) -> list[tuple[float, float]]:
    """Where parts of a length with gaps between them start, and how long each is."""
    room, found = length - CELL_GAP_PX * (len(shares) - 1), []
    for share in shares:
        part = round(room * share / sum(shares), 1)
        found.append((round(start, 1), part))
        start += part + CELL_GAP_PX
    return found


def _at_bottom(room: Room, column: Column) -> tuple[tuple[Setting, ...], float]:
    """The notes at the foot of a column, and the y above them."""
    _, height = set_notes(room.notes, replace(column, top=0), room.sizes)
    top = room.height - (18.0 if room.edge > 22 else 13.0) - height
    notes, _ = set_notes(room.notes, replace(column, top=top), room.sizes)
    return notes, top


def _framing(area: Rectangle) -> tuple[tuple[float, float, float, float], ...]:
    """Thin lines along the upper and lower edge of the map."""
    return ((area.x, area.y, area.right, area.y), (area.x, area.bottom, area.right, area.bottom))
