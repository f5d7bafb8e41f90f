"""Zones: kinds, deriving them, and what other boundaries would change in them."""
