"""Every number of every claim, computed another way; and every sentence says what its numbers say."""

import re

import numpy as np
import pytest
import torch

from lstm_viz.analysis.fresh import INPUTS, fresh_module, random_inputs
from lstm_viz.cells import CELLS
from lstm_viz.claims import CLAIMS, VERDICTS, Finding
from lstm_viz.claims.conventions import STEPS as SHORT
from lstm_viz.claims.conventions import UNITS as FEW
from lstm_viz.claims.gates import LEAD, START, TELLING, TEXT, USELESS
from lstm_viz.claims.long_range import HELD, STEPS, UNITS
from lstm_viz.tasks import load_model
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.ui.pages.notes.page import try_it
from lstm_viz.ui.settings.link import from_query
from lstm_viz.ui.widgets.charts import parts


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    """Check every claim once."""
    return {claim.name: claim.check() for claim in CLAIMS}


def test_every_claim_has_a_verdict_a_number_a_figure_and_a_page(findings: dict[str, Finding]) -> None:
    assert len(CLAIMS) == len(findings) >= 13
    for claim in CLAIMS:
        finding = findings[claim.name]
        assert finding.verdict in VERDICTS
        assert finding.numbers
        assert all(np.isfinite(list(finding.numbers.values())))
        assert re.search(r"\d", finding.sentence)
        assert "e-0" not in finding.sentence
        header, arrays = parts(finding.chart)
        assert all(np.isfinite(values).all() for values in arrays.values())
        low, high = header["yRange"]
        assert low < high
        page, _, query = try_it(claim).removeprefix("./").partition("?")
        settings, ignored = from_query(dict(part.split("=") for part in query.split("&")))
        assert ignored == ()
        assert page in ("", "vanishing_gradient")
        assert settings.task == "sentiment"


def autograd(module: torch.nn.Module, inputs: torch.Tensor, states: int) -> np.ndarray:
    """Gradients of the mean-like loss with respect to each state, by torch's own step-by-step autograd."""
    cells = {"RNN": torch.nn.RNNCell, "LSTM": torch.nn.LSTMCell}
    step = cells[type(module).__name__](INPUTS, UNITS).double()
    step.load_state_dict({name.removesuffix("_l0"): part for name, part in module.state_dict().items()})
    kept = []
    state: torch.Tensor | tuple[torch.Tensor, ...] = torch.zeros(1, UNITS, dtype=torch.float64)
    if states == 2:
        state = (torch.zeros(1, UNITS, dtype=torch.float64), torch.zeros(1, UNITS, dtype=torch.float64))
    for row in inputs:
        state = step(row[None], state)
        watched = state[1] if isinstance(state, tuple) else state
        watched.retain_grad()
        kept.append(watched)
    last = state[0] if isinstance(state, tuple) else state
    (last.sum() * UNITS**-0.5).backward()
    return np.array([float(each.grad.norm()) for each in kept if each.grad is not None])


def test_gradients_die(findings: dict[str, Finding]) -> None:
    inputs = random_inputs(STEPS, seed=1)
    numbers = findings["gradients_die"].numbers
    for name, module, states in (
        ("rnn", fresh_module("rnn", UNITS, seed=1), 1),
        ("bias 1", fresh_module("lstm", UNITS, forget_bias=1.0, seed=1), 2),
        ("bias 5", fresh_module("lstm", UNITS, forget_bias=5.0, seed=1), 2),
    ):
        norms = autograd(module.requires_grad_(True), inputs, states)
        assert numbers[name] == pytest.approx(np.log10(norms[0] / norms[-1]), abs=1e-6)


def test_holds_a_value(findings: dict[str, Finding]) -> None:
    numbers = findings["holds_a_value"].numbers
    for bias in (5, 7, 10):
        assert numbers[f"left at {bias}"] == pytest.approx((1 / (1 + np.exp(-bias))) ** HELD, rel=1e-9)
    assert numbers["needed"] ** HELD == pytest.approx(0.5)


def test_differentiable(findings: dict[str, Finding]) -> None:
    assert 0 < findings["differentiable"].numbers["worst"] < 1e-7
    cell = torch.nn.LSTMCell(2, 3).double()
    parts = [torch.rand(1, size, dtype=torch.float64, requires_grad=True) for size in (2, 3, 3)]
    assert torch.autograd.gradcheck(lambda x, h, c: cell(x, (h, c)), parts)


def run_by_hand() -> list[dict[str, np.ndarray]]:
    """The trained network on all its examples, step by step in NumPy."""
    model = load_model("sentiment")
    weights = {name: part.double().numpy() for name, part in model.network.recurrent.state_dict().items()}
    runs = []
    for text in (TEXT, *(example.text for example in model.task.examples)):
        hidden = memory = np.zeros(64)
        rows = []
        for inputs in model.inputs(text).astype(float):
            sums = weights["weight_ih_l0"] @ inputs + weights["weight_hh_l0"] @ hidden
            i, f, g, o = np.split(sums + weights["bias_ih_l0"] + weights["bias_hh_l0"], 4)
            i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
            memory = f * memory + i * np.tanh(g)
            hidden = o * np.tanh(memory)
            rows.append({"i": i, "f": f, "o": o, "c": memory, "h": hidden})
        runs.append({name: np.array([row[name] for row in rows]) for name in rows[0]})
    return runs


