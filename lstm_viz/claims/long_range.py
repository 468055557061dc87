"""Claims on gradients and on holding a value."""

from functools import partial

import numpy as np
import torch

from lstm_viz.analysis.fresh import fresh_module, random_inputs
from lstm_viz.analysis.gradients import gradients
from lstm_viz.capture import layers_of
from lstm_viz.cells import LSTM
from lstm_viz.claims.claim import Claim, Finding, verdict
from lstm_viz.engine import Weights, run_steps
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.words.gradients import SMALL, size
from lstm_viz.words.recomputed import as_shown, significant

STEPS, UNITS = 200, 32
HELD = 1000


def gradients_die() -> Finding:
    """Random networks: a plain RNN, and LSTMs whose forget gates start half open and open."""
    inputs = random_inputs(STEPS, seed=1).numpy()
    made = {
        "RNN": fresh_module("rnn", UNITS, seed=1),
        "LSTM, forget bias 1": fresh_module("lstm", UNITS, forget_bias=1.0, seed=1),
        "LSTM, forget bias 5": fresh_module("lstm", UNITS, forget_bias=5.0, seed=1),
    }
    states = {"RNN": "hidden_state"}
    logs = {name: gradients(module, inputs).log10(states.get(name, "cell_state")) for name, module in made.items()}
    firsts = {name: float(values[0] - values[-1]) for name, values in logs.items()}
    distance = np.arange(STEPS, dtype=float)
    rnn, shut, wide = firsts.values()
    starts = {bias: significant(1 / (1 + np.exp(-bias)), 1) for bias in (1.0, 5.0)}
    return Finding(
        # That of the RNN dies; that of the LSTM with open gates does not, that of the other does.
        verdict=verdict(holds=rnn < SMALL < min(shut, wide), refined=rnn < SMALL < wide),
        settings={"length": STEPS, "forget_bias": 5.0, "hidden": UNITS},
        sentence=f"Over {STEPS - 1} steps the gradient of a random RNN shrinks to {size(rnn)} of its size. An LSTM "
        f"whose forget gates start near {starts[1.0]} does not do well either: {size(shut)}. With forget gates near "
        f"{starts[5.0]} it "
        f"{'even grows, to' if wide > 0 else 'is still'} {size(wide)} times its size. What the LSTM has is a path that "
        "need not shrink; the gates must be open for it.",
        numbers={"rnn": rnn, "bias 1": shut, "bias 5": wide, "steps": STEPS - 1}
        | {f"start {bias:g}": 1 / (1 + np.exp(-bias)) for bias in starts},
        chart=Chart(
            name="gradients_die",
            title="Gradient n steps before the end",
            caption="∂L/∂h of the RNN and ∂L/∂c of the LSTMs, before any training, on the same random sequence.",
            x=distance,
            x_label="steps before the end, n",
            series=[
                Series(logs["RNN"][::-1], "RNN", "rnn"),
                Series(logs["LSTM, forget bias 1"][::-1], "LSTM, forget bias 1", "lstm", dash="dash"),
                Series(logs["LSTM, forget bias 5"][::-1], "LSTM, forget bias 5", "lstm"),
            ],
            y_range=(float(np.floor(min(rnn, shut))), 1.0),
            power=True,
            height=260,
        ),
    )


def held_memory(forget_biases: tuple[float, ...], steps: int = HELD) -> np.ndarray:
    """The memory of one unit that takes in 1 at the first step and is then left alone, (steps + 1, biases)."""
    big = 40.0
    rows = torch.zeros(4, 2, dtype=torch.float64)
    # The first input opens the input gate and sets the candidate; without it the input gate is shut. The second is the
    # forget gate's bias, as an input, so that units with different ones run side by side.
    rows[0, 0], rows[2, 0], rows[1, 1] = 2 * big, big, 1.0
    bias = torch.tensor([-big, 0.0, 0.0, big], dtype=torch.float64)
    weights = Weights(rows, torch.zeros(4, 1, dtype=torch.float64), bias)
    inputs = torch.zeros(steps + 1, len(forget_biases), 2, dtype=torch.float64)
    inputs[0, :, 0] = 1
    inputs[:, :, 1] = torch.tensor(forget_biases)
    return np.asarray(run_steps(LSTM, weights, inputs)["cell_state"][..., 0].numpy())


