"""What the editions of a catalogue are derived from."""

from dataclasses import dataclass

from layers.text.languages import Languages


@dataclass(frozen=True)
class Inputs:
    """The included proposals and control maps, with texts in some languages, in the data version of a catalogue."""

    version: str
    languages: Languages
