"""Boundaries of the oblasts from other sources: read, matched by name, checked."""
