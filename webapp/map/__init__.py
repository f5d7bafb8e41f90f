"""The map on the pages: made with Folium once per language and proposal, kept on disk as a fragment.

Nothing here imports folium until a fragment has to be made.
"""

from webapp.map.fragment import SCRIPTS, SHEETS, Fragment, map_fragment, prepare_all

__all__ = ["SCRIPTS", "SHEETS", "Fragment", "map_fragment", "prepare_all"]
