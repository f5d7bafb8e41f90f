"""What changed between two control maps of a catalogue: compared on request, once for all who ask."""
