"""What Folium gives to a page, as parts that a template puts in place."""

import hashlib
from dataclasses import dataclass, replace

from webapp.static_files import FOLDER

SCRIPTS = ("map.bundle.js",)
SHEETS = ("map.bundle.css",)


@dataclass(frozen=True)
class Fragment:
    """What Folium adds to a page: stylesheets for its head, the map's element, scripts to load, one to run.

    URLs in it do not have the path prefix of the service.
    """

    sheets: str
    body: str
    scripts: str
    start: str

    @property
    def script_version(self) -> str:
        """What changes when the script to run does."""
        return hashlib.sha256(self.start.encode()).hexdigest()[:10]

    def below(self, prefix: str) -> "Fragment":
        """The same with its style sheets and scripts below a prefix."""
        own, found = f'="{FOLDER}', f'="{prefix}{FOLDER}'
        return replace(self, sheets=self.sheets.replace(own, found), scripts=self.scripts.replace(own, found))
