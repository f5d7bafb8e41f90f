"""Geometry: areas, lengths, overlays, coverages, buffers and GeoJSON.

Uses shapely, pyproj and numpy. Coordinates are longitude and latitude in degrees on WGS 84 (EPSG:4326).
"""
