"""Reading control maps as publishers distribute them; the format is recognised by content, never by the file's name."""

from layers.readers.opening import is_there
from layers.readers.raw_map import Progress, RawMap, Taken
from layers.readers.reading import read_control

__all__ = ["Progress", "RawMap", "Taken", "is_there", "read_control"]