def _after(gate: float) -> float:
    """What is left of 1 when it has passed a gate so often."""
    return gate**HELD


def _share(left: float) -> str:
    return f"{significant(100 * left, 2)}%"


def holds_a_value() -> Finding:
    """One unit, set by hand, with forget gates open more and less."""
    biases = (5.0, 7.0, 10.0)
    held = dict(zip(biases, held_memory(biases).T, strict=True))
    left = {bias: float(values[-1]) for bias, values in held.items()}
    needed = 0.5 ** (1 / HELD)
    # The gate that the unit has, as shown, to the power of the steps is what is left, as shown.
    shown = {bias: as_shown(_after, (float(1 / (1 + np.exp(-bias))),), _share) for bias in biases}
    half = as_shown(_after, (needed,), _share)
    gates = {bias: gate for bias, ((gate,), _) in shown.items()}
    kept = {bias: share for bias, (_, share) in shown.items()}
    return Finding(
        verdict=verdict(holds=min(left.values()) > 0.5, refined=max(left.values()) > 0.5),
        # Networks that were trained to hold two numbers, over as many steps.
        settings={"networks": "adding", "made_length": HELD},
        recomputed=tuple((texts, _after, result) for texts, result in (*shown.values(), half)),
        sentence=f"It can: with a forget gate of {gates[10.0]}, {kept[10.0]} of a stored 1 is left after {HELD:,} "
        f"steps. But {gates[7.0]} leaves {kept[7.0]} and {gates[5.0]} leaves {kept[5.0]}. To keep {half[1]}, a gate "
        f"must stay at {half[0][0]}, so very nearly 1.",
        numbers={"left at 5": left[5.0], "left at 7": left[7.0], "left at 10": left[10.0], "needed": needed},
        chart=Chart(
            name="holds_a_value",
            title="What is left of a stored 1",
            caption="One LSTM unit with weights set by hand: it stores 1 at step 0 and reads nothing after that.",
            x=np.arange(HELD + 1, dtype=float),
            x_label="time step, t",
            series=[
                Series(held[10.0], f"f = {gates[10.0]}", "forget_gate"),
                Series(held[7.0], f"f = {gates[7.0]}", "forget_gate", dash="dash"),
                Series(held[5.0], f"f = {gates[5.0]}", "forget_gate", dash="dot"),
            ],
            y_range=(0, 1),
            height=260,
        ),
    )


def differentiable() -> Finding:
    """The exact gradient of an LSTM against differences of two runs."""
    module = fresh_module("lstm", 8, seed=2)
    inputs = random_inputs(30, seed=2)
    found = gradients(module, inputs.numpy())
    exact = found.values("cell_state")
    layer, epsilon = found.layer, 1e-6
    # Every memory value nudged up, and every one nudged down: all of these runs side by side.
    nudged = torch.eye(exact.size, dtype=torch.bool).reshape(-1, *exact.shape).transpose(0, 1)
    memory = torch.from_numpy(layer.cell_state.copy())[:, None]
    mask = torch.cat([nudged, nudged], dim=1)
    step = torch.tensor([epsilon, -epsilon], dtype=torch.float64).repeat_interleave(exact.size)
    run = run_steps(
        LSTM,
        layers_of(module)[0].weights,
        inputs[:, None].expand(-1, len(step), -1),
        overrides={"cell_state": (mask, memory + step[:, None])},
    )
    up, down = run["hidden_state"][-1].sum(dim=1).reshape(2, *exact.shape).numpy() * 8**-0.5
    numeric = (up - down) / (2 * epsilon)
    worst = float(np.abs(exact - numeric).max() / np.abs(exact).max())
    shown = np.arange(30, dtype=float)
    end = float(np.abs(exact).max())
    return Finding(
        verdict=verdict(holds=worst < 1e-6),
        settings={"length": len(inputs), "seed": 2},
        sentence=f"The gradient by calculus and the one by nudging each of {exact.size} memory values by "
        f"{size(np.log10(epsilon))} and running again differ by at most {size(np.log10(worst))} of the largest.",
        numbers={"worst": worst, "nudged": exact.size, "by": epsilon},
        chart=Chart(
            name="differentiable",
            title="Gradient with respect to one memory, two ways",
            caption=f"∂L/∂c of unit 0 at each of {len(inputs)} steps: exact, and by differences. The lines lie on "
            "each other.",
            x=shown,
            x_label="time step, t",
            series=[
                Series(exact[:, 0], "exact", "cell_state", width=8, opacity=0.4),
                Series(numeric[:, 0], "by differences", "accent", dash="dash"),
            ],
            y_range=(-end, end),
            height=220,
        ),
    )


