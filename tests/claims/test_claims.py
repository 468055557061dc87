"""Every number of every claim, computed another way; and every sentence says what its numbers say."""

import copy
import math
import random
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.analysis.fresh import INPUTS, fresh_module, random_inputs
from lstm_viz.analysis.gradients import split_paths
from lstm_viz.cells import CELLS
from lstm_viz.claims import CLAIMS, VERDICTS, Finding
from lstm_viz.claims import gates as gate_claims
from lstm_viz.claims import parts as part_claims
from lstm_viz.claims.conventions import STEPS as SHORT
from lstm_viz.claims.conventions import UNITS as FEW
from lstm_viz.claims.gates import LEAD, TELLING, USELESS
from lstm_viz.claims.long_range import HELD, STEPS, UNITS
from lstm_viz.claims.network import START, TEXT, Checked, checked
from lstm_viz.tasks import load_model
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.ui.navigation import PAGES as NAVIGATION
from lstm_viz.ui.pages.notes.message import try_it
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.holds import parse
from lstm_viz.ui.settings.link import from_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets.charts import parts
from lstm_viz.words import number
from lstm_viz.words.recomputed import as_shown, read, significant

PAGES = [page for section in NAVIGATION.values() for page in section]


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
        page, _, query = try_it(claim, finding).removeprefix("./").partition("?")
        view, ignored = from_query({name: last for name, (*_, last) in parse_qs(query).items()})
        assert ignored == ()
        assert page == claim.page.replace("gates_over_time", "")
        assert dict(PAGES)[claim.page] == claim.page_title
        # It opens what the figure shows: every setting is kept, and the place is there.
        assert all(getattr(view, name) == value for name, value in finding.settings.items())
        assert finding.settings
        if view.text is not None:
            layer = View.of(view).layer
            assert view.step < len(layer)
            assert view.unit < layer.units
            assert all(hold.quantity in layer.quantities for hold in parse(view.clamps)[0])


NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?%?")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def shown(text: str) -> tuple[float, float]:
    """A number as a sentence shows it, and half of its last digit."""
    plain = text.replace("−", "-").replace(",", "").removesuffix("%")
    lead, _, power = plain.partition("×10")
    scale = 10.0 ** int(power.translate(RAISED) or 0) / (100 if text.endswith("%") else 1)
    return float(lead) * scale, 0.5001 * 10.0 ** -len(lead.partition(".")[2]) * scale


def check_sentence(finding: Finding) -> None:
    """Every number of a sentence is one of the finding's, rounded; what follows from others shown does so as shown."""
    known = {0.0, 1.0, *map(float, finding.numbers.values())}
    if finding.chart.power:
        known |= {10.0**value for value in finding.numbers.values() if abs(value) < 300}
    known |= {float(value) for value in finding.settings.values() if isinstance(value, int | float)}
    for texts, compute, result in finding.recomputed:
        value, half = shown(result)
        assert abs(compute(*(shown(text)[0] for text in texts)) - value) <= half
        known |= {shown(text)[0] for text in (*texts, result)}
        assert all(text in finding.sentence for text in (*texts, result))
    for text in NUMBER.findall(finding.sentence):
        value, half = shown(text)
        assert any(abs(abs(each) - abs(value)) <= half for each in known), f"{text} in {finding.sentence}"
    # A legend says no number otherwise than the sentence.
    for series in finding.chart.series:
        for text in re.findall(r"= (\d+\.\d+)", series.label):
            assert text in finding.sentence


@pytest.mark.parametrize("name", [claim.name for claim in CLAIMS])
def test_a_sentence_says_its_numbers(findings: dict[str, Finding], name: str) -> None:
    check_sentence(findings[name])


