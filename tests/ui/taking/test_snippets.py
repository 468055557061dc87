"""Every view's Python makes the view's own numbers, with nothing but the library's public names."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lstm_viz
from lstm_viz.claims import CLAIMS
from lstm_viz.ui.taking.taken import Taken
from tests.ui.taking.views import Case, claims, drawn

SEED, PER_PAGE = 12, 3
CASES = [*drawn(SEED, PER_PAGE), claims([CLAIMS[0].name, CLAIMS[3].name])]
PUBLIC = ("lstm_viz", "lstm_viz.claims", "numpy")


def made(code: str) -> dict[str, Any]:
    """The names that a snippet leaves behind, run in a fresh name space."""
    names: dict[str, Any] = {}
    exec(compile(code, "<snippet>", "exec"), names)
    return names


def hold(names: dict[str, Any], taken: Taken) -> None:
    """Fail unless a snippet made all runs and all further numbers of a view."""
    assert set(names["numbers"]) == {extra.name for extra in taken.extras}
    for extra in taken.extras:
        np.testing.assert_array_equal(np.asarray(names["numbers"][extra.name]), extra.values, err_msg=extra.name)
    for name, run in taken.runs.items():
        own = names["trace"] if name == "" else names["traces"][name] if "traces" in names else names[name]
        assert own.labels == run.labels
        for layer, theirs in zip(own.layers, run.layers, strict=True):
            for quantity in theirs.quantities:
                np.testing.assert_array_equal(layer[quantity], theirs[quantity])


def reaches(code: str) -> set[str]:
    """What a snippet reaches for that is not public."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name not in PUBLIC}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module)} - set(PUBLIC)
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id == "lv" and node.attr not in lstm_viz.__all__:
                found.add(f"lv.{node.attr}")
            if node.attr.startswith("_"):
                found.add(node.attr)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.split()[0])
def test_a_snippet_makes_the_numbers_of_its_view(case: Case) -> None:
    code = case.snippet()
    assert not reaches(code)
    names = made(code)
    hold(names, case.numbers())
    assert names["figure"].data


def test_in_a_fresh_process_a_snippet_makes_the_same(tmp_path: Path) -> None:
    case = CASES[0]
    saved = 'import numpy as np\nnp.savez("made.npz", **numbers)\n'
    (tmp_path / "view.py").write_text(f"{case.snippet()}\n{saved}", encoding="utf-8")
    subprocess.run([sys.executable, "view.py"], cwd=tmp_path, check=True, env={"PYTHONPATH": str(Path.cwd())})
    with np.load(tmp_path / "made.npz") as found:
        for extra in case.numbers().extras:
            np.testing.assert_array_equal(found[extra.name], extra.values)
