"""The templates of the pages, in an environment of their own that knows no request."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from webapp.typography.line_breaking import unbroken

FOLDER = Path(__file__).parents[1] / "templates"


class Unindented(Extension):
    """Templates without their indentation and empty lines, which are a twentieth of a page; values keep theirs."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template without its indentation."""
        return re.sub(r"\n\s+", "\n", source)


def fill_template(template: str, values: Mapping[str, object]) -> str:
    """Return a template filled with values.

    Parameters
    ----------
    template
        File name of the template.
    values
        Its values by name.

    Raises
    ------
    UndefinedError
        If the template names a value that is not given.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        extensions=[Unindented],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    return environment
