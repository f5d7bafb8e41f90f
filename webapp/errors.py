"""What can be wrong with a request or with how the service is set up."""

from geo.errors import ClausemapError
from layers.errors import UnknownError


class OptionError(UnknownError):
    """A query option has a value that does not exist; ``known`` lists what there is."""


class MediaTypeError(UnknownError):
    """A request accepts no format in which a file exists; ``known`` lists the media types there are."""


class SetupError(ClausemapError):
    """An environment variable of the operator's cannot be used as it is."""


class BaseUrlError(ClausemapError):
    """A response needs the absolute URL of the service, and the operator has not set it."""


class LimitError(ClausemapError):
    """A request that exceeds a limit, which the message names.

    ``reason`` and ``values`` say the same for a text in any language (``refusal.<reason>`` with its blanks filled).
    """

    def __init__(self, message: str, reason: str, **values: float | str) -> None:
        self.reason = reason
        self.values = values
        super().__init__(message)


class LengthError(LimitError):
    """A URL that is longer than any that the service gives."""


class ModuleError(ClausemapError):
    """A JavaScript module cannot be joined with the others; the message names it and says why."""


class PlaceError(ClausemapError):
    """A folder to write into holds something else; nothing in it is touched."""


class GalleryError(ClausemapError):
    """One of many images could not be drawn; the message names it and says why."""


class NotReadyError(ClausemapError):
    """The service cannot answer everything; the message says what is wrong."""


class BusyError(ClausemapError):
    """What was requested cannot be made now; ``again_after_s`` says when to try again."""

    def __init__(self, message: str, again_after_s: int) -> None:
        self.again_after_s = again_after_s
        super().__init__(message)
