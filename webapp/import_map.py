"""The import map of a page: each module of the map by the URL of the file that holds it, its version included.

Without it, browsers would request the modules one by one, and none with a version. It is the one inline script of
a page, so that the Content-Security-Policy names its hash.
"""

import base64
import hashlib
import json
from functools import cache

from webapp.modules import MODULES
from webapp.static_files import FOLDER, MAP_MODULES, asset_path


@cache
def import_map(prefix: str) -> str:
    """Return the import map as JSON, for a service that is found below a path prefix."""
    joined = prefix + asset_path(MAP_MODULES)
    return json.dumps({"imports": {f"{prefix}{FOLDER}{name}": joined for name in MODULES}}, separators=(",", ":"))


@cache
def import_map_source(prefix: str) -> str:
    """Return the source expression by which a Content-Security-Policy allows the import map alone (CSP level 2)."""
    digest = hashlib.sha256(import_map(prefix).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
