"""The notebooks run, in one kernel, and are committed without what they put out."""

import re
from copy import deepcopy

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_notebook

import lstm_viz as lv
from docs.making.notebooks import FOLDER, notebook_paths, run, title_of

MOST_CELLS = 15
NAMED = re.compile(r"[\w.]+\.ipynb")
NOTEBOOKS = {path.name: nbformat.read(path, as_version=4) for path in notebook_paths()}


def test_notebooks_are_short_and_hold_no_outputs() -> None:
    assert len(NOTEBOOKS) == 3
    for name, notebook in NOTEBOOKS.items():
        nbformat.validate(notebook)
        assert len(notebook.cells) <= MOST_CELLS, name
        assert title_of(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                assert cell.outputs == [], f"{name}: clear its outputs"
                assert cell.execution_count is None, f"{name}: clear its outputs"
    named = {name for notebook in NOTEBOOKS.values() for cell in notebook.cells for name in NAMED.findall(cell.source)}
    assert named <= NOTEBOOKS.keys(), "a notebook names one that there is not"


def test_notebooks_run() -> None:
    # One kernel for all, since starting one and importing torch takes longer than any of them; each starts afresh.
    cells = [cell for notebook in NOTEBOOKS.values() for cell in (new_code_cell("%reset -f"), *notebook.cells)]
    done = run(new_notebook(cells=deepcopy(cells)))  # it writes into them what they put out
    shown = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert len(shown) > len(NOTEBOOKS)
    assert not [output for output in shown if output.output_type == "stream" and output.name == "stderr"]


def test_the_files_that_are_read_hold_the_shipped_network() -> None:
    """`python -m docs.making.sample_models` writes them anew."""
    shipped = lv.load_model("counting").trace("aaabbb").layers[0]
    for kind in ("onnx", "keras"):
        path = FOLDER / f"counting.{kind}"
        read = lv.read_model(path, vocabulary=["<unk>", *"ab()"], tokenizer="characters").trace("aaabbb").layers[0]
        for name in shipped.quantities:
            np.testing.assert_allclose(read[name], shipped[name], atol=1e-6, err_msg=f"{path.name}: {name}")
