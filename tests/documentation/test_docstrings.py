"""Docstrings of public functions describe the parameters that the functions have."""

import ast
from collections.abc import Iterator

from tests.test_rooms import MODULES, name_of

HEADING = "Parameters\n----------\n"
FRAMEWORK = {"command", "group", "get"}  # functions that click and Flask call: help texts and URLs say what they take


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """The public functions and methods below a node that have a docstring."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) and is_own(node):
            yield from functions(node)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and ast.get_docstring(node):
            yield node


def all_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Those of all modules, each with the name of its module."""
    for path in MODULES:
        yield from ((name_of(path), one) for one in functions(ast.parse(path.read_text(encoding="utf-8"))))


def is_own(node: ast.ClassDef) -> bool:
    """Whether methods of a class have no other one to follow, as in a class of another package."""
    return not node.name.startswith("_") and all(ast.unparse(base) == "Protocol" for base in node.bases)


def is_called_by_framework(function: ast.FunctionDef) -> bool:
    """Whether a command or a URL is made of a function."""
    called = (node.func for node in function.decorator_list if isinstance(node, ast.Call))
    return any(isinstance(name, ast.Attribute) and name.attr in FRAMEWORK for name in called)


def parameters(function: ast.FunctionDef) -> list[str]:
    """The names of the parameters, without those of ``*args`` and ``**values``."""
    taken = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return [one.arg for one in taken if one.arg != "self"]


def test_listed_parameters_are_those_of_the_function() -> None:
    for module, function in all_functions():
        text = ast.get_docstring(function) or ""
        if HEADING in text:
            section = text.partition(HEADING)[2].partition("\n\n")[0]
            listed = [name for line in section.splitlines() if not line.startswith(" ") for name in line.split(", ")]
            assert listed == parameters(function), f"{module}: {function.name}"


def test_two_parameters_or_more_are_described() -> None:
    bare = [
        f"{module}: {function.name}"
        for module, function in all_functions()
        if len(parameters(function)) > 1 and not is_called_by_framework(function)
        if HEADING not in (ast.get_docstring(function) or "")
    ]
    assert bare == []
