"""Links of a published copy: every address of the service in a text becomes a link to a file, in one place."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from geo.errors import ClausemapError
from webapp.publishing.names import file_of, link
from webapp.site import PUBLISHED_PREFIX

# An address after the prefix, as it stands in HTML, JSON and text; an ampersand may be escaped more than once.
_ADDRESS = r"(?P<address>/(?:[^\s\"'<>\\&]|&(?:amp;)+)*)"
_AMPERSAND = re.compile("&(?:amp;)+")
NEEDS_SERVICE = 'role="link" aria-disabled="true" data-needs-service="'
BLANK = "{"  # in addresses that a script fills in


class UnpublishedError(ClausemapError):
    """A page shows something that the copy does not hold."""


@dataclass(frozen=True)
class Links:
    """Which files a copy holds, its public URL if it is known, and its control map, which is the only one."""

    files: Collection[str]
    base_url: str = ""
    control: str = ""

    def relative(self, text: str, file: str) -> str:
        """Return a text with its links made those of the copy.

        A link of a page to what needs a server leads nowhere and says so. Raises UnpublishedError for anything else
        that the copy does not hold.

        Parameters
        ----------
        text
            The text, as the service gives it.
        file
            Name of the file that it becomes.
        """
        base = re.escape(self.base_url)
        found = re.compile(f'(?P<href>\\bhref=")?(?P<base>{base})?{PUBLISHED_PREFIX}{_ADDRESS}')
        return found.sub(lambda match: self._linked(match, file), text)

    def _linked(self, match: "re.Match[str]", file: str) -> str:
        address = self._without_control(_AMPERSAND.sub("&", match["address"]))
        href = match["href"] or ""
        if BLANK not in address and file_of(address) not in self.files:
            if href:
                return NEEDS_SERVICE
            raise UnpublishedError(f"{file}: shows {address}, which is not published")
        return href + link(address, file, self.base_url if self.base_url and match["base"] else None)

    def _without_control(self, address: str) -> str:
        """An address that does not name the control map, which the copy's own addresses do not."""
        path, _, query = address.partition("?")
        kept = "&".join(part for part in query.split("&") if part != f"control={self.control}")
        return f"{path}?{kept}" if kept else path
