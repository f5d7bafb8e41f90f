"""Geometry of the project: measuring, cutting, coverages and writing GeoJSON.

Knows shapely, pyproj and numpy. Coordinates are longitude, latitude in degrees on WGS 84.
"""