ON_A_NETWORK = [
    gate_claims.forget_one,
    gate_claims.between_0_and_1,
    gate_claims.one_number,
    gate_claims.chance,
    gate_claims.passes_unchanged,
    gate_claims.blocks_and_lets_through,
    gate_claims.not_a_sum,
    gate_claims.shown_at_most_o,
    gate_claims.ignores_useless,
    part_claims.dot_product,
    part_claims.use_gives_output,
]


def test_of_another_network_the_sentences_say_its_numbers_and_its_verdicts() -> None:
    """The one before training, which has other values everywhere; it does not ignore useless words."""
    other = Checked(checked().untrained, checked().untrained)
    found = {check.__name__: check(other) for check in ON_A_NETWORK}
    for finding in found.values():
        check_sentence(finding)
    assert found["ignores_useless"].verdict == "refuted"


@given(st.floats(0.001, 0.9999999), st.integers(1, 2000), st.integers(1, 4))
def test_a_power_is_that_of_the_factor_as_shown(factor: float, power: int, digits: int) -> None:
    def left(gate: float) -> float:
        return float(gate**power)

    def write(value: float) -> str:
        return significant(value, digits) if value > 1e-30 else "0"

    (text,), result = as_shown(left, [factor], write)
    assert write(left(read(text))) == result == write(left(factor))
    assert float(text) == pytest.approx(factor, rel=0.1)


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=3), st.sampled_from([math.prod, math.fsum]))
def test_a_product_or_a_sum_is_that_of_the_numbers_as_shown(values: list[float], of: Any) -> None:
    texts, result = as_shown(lambda *given: of(given), values, number)
    assert number(of(map(read, texts))) == result == number(of(values))


def test_what_no_digits_give_is_refused() -> None:
    with pytest.raises(ValueError, match="no number of digits"):
        as_shown(lambda value: value, [0.5], lambda value: f"{value} {random.random()}")


def autograd(module: torch.nn.Module, inputs: torch.Tensor, states: int, *, hidden: bool = False) -> np.ndarray:
    """Gradients of the mean-like loss with respect to each state, by torch's own step-by-step autograd."""
    cells = {"RNN": torch.nn.RNNCell, "LSTM": torch.nn.LSTMCell}
    units = module.hidden_size
    assert isinstance(units, int)
    step = cells[type(module).__name__](INPUTS, units).double()
    step.load_state_dict({name.removesuffix("_l0"): part for name, part in module.state_dict().items()})
    kept = []
    state: torch.Tensor | tuple[torch.Tensor, ...] = torch.zeros(1, units, dtype=torch.float64)
    if states == 2:
        state = (torch.zeros(1, units, dtype=torch.float64), torch.zeros(1, units, dtype=torch.float64))
    for row in inputs:
        state = step(row[None], state)
        watched = state if not isinstance(state, tuple) else state[0] if hidden else state[1]
        watched.retain_grad()
        kept.append(watched)
    last = state[0] if isinstance(state, tuple) else state
    (last.sum() * units**-0.5).backward()
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
    # What opens is a network that has learnt to hold: along its memory something comes back over as many steps.
    view = Vanishing.of(replace(Settings(), **findings["holds_a_value"].settings))
    assert len(view.flows["lstm"].layer) == HELD
    own, _ = split_paths(view.flows["lstm"])
    assert own[0] > own[-1] - 1
    assert view.flows["rnn"].log10("hidden_state")[0] < -6


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
        hidden = memory = np.zeros(weights["weight_hh_l0"].shape[1])
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
    assert findings["passes_unchanged"].numbers["moved"] == 0
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


