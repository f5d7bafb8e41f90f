"""Corrections: what changed in figures that were published, when and why."""
