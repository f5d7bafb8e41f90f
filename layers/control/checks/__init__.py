"""Checks that a file must pass before a figure is computed from it."""
