"""Errors in inputs, proposals and requests."""

from collections.abc import Sequence

from geo.errors import ClausemapError


class SourceError(ClausemapError):
    """A source of the project is missing, damaged or not what ``sources.toml`` says."""


class ControlError(ClausemapError):
    """A control map that cannot be used; ``code`` is the name of the check that it did not pass."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class DrawingError(ClausemapError):
    """A drawn line or polygon that cannot be measured; ``code`` is the name of the check that it did not pass."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class LanguageError(ClausemapError):
    """Files of a language are missing, unreadable or lack texts; the message lists all of them."""


class ProposalError(ClausemapError):
    """A proposal file has problems; the message lists all of them."""


class CorrectionError(ClausemapError):
    """A file of corrections has problems; the message lists all of them."""


class BuildError(ClausemapError):
    """Built files do not match the inputs, or do not exist."""


class DamagedFileError(BuildError):
    """A built file is missing, or its bytes are not those that the catalogue names; the message names the file."""


class BoundaryError(ClausemapError):
    """Boundaries of oblasts that cannot be used."""


class UnknownError(ClausemapError):
    """A name was requested that does not exist; ``known`` lists the existing ones."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        self.what = what
        self.name = name
        self.known = tuple(known)
        super().__init__(f"unknown {what} '{name}'; known: {', '.join(known)}")


class DateError(ClausemapError):
    """A text that is not a date, or a date before the first control map; ``known`` lists the dates."""

    def __init__(self, message: str, known: Sequence[str]) -> None:
        self.known = tuple(known)
        super().__init__(message)


class MissingPackageError(ClausemapError):
    """A format needs a package that is not installed; the message names the extra that brings it."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs {package}, which is not installed; pip install 'clausemap[{extra}]' brings it")
