"""Docstrings of public functions list the parameters that the functions have."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.test_rooms import MODULES, name_of


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The public functions and methods of a module that have a docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and ast.get_docstring(node):
            yield node


def test_listed_parameters_are_those_of_the_function() -> None:
    for path, function in [(one, function) for one in MODULES for function in functions(one)]:
        text = ast.get_docstring(function) or ""
        if "Parameters\n----------\n" in text:
            section = text.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
            listed = [name for line in section.splitlines() if not line.startswith(" ") for name in line.split(", ")]
            taken = [one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
            assert listed == [name for name in taken if name != "self"], f"{name_of(path)}: {function.name}"
