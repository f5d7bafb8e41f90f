"""What a reader adds to a map: notes at places, and towns that stand out; refused where they do not fit."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

import numpy as np

from webapp.errors import LimitError
from webapp.images.labels.placement import Label, Wanted
from webapp.images.labels.positions import Lines, around, beside
from webapp.images.map.projection_frame import Frame
from webapp.images.map.scene import Scene
from webapp.images.options.degrees import written
from webapp.images.options.notes import Note
from webapp.typography import lettering
from webapp.typography.boxes import Box, round_point
from webapp.typography.line_breaking import wrap

MARK_PX = 3.2
WIDTHS_PX = (240.0, 150.0, 100.0)  # of the lines that a note is broken into, where it is longer
KEPT_INSIDE_PX = 4.0


class LabelledMap(Protocol):
    """A map with its labels in their places."""

    @property
    def scene(self) -> Scene:
        """What the map shows."""

    @property
    def labels(self) -> Sequence[Label]:
        """The labels that found a place."""


def note_place(note: Note, frame: Frame) -> tuple[float, float]:
    """Return the place that a note points to, in pixels.

    Parameters
    ----------
    note
        Note with longitude and latitude in degrees, WGS 84.
    frame
        Projection and rectangle of the map.
    """
    x, y = frame.to_px(np.array([(note.lon_deg, note.lat_deg)]))[0].tolist()
    return round(x, 1), round(y, 1)


def notes_inside(notes: Sequence[Note], frame: Frame) -> list[tuple[Note, tuple[float, float]]]:
    """Return the notes whose places a frame shows, each with its place in pixels.

    Parameters
    ----------
    notes
        Notes of the image.
    frame
        Projection and rectangle of the map.
    """
    room = frame.rectangle.inset(KEPT_INSIDE_PX)
    placed = [(note, note_place(note, frame)) for note in notes]
    return [(note, (x, y)) for note, (x, y) in placed if room.x <= x <= room.right and room.y <= y <= room.bottom]


def note_marks(notes: Sequence[Note], frame: Frame) -> list[Box]:
    """Return the boxes of the notes' marks, which labels may not cover.

    Parameters
    ----------
    notes
        Notes of the image.
    frame
        Projection and rectangle of the map.
    """
    return [round_point(*place, MARK_PX) for _, place in notes_inside(notes, frame)]


def note_labels(scene: Scene, notes: Sequence[Note], longest_leader_px: float) -> list[Wanted]:
    """Return a label for each note, beside its place or at the end of a leader.

    Parameters
    ----------
    scene
        What the map shows, in pixels.
    notes
        Notes of the image.
    longest_leader_px
        Longest leader, in pixels.
    """
    labels = []
    for note, place in notes_inside(notes, scene.frame):
        choices, style = _choices(note.words), lettering.ANNOTATION
        near = partial(around, choices, *place, MARK_PX, style)
        farther = partial(beside, choices, np.array([place]), style, longest_leader_px)
        labels.append(Wanted(str(note), "note", [near, farther], round_point(*place, MARK_PX)))
    return labels


def check_placed(drawings: Sequence[LabelledMap], notes: Sequence[Note], towns: Mapping[str, str]) -> None:
    """Refuse notes and towns that no map shows, or that have no room on it.

    Parameters
    ----------
    drawings
        The maps of the image, labels placed.
    notes
        Notes of the image.
    towns
        Names of the towns to highlight, by id.

    Raises
    ------
    LimitError
        Names the note or the town.
    """
    frames = [one.scene.frame for one in drawings]
    placed = {label.wanted.id for one in drawings for label in one.labels}
    shown = {town.id for one in drawings for town in one.scene.towns}
    for note in notes:
        inside = any(notes_inside([note], frame) for frame in frames)
        _check("note", note.words, frames, inside=inside, placed=str(note) in placed)
    for town, name in towns.items():
        _check("highlight", name, frames, inside=town in shown, placed=town in placed)


def _check(field: str, words: str, frames: Sequence[Frame], *, inside: bool, placed: bool) -> None:
    if not inside:
        edge = frames[0].edge_lonlat()
        limits = written(tuple(np.round([*edge.min(axis=0), *edge.max(axis=0)], 1).tolist()))
        message = f"{field} '{words}': lies outside the map, which shows {limits}; choose another extent"
        raise LimitError(message, "unseen", field=field, name=words, limits=limits)
    if not placed:
        message = f"{field} '{words}': has no room at its place; shorten it, move it or enlarge the map"
        raise LimitError(message, "room", field=field, name=words)


def _choices(words: str) -> list[Lines]:
    """A note in one line where it is short, and broken."""
    letters = lettering.ANNOTATION
    return list(dict.fromkeys(tuple(wrap(words, width, letters.size_px, letters.weight)) for width in WIDTHS_PX))
