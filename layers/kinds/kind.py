"""A kind of zone, and its variants: zones of the kind that have another look or name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from layers.kinds.style import Looks, Style

Properties = Mapping[str, Any]
Drawn = Literal["area", "line", "place"]
Pane = Literal["overlays", "lines", "sites"]


@dataclass(frozen=True)
class Variant:
    """Zones of a kind with another look or name, recognised by their properties.

    ``looks`` None: they look like the rest of the kind. ``named``: the languages have a name for them (``kind.<key>``).
    ``rank``: their place among what texts on images name, in words of their own (``image_words.alt_<key>`` and
    ``caption_<key>``); None: they are named with their kind. ``settled`` False: the zone could be anywhere within the
    area, so that legends give no figure for it. ``mentioned`` False: a text on an image names them only where they
    were chosen.
    """

    key: str
    applies: Callable[[Properties], bool]
    looks: Looks | None = None
    named: bool = False
    rank: int | None = None
    settled: bool = True
    mentioned: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of zone. Its name in a language is ``kind.<key>``.

    ``key``: what proposals, layers and tables call it.
    ``shape``: an area, a line or a place.
    ``made_by``: the derivations that may make its zones.
    ``looks``: how its zones are drawn; ``variants``: those that differ from the rest.
    ``rank``: its place among what texts on images name, 1 for the most important; ``phrased``: the languages have
    words for all its zones together (``image_words.alt_<key>`` and ``caption_<key>``), else each goes by its name.

    ``divides``: its zones may divide the territory among them, and have a status under the proposal.
    ``abroad``: it lies outside Ukraine: the legal status of its territory is not Ukraine's, and no area is given.
    ``on_every_map``: it shows who holds what, whatever zones were chosen.
    ``shows_control``: legends name it under control and not under what is proposed.
    ``minor``: no clause treats it: legends set it smaller, under its own words, and the map page labels it with none.
    ``remainder``: it is what a clause leaves of an oblast; legends name it last.
    ``nested``: zones of one clause lie in one another: distinguished by their dashes, labelled on their outlines, each
    with a row of its own; of several the widest is measured. A pointer finds them on their outlines alone.
    ``by_name``: the legend of the map page names each zone in a row of its own.
    ``in_images``: images draw its zones, so that they can be chosen.
    ``labelled``: images write its name on the map; ``own_name``: that of the zone, also where it is part of one oblast.
    ``recognises``: its name says that something is recognised: keys add how and by whom.
    ``may_be_whole``: where it is a whole oblast, the sentence with its area says so.
    ``smallest_km2``: a derivation that gives a zone an oblast must leave out smaller ones.
    ``pane``: where the map page draws it; None: with the zones that divide the territory, or over them.
    ``draw_order``: what has a higher one lies above other areas in images.
    """

    key: str
    shape: Drawn
    made_by: tuple[str, ...]
    looks: Looks
    rank: int
    variants: tuple[Variant, ...] = ()
    phrased: bool = False
    divides: bool = False
    abroad: bool = False
    on_every_map: bool = False
    shows_control: bool = False
    minor: bool = False
    remainder: bool = False
    nested: bool = False
    by_name: bool = False
    in_images: bool = True
    labelled: bool = True
    own_name: bool = False
    recognises: bool = False
    may_be_whole: bool = False
    smallest_km2: float = 0.0
    pane: Pane | None = None
    draw_order: int = 0

    @property
    def style(self) -> Style:
        """How its zones are drawn on a light page."""
        return self.looks.style

    @property
    def has_area(self) -> bool:
        """Whether its zones have an area in km²."""
        return self.shape == "area" and not self.abroad

    @property
    def is_line_of_contact(self) -> bool:
        """Whether it is the line between the two sides."""
        return self.shape == "line" and self.on_every_map

    @property
    def is_contested(self) -> bool:
        """Whether it is territory on which the control maps disagree."""
        return self.shape == "area" and self.on_every_map

    def variant(self, zone: Properties) -> Variant | None:
        """The variant that a zone of this kind is, by its properties; None for the rest of the kind."""
        return next((variant for variant in self.variants if variant.applies(zone)), None)