def explodes() -> Finding:
    """Random LSTMs with larger and larger recurrent weights."""
    inputs, forget_bias, units = random_inputs(STEPS, seed=1).numpy(), 5.0, 2 * UNITS
    radii = (1.0, 2.0, 4.0)
    made = {each: fresh_module("lstm", units, radius=each, forget_bias=forget_bias, seed=1) for each in radii}
    logs = {radius: gradients(module, inputs).log10("hidden_state") for radius, module in made.items()}
    growth = {radius: float(values[0] - values[-1]) for radius, values in logs.items()}
    worst = max(growth, key=lambda radius: growth[radius])
    top = float(np.ceil(max(values.max() - values[-1] for values in logs.values())))
    return Finding(
        verdict=verdict(holds=growth[worst] <= 0),
        sentence=f"Over {STEPS - 1} steps the gradient of a random LSTM of {units} units with a forget bias of "
        f"{forget_bias:g} becomes {size(growth[1.0])} times its size where its recurrent matrices have the spectral "
        f"radius 1, and {size(growth[worst])} times where they have {worst:g}. Its gates can keep the path along the "
        "memory from vanishing. Nothing in the cell keeps the paths through h from growing; that is what gradient "
        "clipping is for.",
        numbers={"calm": growth[1.0], "worst": growth[worst], "radius": worst, "steps": STEPS - 1},
        settings={"length": STEPS, "forget_bias": forget_bias, "radius": worst, "hidden": units},
        chart=Chart(
            name="explodes",
            title="Gradient n steps before the end",
            caption="∂L/∂h of random LSTMs by the spectral radius ρ of their recurrent matrices, on the same random "
            "sequence; 1 at the end.",
            x=np.arange(STEPS, dtype=float),
            x_label="steps before the end, n",
            series=[
                Series((logs[radius] - logs[radius][-1])[::-1], f"ρ = {radius:g}", "lstm", dash=dash)
                for radius, dash in zip(radii, ("dot", "dash", "solid"), strict=True)
            ],
            y_range=(float(np.floor(min((values - values[-1]).min() for values in logs.values()))), top),
            power=True,
            height=260,
        ),
    )


_claim = partial(Claim, page="vanishing_gradient", page_title="Vanishing gradient")
CLAIMS = (
    _claim(
        name="gradients_die",
        note="The gradients of an RNN die with distance; those of an LSTM do not.",
        check=gradients_die,
    ),
    _claim(
        name="explodes",
        note="The LSTM solves the problem of exploding gradients.",
        check=explodes,
    ),
    _claim(
        name="holds_a_value",
        note="An LSTM holds a value over 1,000 steps.",
        check=holds_a_value,
    ),
    _claim(
        name="differentiable",
        note="The whole cell is differentiable.",
        check=differentiable,
    ),
)