def test_claims_on_the_trained_network(findings: dict[str, Finding]) -> None:
    own, *examples = run_by_hand()
    everything = {name: np.concatenate([run[name].ravel() for run in examples]) for name in own}
    assert findings["passes_unchanged"].numbers == {"moved": 0}
    assert len(own["c"]) > START
    blocks = findings["blocks"].numbers
    assert blocks["shown"] == 0
    assert blocks["lost"] < 1e-6
    assert blocks["lowest"] == pytest.approx(everything["o"].min(), abs=1e-5)
    assert blocks["highest"] == pytest.approx(everything["o"].max(), abs=1e-5)
    sums = findings["not_a_sum"].numbers
    assert sums["right"] < 1e-6
    assert sums["wrong"] == pytest.approx(np.abs(own["c"] - own["i"] - own["f"] - own["o"]).mean(), abs=1e-5)
    between = findings["between"].numbers
    assert between["outside"] == ((everything["f"] <= 0) | (everything["f"] >= 1)).sum() == 0
    assert between["count"] == everything["f"].size
    assert between["smallest"] == pytest.approx(everything["f"].min(), abs=1e-5)
    assert between["largest"] == pytest.approx(everything["f"].max(), abs=1e-5)
    shown = findings["shown"].numbers
    assert shown["largest"] == pytest.approx((np.abs(everything["h"]) - everything["o"]).max(), abs=1e-6)
    assert shown["largest"] < 0
    assert shown["count"] == everything["h"].size


def test_ignores_useless(findings: dict[str, Finding]) -> None:
    numbers = findings["ignores"].numbers
    states = load_checkpoints("sentiment")
    for name, model in (("trained", load_model("sentiment")), ("untrained", states[0])):
        moved = {}
        for word in (*USELESS, *TELLING):
            with torch.no_grad():
                inputs = torch.from_numpy(model.inputs(f"{LEAD} {word}"))
                _, (_, before) = model.network.recurrent(inputs[:-1])
                _, (_, after) = model.network.recurrent(inputs)
            moved[word] = float((after - before).abs().mean())
        ratio = np.mean([moved[word] for word in TELLING]) / np.mean([moved[word] for word in USELESS])
        assert numbers[name] == pytest.approx(ratio, rel=1e-4)
    assert numbers["trained"] > 3 * numbers["untrained"]


def gru_by_hand(start: np.ndarray, reset: float | None, update: float | None, *, other: bool = False) -> np.ndarray:
    """A GRU in NumPy, (steps, 2, units): candidate and state."""
    module = fresh_module("gru", FEW, seed=3)
    weights = {name: part.numpy() for name, part in module.state_dict().items()}
    rows, state = [], start
    for inputs in random_inputs(SHORT, seed=3).numpy():
        xs = np.split(weights["weight_ih_l0"] @ inputs + weights["bias_ih_l0"], 3)
        hs = np.split(weights["weight_hh_l0"] @ state + weights["bias_hh_l0"], 3)
        r, z = (1 / (1 + np.exp(-(x + h))) for x, h in zip(xs[:2], hs[:2], strict=True))
        r = r if reset is None else np.full_like(r, reset)
        z = z if update is None else np.full_like(z, update)
        new = np.tanh(xs[2] + r * hs[2])
        state = (1 - z) * state + z * new if other else z * state + (1 - z) * new
        rows.append([new, state])
    return np.array(rows)


def test_claims_on_the_gru(findings: dict[str, Finding]) -> None:
    states = torch.rand(2, FEW, generator=torch.Generator().manual_seed(3), dtype=torch.float64).numpy() * 2 - 1
    numbers = findings["reset"].numbers
    for reset in (0.0, 1.0):
        first, second = (gru_by_hand(state, reset, None) for state in states)
        change = np.abs(first - second).mean(axis=2)[0]
        if reset == 0:
            assert numbers["candidate"] == change[0] == 0
            assert numbers["state"] == pytest.approx(change[1])
        else:
            assert numbers["candidate at 1"] == pytest.approx(change[0])
    numbers = findings["update"].numbers
    zero = np.zeros(FEW)
    for name, other in (("PyTorch", False), ("other", True)):
        states = gru_by_hand(zero, None, 0.95, other=other)[:, 1]
        assert numbers[name] == pytest.approx(np.abs(np.diff(states, axis=0)).mean())
    assert numbers["differ"] < 1e-12


def test_claims_that_count(findings: dict[str, Finding]) -> None:
    layers = findings["layers"].numbers
    sizes = {
        name: sum(part.numel() for part in kind(INPUTS, 64).parameters())
        for name, kind in (("LSTM", torch.nn.LSTM), ("GRU", torch.nn.GRU), ("RNN", torch.nn.RNN))
    }
    assert layers["ratio"] == sizes["LSTM"] / sizes["RNN"] == layers["LSTM"] / layers["RNN"]
    assert layers["GRU"] == sizes["GRU"] / sizes["RNN"]
    three = findings["three"].numbers
    equations = [CELLS["lstm"].equation(q.name, "pytorch") for q in CELLS["lstm"].quantities]
    sigmoids = [equation for equation in equations if r"= \sigma(W" in equation]
    tanhs = [equation for equation in equations if r"= \tanh(W" in equation]
    assert three["gates"] == len(sigmoids) == 3
    assert three["layers"] == len(sigmoids) + len(tanhs) == 4
    assert -1 <= three["lowest"] < 0
