"""The example notebook runs from top to bottom, is stored without outputs, and says what it shows."""

import ast
import json
from typing import Any

import folium
import pandas as pd
import pytest

from webapp.setup import ROOT

NOTEBOOK = ROOT / "docs/notebook.ipynb"


def cells(kind: str) -> list[dict[str, Any]]:
    document = json.loads(NOTEBOOK.read_text("utf-8"))
    return [cell for cell in document["cells"] if cell["cell_type"] == kind]


def shown_by(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; the value of the expression it ends with, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr), source
    exec(compile(tree, str(NOTEBOOK), "exec"), names)
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names)  # noqa: S307


def test_it_is_stored_without_outputs() -> None:
    assert [cell["outputs"] or cell["execution_count"] for cell in cells("code")] == [None] * len(cells("code"))
    assert len(NOTEBOOK.read_bytes()) < 10_000


@pytest.mark.slow
def test_it_runs_and_shows_tables_and_the_map() -> None:
    names: dict[str, Any] = {}
    shown = [shown_by("".join(cell["source"]), names) for cell in cells("code")]
    tables = [one for one in shown if isinstance(one, pd.DataFrame)]
    assert len(tables) == 6
    assert all(len(table) > 0 for table in tables)
    assert tables[4].loc["donetsk-buffer", "2025-11-20"] == 5978.3
    assert tables[4].columns.is_unique
    by_clause = tables[2]["area_km2"]
    assert by_clause["21d"] == pytest.approx(5980)
    assert isinstance(shown[-1], folium.Map)
    assert "srcdoc" in shown[-1]._repr_html_()
