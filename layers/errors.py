"""What can be wrong with inputs, proposals and requests."""

from collections.abc import Sequence

from geo.errors import ClausemapError


class SourceError(ClausemapError):
    """One of the project's own sources is missing, damaged or not what sources.toml says."""


class ControlError(ClausemapError):
    """A control map that cannot be used as it stands; ``code`` is the name of the check that it did not pass."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class LanguageError(ClausemapError):
    """Files of a language are missing, cannot be read or lack texts; the message lists all of it."""


class ProposalError(ClausemapError):
    """A proposal file has problems; the message lists all of them."""


class BuildError(ClausemapError):
    """What is built does not match the inputs, or has not been built."""


class BoundaryError(ClausemapError):
    """Outlines of oblasts that cannot be used as they stand."""


class UnknownError(ClausemapError):
    """Something was asked for by a name that does not exist; ``known`` lists what there is."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        self.what = what
        self.name = name
        self.known = tuple(known)
        super().__init__(f"unknown {what} '{name}'; known: {', '.join(known)}")


class DateError(ClausemapError):
    """A date that is not one, or before the first control map; ``known`` lists the dates."""

    def __init__(self, message: str, known: Sequence[str]) -> None:
        self.known = tuple(known)
        super().__init__(message)
