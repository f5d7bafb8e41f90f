"""A proposal's map as a Folium map that stands alone, for notebooks and as one HTML file that needs no network.

>>> from webapp.standalone import folium_map
>>> folium_map("us-28-points", as_of="2025-11-20").save("map.html")
"""

from webapp.standalone.drawing import draw_map, folium_map, map_html

__all__ = ["draw_map", "folium_map", "map_html"]
