"""The map on the pages: made with Folium once per language and proposal, cached on disk as a fragment.

Nothing here imports folium until a fragment has to be made.
"""

from webapp.map.fragment import map_fragment, prepare_all
from webapp.map.parts import SCRIPTS, SHEETS, Fragment

__all__ = ["SCRIPTS", "SHEETS", "Fragment", "map_fragment", "prepare_all"]
