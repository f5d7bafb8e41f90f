"""What the operator sets by environment variables: one model, checked when the service starts.

The table in README.md says the same in the same words.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from layers.text.languages import installed_languages
from webapp.errors import SetupError

# What the service's own URLs begin with: those for programs, and those for readers.
DATA = (
    "layers", "data", "display", "areas", "towns", "places", "timelines", "changes", "compare", "line-since",
    "corrections", "images", "context", "static", "scripts", "oembed", "ogc",
    "catalog", "catalog.json", "catalog.jsonld", "healthz", "readyz", "robots.txt", "sitemap.xml", ".well-known",
)  # fmt: skip


EMBED = "embed"
PREFIX = "CLAUSEMAP_"
STDOUT = "-"
LAST_PORT = 65_535

_BASE_URL = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")
_REPORT_URL = re.compile(r"https?://[^\s\"'<>\\]+")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_BLANKS = ("{z}", "{x}", "{y}")


@dataclass(frozen=True)
class Reporting:
    """Where readers report errors: a mail address, or the URL of a page."""

    to: str

    def link(self, subject: str) -> str:
        """The URL of a link; a mail has the subject."""
        return f"mailto:{self.to}?subject={quote(subject)}" if "@" in self.to and ":" not in self.to else self.to


@dataclass(frozen=True)
class Tiles:
    """Background tiles that an operator chose, with the attribution that their maker requires."""

    url: str
    attribution: str


def _base_url(url: str) -> str:
    """A public URL that can be put in front of paths, and whose own path begins like none of the service."""
    if not _BASE_URL.fullmatch(url):
        raise ValueError("write it like https://maps.example.org, no slash at the end")
    first = urlsplit(url).path.split("/")[1:2]
    if first and first[0] in (*DATA, EMBED, *installed_languages().tags):
        raise ValueError(f"its own addresses begin with /{first[0]}, choose another")
    return url


def _number(most: int, written: str) -> BeforeValidator:
    """A whole number up to one; ``written`` says how it is written."""

    def read(number: str) -> int:
        if not (number.isascii() and number.isdecimal()) or int(number) > most:
            raise ValueError(written)
        return int(number)

    return BeforeValidator(read)


def _reporting(to: str) -> Reporting:
    to = to.removeprefix("mailto:")
    if not (_MAIL.fullmatch(to) or _REPORT_URL.fullmatch(to)):
        raise ValueError("write a mail address or a URL like https://example.org/report")
    return Reporting(to)


def _tiles_url(url: str) -> str:
    if not url.startswith(("https://", "http://", "/")) or not all(blank in url for blank in _BLANKS):
        raise ValueError("write it like https://tiles.example.org/{z}/{x}/{y}.png")
    return url


def _yes_or_no(word: str) -> bool:
    if word.lower() not in ("yes", "no"):
        raise ValueError("write yes or no")
    return word.lower() == "yes"


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or int(port) > LAST_PORT:
        raise ValueError("write an address and a port, such as 127.0.0.1:9100")
    return host.strip("[]"), int(port)


class Settings(BaseModel):
    """The environment variables of the service: ``CLAUSEMAP_`` and the name of a field, in capitals."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    access_log: str = Field(
        default="", description="file to which a line of JSON is appended for each request; `-` is stdout"
    )
    access_log_addresses: Annotated[bool, BeforeValidator(_yes_or_no)] = Field(
        default=False, description="`yes`: the lines have the address of the reader"
    )
    base_url: Annotated[str, AfterValidator(_base_url)] = Field(
        default="", description="public URL of the service, used for absolute links and as path prefix"
    )
    cache: Path | None = Field(
        default=None,
        description="folder for results that take long: editions, images, charts, spreadsheets of timelines",
    )
    images_mb: Annotated[int, _number(10**9, "write a number of megabytes, such as 512")] = Field(
        default=512, description="size limit of that folder, in MB"
    )
    languages: Path | None = Field(default=None, description="folder with further languages")
    metrics: Annotated[tuple[str, int] | None, BeforeValidator(_address)] = Field(
        default=None, description="address and port of metrics for Prometheus, such as `127.0.0.1:9100`"
    )
    proxies: Annotated[int, _number(9, "write how many proxies are in front, such as 1")] = Field(
        default=0, description="how many proxies are in front whose `X-Forwarded-For` names the reader"
    )
    report: Annotated[Reporting | None, BeforeValidator(_reporting)] = Field(
        default=None, description="mail address or URL where readers report errors, linked at the foot of every page"
    )
    stop_within_s: Annotated[int, _number(3600, "write a number of seconds, such as 20")] = Field(
        default=20, description="seconds that a stop waits for images and files that readers wait for"
    )
    tiles_url: Annotated[str, AfterValidator(_tiles_url)] = Field(
        default="", description="URL template of background tiles, with `{z}`, `{x}` and `{y}`"
    )
    tiles_attribution: str = Field(default="", description="attribution of the tiles; needed with a tile URL")
    workspace: Path | None = Field(default=None, description="folder with your own control maps and proposals")

    @property
    def tiles(self) -> Tiles | None:
        """The operator's tiles, or None."""
        return Tiles(self.tiles_url, self.tiles_attribution) if self.tiles_url else None


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


VARIABLES = tuple(map(variable, Settings.model_fields))


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings in environment variables; an empty one counts as not set.

    Raises SetupError that names every variable whose value cannot be used.
    """
    given = {field: environ.get(variable(field), "").strip() for field in Settings.model_fields}
    try:
        settings = Settings.model_validate({field: value for field, value in given.items() if value})
    except ValidationError as error:
        raise SetupError("; ".join(map(_told, error.errors(include_url=False)))) from error
    for one, other in (("tiles_url", "tiles_attribution"), ("tiles_attribution", "tiles_url")):
        if given[one] and not given[other]:
            raise SetupError(f"{variable(other)} is not set; tiles need an address and an attribution, or neither")
    return settings


def check_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of a service that starts, whose folders have to be there.

    Raises SetupError as ``read_settings`` does, and for a folder that is none and for a variable that is no setting.
    """
    settings = read_settings(environ)
    problems = [*_unknown(environ), *_missing(settings)]
    if problems:
        raise SetupError("; ".join(problems))
    return settings


def _told(error: Any) -> str:
    """A problem of pydantic's as a line that names the variable, its value, and how it is written."""
    return f"{variable(error['loc'][0])} is '{error['input']}'; {error['ctx']['error']}"


def _unknown(environ: Mapping[str, str]) -> list[str]:
    found = sorted(name for name in environ if name.startswith(PREFIX) and name not in VARIABLES)
    return [f"{name} is no setting; {_instead(name)}" for name in found]


def _instead(name: str) -> str:
    near = get_close_matches(name.removeprefix(PREFIX).lower(), Settings.model_fields, 1)
    return f"did you mean {variable(near[0])}?" if near else f"there are {', '.join(VARIABLES)}"


def _missing(settings: Settings) -> list[str]:
    """The folders that are not there; the cache is made where it is missing, but cannot be where something else is."""
    needed = {name: getattr(settings, name) for name in ("languages", "workspace")}
    if settings.cache and settings.cache.exists():
        needed["cache"] = settings.cache
    if settings.access_log not in ("", STDOUT):
        needed["access_log"] = Path(settings.access_log).parent
    absent = {name: folder for name, folder in needed.items() if folder and not folder.is_dir()}
    return [f"{variable(name)} is '{folder}'; there is no such folder" for name, folder in absent.items()]
