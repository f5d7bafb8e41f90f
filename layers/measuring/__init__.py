"""Measuring a line or polygons that a user drew: areas, people and distances on either side."""
