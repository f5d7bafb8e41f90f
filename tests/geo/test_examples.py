"""The docstrings of `geo`: examples give what they say, and every public function has one."""

import doctest
import importlib
import pkgutil
from types import FunctionType, ModuleType

import pytest

import geo

MODULES = [importlib.import_module(f"geo.{found.name}") for found in pkgutil.iter_modules(geo.__path__)]
NOTHING_TO_SHOW = {"forget_areas", "forget_cuts"}


def public_functions(module: ModuleType) -> list[FunctionType]:
    """The functions that a module defines for others."""
    functions = [one for one in vars(module).values() if isinstance(one, FunctionType)]
    return [one for one in functions if one.__module__ == module.__name__ and not one.__name__.startswith("_")]


FUNCTIONS = [function for module in MODULES for function in public_functions(module)]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_give_what_they_say(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_every_public_function_has_an_example(function: FunctionType) -> None:
    has_one = ">>> " in (function.__doc__ or "")
    assert has_one or function.__name__ in NOTHING_TO_SHOW
