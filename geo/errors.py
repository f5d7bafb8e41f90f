"""The base of every error that the project raises on purpose."""


class ClausemapError(Exception):
    """Something that a user can mend: the message says what, where and what to do."""


class GeometryError(ClausemapError):
    """A geometry that cannot be measured, cut or read as it stands."""
