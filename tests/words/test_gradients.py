"""Sentences on gradients say what the numbers are, whichever way they came back."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_viz.analysis.gradients import gradients, split_paths
from lstm_viz.words.gradient_paths import describe_keeping, describe_two_ways, per_step, times
from lstm_viz.words.gradients import describe_reach, size, size_read, sizes_as_shown


@settings(max_examples=60)
@given(st.floats(-250, -1e-4), st.integers(1, 1000))
def test_the_factor_of_one_step_makes_the_size_that_is_shown(log10: float, steps: int) -> None:
    shown = per_step(log10, steps)
    assert 0 < float(shown) < 1
    assert size(steps * np.log10(float(shown))) == size(log10)


@given(st.floats(-400, 400), st.floats(0.001, 300), st.floats(-3, 3))
def test_a_quotient_is_that_of_the_sizes_as_shown(first: float, over: float, limit: float) -> None:
    (start, whole), end = sizes_as_shown(lambda a, b: a - b + limit, [first, over])
    assert end == size(first - over + limit) == size(size_read(start) - size_read(whole) + limit)
    assert (size_read(start), size_read(whole)) == pytest.approx((first, over), abs=0.03)
    assert "e" not in start + whole + end


@given(st.lists(st.floats(-9, 5), min_size=1, max_size=6))
def test_a_line_that_comes_back_is_said_to(values: list[float]) -> None:
    logs = np.array(values)
    said, below = describe_reach("LSTM, ∂L/∂h", logs), logs < logs[-1] - 3
    assert said.startswith("LSTM, ∂L/∂h: ")
    assert ("below a thousandth" in said and "never" not in said) == below.any()
    assert ("and comes back, to" in said) == (below.any() and not below[0])
    if below.any():
        back = len(logs) - 1 - int(np.flatnonzero(below)[-1])
        assert f"below a thousandth {back} step{'s' * (back != 1)} back" in said
        assert said.endswith(f"{size(logs[0])} at the first step")


@settings(max_examples=25)
@given(
    st.sampled_from([-2.0, 0.0, 1.0, 3.0, 6.0, 12.0]),
    st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.0]),
    st.sampled_from([1, 2, 30, 90]),
    st.integers(0, 5),
)
def test_the_way_that_is_named_is_the_one_that_it_took(bias: float, scale: float, steps: int, seed: int) -> None:
    torch.manual_seed(seed)
    module = torch.nn.LSTM(2, 5).requires_grad_(False)
    weights = dict(module.named_parameters())
    weights["weight_hh_l0"].mul_(scale)
    weights["bias_ih_l0"][5:10] = bias
    flow = gradients(module, torch.randn(steps, 2))
    total, (memory, rest), along = flow.log10("cell_state"), split_paths(flow), flow.memory_path
    assert along is not None
    said = describe_two_ways(total, memory, rest, along)
    if steps == 1:
        assert said == "There is one step, and so nothing to come back from."
        return
    # By hand: the gradient at the end times the product of all later gates, and what is left.
    values, gates = flow.values("cell_state"), flow.layer.forget_gate[1:].prod(axis=0)
    own = values[-1] * gates
    other = values[0] - own
    one, two, all_ = (float(np.linalg.norm(each)) for each in (own, other, values[0]))
    assert said.startswith(f"Of {size(np.log10(np.linalg.norm(values[-1])))} at the last step, the path that never")
    assert f"carries {size(np.log10(one))} back to the first; all paths" in said
    assert f"together they make {size(np.log10(all_))}." in said
    unit = int(np.abs(own).argmax())
    assert f"is that of unit {unit}: over" in said
    assert f"multiply to {size(np.log10(gates[unit]))}, " in said
    if two < 1e-12 * all_:
        return  # all else is rounding
    assert f"carry {size(np.log10(two))}, and" in said
    if max(one, two) < 100 * min(one, two):
        assert f"would make {size(np.log10(one + two))}." in said
        assert one + two >= all_ * (1 - 1e-9)
    start = float(np.linalg.norm(values[-1]))
    arrives, returns, near = one >= 1e-3 * start, two >= 1e-3 * start, max(one, two) < 2 * min(one, two)
    assert ("comes back along the memory more" in said) == (arrives and one > two and not near)
    assert ("carry about as much" in said) == (near and (arrives or returns))
    assert ("not the memory that brings it back" in said) == (returns and not arrives and not near)
    assert ("both ways arrive" in said) == (arrives and two > one and not near)
    assert ("Both ways vanish" in said) == (not arrives and not returns)
    assert ("more than there was at the end" in said) == (arrives and not near and two > max(one, start))


def test_what_gates_keep_is_the_power_of_what_is_shown() -> None:
    keep = np.full((11, 3), 0.5)
    assert describe_keeping("The forget gates", keep) == (
        "The forget gates average 0.500 (geometric mean 0.5). A unit that kept 0.5 of its memory at each of 10 steps "
        "would keep 0.5¹⁰ = 9.8×10⁻⁴."
    )
    assert describe_keeping("The forget gates", keep[:1]).endswith("(geometric mean 0.5).")
    assert times(-0.0) == "1"
