"""The docstrings of `geo`: examples give what they say, and every public function has one."""

import doctest
import importlib
import pkgutil
from types import FunctionType, ModuleType

import geo

MODULES = [importlib.import_module(f"geo.{found.name}") for found in pkgutil.iter_modules(geo.__path__)]
NOTHING_TO_SHOW = {"forget_areas", "forget_cuts"}


def public_functions(module: ModuleType) -> list[FunctionType]:
    """The functions that a module defines for others."""
    functions = [one for one in vars(module).values() if isinstance(one, FunctionType)]
    return [one for one in functions if one.__module__ == module.__name__ and not one.__name__.startswith("_")]


def test_examples_give_what_they_say() -> None:
    assert [module.__name__ for module in MODULES if doctest.testmod(module).failed] == []


def test_every_public_function_has_an_example() -> None:
    functions = [function for module in MODULES for function in public_functions(module)]
    assert {function.__name__ for function in functions if not has_one(function)} == NOTHING_TO_SHOW


def has_one(function: FunctionType) -> bool:
    return ">>> " in (function.__doc__ or "")
