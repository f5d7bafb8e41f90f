"""Names of routes in metrics: few, whatever is requested."""

from collections.abc import Collection, Iterable

OTHER = "other"
LANGUAGE = "<lang>"


class RouteNames:
    """The name of the route that a path leads to: ``/layers``, ``/<lang>/map``; ``other`` for what is not there."""

    def __init__(self, rules: Iterable[str], languages: Collection[str], prefix: str = "") -> None:
        self._languages = frozenset(languages)
        self._prefix = prefix
        self._names = frozenset(_name(rule, (LANGUAGE,)) for rule in rules)

    def __call__(self, path: str) -> str:
        """Return the name of the route of a path of the service, with or without the prefix."""
        name = _name(path.removeprefix(self._prefix) if self._prefix else path, self._languages)
        return name if name in self._names else OTHER


def _name(path: str, languages: Collection[str]) -> str:
    """The first part of a path; of pages in a language the second, too."""
    first, _, rest = path[1:].partition("/")
    return f"/{LANGUAGE}/{rest.partition('/')[0]}" if first in languages else f"/{first}"
