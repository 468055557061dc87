"""Every view's Python makes the view's own numbers, with nothing but the library's public names."""

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import lstm_viz
from lstm_viz.claims import CLAIMS
from lstm_viz.files import read_file
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks.choosing import first_choices, revised
from lstm_viz.tasks.uploaded import NAME
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.taking.taken import Taken
from lstm_viz.ui.views.view import View
from tests.ui.taking.views import LIVE, Case, claims, drawn

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


def test_a_snippet_of_an_upload_reads_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    torch.manual_seed(3)
    parts = {
        "embed": nn.Embedding(5, 3),
        "rnn": nn.LSTM(3, 4, num_layers=2, bidirectional=True),
        "out": nn.Linear(8, 2),
    }
    torch.save(nn.ModuleDict(parts).state_dict(), "own.pt")
    file = read_file("own.pt", Path("own.pt").read_bytes())
    words = ("?", "a", "warm", "dull", "film")
    for choices, text in (
        (replace(first_choices(file), input="tokens", vocabulary=words, labels=("bad", "good")), "a warm film"),
        (replace(revised(file, first_choices(file), embedding=None), head=None), "1, 2, 3\n4, 5, 6"),
    ):
        source = uploaded(file, choices)
        view = View(
            source,
            Settings(task=NAME, text=text, step=1, unit=2, layer=1, direction="backward", clamps="forget_gate 0 u1"),
        )
        assert view.trace is not None
        for numbers, snippet in (
            LIVE[page] for page in ("gates_over_time", "inside_the_cell", "memory_ledger", "what_if")
        ):
            code = snippet(view, "light")
            assert '"own.pt"' in code
            assert not reaches(code)
            hold(made(code), numbers(view))
