"""OGC API - Features of what was built: its documents as pure functions of a catalogue, for service and files alike."""