def test_claims_on_which_part_does_what(findings: dict[str, Finding]) -> None:
    own, *_ = run_by_hand()
    model = load_model("sentiment")
    weights = {name: part.double().numpy() for name, part in model.network.recurrent.state_dict().items()}
    dot = findings["dot_product"]
    assert (dot.numbers["hidden"], dot.numbers["inputs"]) == (
        weights["weight_hh_l0"].shape[1],
        weights["weight_ih_l0"].shape[1],
    )
    step, unit = dot.settings["step"], dot.settings["unit"]
    assert dot.numbers["gate"] == pytest.approx(own["f"][step, unit], abs=1e-5)
    assert dot.numbers["error"] < 1e-5
    assert not np.allclose(dot.chart.series[2].values, own["f"][:, unit], atol=0.02)
    use = findings["use_gives_output"]
    step, unit = use.settings["step"], use.settings["unit"]
    assert use.numbers["shown"] == pytest.approx(own["h"][step, unit], abs=1e-5)
    assert use.numbers["short"] == pytest.approx(np.abs(own["h"][step]).mean(), abs=1e-5)
    assert use.numbers["long"] == 0
    one = findings["one_number"]
    row = own["f"][one.settings["step"]]
    assert (one.numbers["units"], one.settings["unit"]) == (len(row), row.argmin())
    assert (one.numbers["lowest"], one.numbers["highest"]) == pytest.approx((row.min(), row.max()), abs=1e-5)
    # A gate is never shut, and the page says so in its other claims.
    assert f"the most closed is {significant(float(row.min()), 2)}," in one.sentence
    lot = findings["chance"]
    step, unit = lot.settings["step"], lot.settings["unit"]
    assert lot.numbers["stays"] == pytest.approx(own["f"][step, unit] * own["c"][step - 1, unit], abs=1e-5)
    assert findings["forget_one"].numbers == {"kept at 1": 1, "kept at 0": 0}
    both = findings["two_against_three"].numbers
    assert both["off"] == pytest.approx(np.abs(own["f"] + own["i"] - 1).mean(), abs=1e-5)
    assert both["hides"] == pytest.approx(1 - own["o"].mean(), abs=1e-5)
    assert both["silent"] == 0 < both["muted"]
    assert findings["two_against_three"].verdict == "refined"
    assert findings["two_against_three"].sentence.startswith("True of the forget gate")


def test_claims_on_the_counting_network(findings: dict[str, Finding]) -> None:
    model = load_model("counting")
    network = copy.deepcopy(model.network.recurrent).double()  # the model is shared by all tests
    largest = 0.0
    for example in model.task.examples:
        inputs = torch.from_numpy(model.inputs(example.text)).double()
        states = [network(inputs[:k])[1][1] for k in range(1, len(inputs) + 1)]
        largest = max(largest, float(torch.cat(states).abs().max()))
    assert findings["past_one"].numbers["largest"] == pytest.approx(largest, rel=1e-4)
    inputs = torch.from_numpy(model.inputs(model.task.examples[0].text)).double()
    numbers = findings["short_and_long"].numbers
    start = int(numbers["start"])
    hidden, memory = network(inputs[:start])[1]
    zeros = torch.zeros_like(hidden)
    ends = [network(inputs[start:], state)[1][1] for state in ((hidden, memory), (zeros, memory), (hidden, zeros))]
    for name, end in zip(("hidden", "cell"), ends[1:], strict=True):
        assert numbers[name] == pytest.approx(float((end - ends[0]).abs().mean()), abs=1e-4)


def test_explodes(findings: dict[str, Finding]) -> None:
    finding = findings["explodes"]
    inputs, bias, units = random_inputs(STEPS, seed=1), finding.settings["forget_bias"], finding.settings["hidden"]
    for name, radius in (("calm", 1.0), ("worst", finding.numbers["radius"])):
        module = fresh_module("lstm", units, radius=radius, forget_bias=bias, seed=1).requires_grad_(True)
        kept = autograd(module, inputs, 2, hidden=True)
        assert finding.numbers[name] == pytest.approx(np.log10(kept[0] / kept[-1]), abs=1e-6)
    assert finding.verdict == ("holds" if finding.numbers["worst"] <= 0 else "refuted")
    assert f"a random LSTM of {units} units with a forget bias of {bias:g} becomes" in finding.sentence


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
