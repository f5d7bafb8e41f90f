"""Other boundaries of the oblasts than the embedded ones: read, matched by name, checked."""
