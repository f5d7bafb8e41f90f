"""The option that chooses a language, among those that are installed when the command runs."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from layers.text.languages import DEFAULT, installed_languages

Command = TypeVar("Command", bound=Callable[..., Any])


class LanguageTag(click.ParamType):  # type: ignore[type-arg]  # generic in its stubs alone
    """The tag of an installed language; they are read when the option is used or described, not before."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the tag as it is; a usage error that lists the tags for any other."""
        return str(_choice().convert(value, param, ctx))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Return the tags as the help shows them."""
        return _choice().get_metavar(param, ctx)


LANGUAGE_TAG = LanguageTag()


def language_option(told: str) -> Callable[[Command], Command]:
    """Return the option ``--lang``, with what it says of itself."""
    return click.option("--lang", type=LANGUAGE_TAG, default=DEFAULT, show_default=True, help=told)


def _choice() -> "click.Choice[str]":
    return click.Choice(installed_languages().tags)
