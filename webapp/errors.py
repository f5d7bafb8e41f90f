"""What can be wrong with a request or with how the service is set up."""

from geo.errors import ClausemapError
from layers.errors import UnknownError


class OptionError(UnknownError):
    """A query option has a value that does not exist; ``known`` lists what there is."""


class SetupError(ClausemapError):
    """An environment variable of the operator's cannot be used as it is."""


class LimitError(ClausemapError):
    """A request that passes a limit; the message names it."""
