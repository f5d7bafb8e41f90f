"""What the editions of a catalogue are derived from."""

from dataclasses import dataclass

from layers.text.languages import Languages

ORIGIN = "origin.json"  # in a folder that is built of other inputs than the included ones


@dataclass(frozen=True)
class Inputs:
    """Proposals and control maps, with texts in some languages, in the data version of a catalogue.

    They are the included ones, or what the document ``origin`` names, which ``layers.build.origin`` reads.
    """

    version: str
    languages: Languages
    origin: bytes = b""
