"""The colours in which a KML draws its polygons: shared styles by id, style maps, and styles of one placemark."""

from dataclasses import dataclass, field


@dataclass
class Styles:
    """What was read of styles so far; ``open`` is the id of the style or map that is being read."""

    colours: dict[str, str] = field(default_factory=dict)
    maps: dict[str, str] = field(default_factory=dict)
    open: str = ""
    key: str = ""

    def begin(self, style: str) -> None:
        """A style or style map begins."""
        self.open, self.key = style, ""
        self.colours.pop("", None)  # that of the placemark before

    def end(self, tag: str, parent: str, text: str) -> None:
        """Note the end of an element in a style: the colour of polygons, or the usual style of a style map.

        Parameters
        ----------
        tag
            Name of the element.
        parent
            Name of the element around it.
        text
            Text of the element.
        """
        if tag == "color" and parent == "PolyStyle" and len(text) == 8:
            self.colours[self.open] = f"#{text[6:8]}{text[4:6]}{text[2:4]}".lower()  # aabbggrr
        elif tag == "key" and parent == "Pair":
            self.key = text
        elif tag == "styleUrl" and parent == "Pair" and self.key in {"", "normal"}:
            self.maps[self.open] = text.rpartition("#")[2]

    def colour(self, style: str) -> str | None:
        """The colour of polygons in a style, as #rrggbb."""
        return self.colours.get(self.maps.get(style, style))
