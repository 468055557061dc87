"""Claims on which texts disagree because they count, or write, the same thing in two ways."""

from functools import partial

import numpy as np
import torch

from lstm_viz.analysis.fresh import INPUTS, fresh_module, random_inputs
from lstm_viz.capture import layers_of
from lstm_viz.cells import GRU, LSTM, RNN, Cell
from lstm_viz.claims.claim import Claim, Finding, verdict
from lstm_viz.engine import Values, Weights, run_steps
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.module import parameter_shapes
from lstm_viz.words import number
from lstm_viz.words.gradients import size

UNITS, STEPS = 16, 40
HELD_AT = 0.95
"""Where the update gate is held."""

OTHER_GRU: Cell = GRU.in_notation("udacity")
"""As Chung et al. 2014, Olah and Udacity write it."""


def gru_weights(seed: int = 3) -> Weights:
    """Random weights of a GRU."""
    module = fresh_module("gru", UNITS, seed=seed)
    return layers_of(module)[0].weights


def hold(name: str, value: float) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
    """An override that holds a gate everywhere."""
    mask = torch.ones(STEPS, UNITS, dtype=torch.bool)
    return {name: (mask, torch.full((STEPS, UNITS), value, dtype=torch.float64))}


def two_starts(reset: float) -> tuple[Values, Values]:
    """A GRU with its reset gate held, from two previous states."""
    weights, inputs = gru_weights(), random_inputs(STEPS, seed=3)
    states = torch.rand(2, UNITS, generator=torch.Generator().manual_seed(3), dtype=torch.float64) * 2 - 1
    first, second = (
        run_steps(GRU, weights, inputs, {"hidden_state": state}, hold("reset_gate", reset)) for state in states
    )
    return first, second


def reset_ignores() -> Finding:
    """How much a different previous state changes the candidate, and the new state, with r at 0 and at 1."""
    changes = {}
    for reset in (0.0, 1.0):
        first, second = two_starts(reset)
        changes[reset] = {
            name: (first[name] - second[name]).abs().mean(dim=1).numpy() for name in ("candidate", "hidden_state")
        }
    candidate, state = (float(changes[0.0][name][0]) for name in ("candidate", "hidden_state"))
    # The update gate sees the state before, too: with another one it opens a little differently.
    return Finding(
        verdict=verdict(holds=state == 0, refined=False),
        settings={"cell": "gru", "clamps": "reset_gate 0", "shown": "candidate"},
        sentence=f"With r = 0 another previous state changes the candidate by {candidate:g}, and yet the new state by "
        f"{state:.2f} on average: the update gate still passes on a share of the old state. With r = 1 the candidate "
        f"changes by {changes[1.0]['candidate'][0]:.2f}. The reset gate mutes the past in the new content only.",
        numbers={"candidate": candidate, "state": state, "candidate at 1": float(changes[1.0]["candidate"][0])},
        chart=Chart(
            name="reset",
            title="What is left of a different past",
            caption="Mean difference between two runs of a random GRU that differ only in the state before step 0; "
            f"{STEPS} steps on the same inputs, r held at 0.",
            x=np.arange(STEPS, dtype=float),
            x_label="time step, t",
            series=[
                Series(changes[0.0]["hidden_state"], "the state h", "hidden_state"),
                Series(changes[0.0]["candidate"], "the candidate", "candidate"),
            ],
            y_range=(0, float(np.ceil(20 * changes[0.0]["hidden_state"].max()) / 20)),
            height=230,
        ),
    )


def flipped(weights: Weights) -> Weights:
    """The same weights with those of the update gate negated: σ(−a) = 1 − σ(a)."""
    rows = [quantity.name for quantity in GRU.weighted]
    sign = torch.ones(len(rows) * UNITS, dtype=torch.float64)
    at = rows.index("update_gate")
    sign[at * UNITS : (at + 1) * UNITS] = -1
    assert weights.hidden is not None
    parts = (weights.input * sign[:, None], weights.hidden * sign[:, None])
    assert weights.input_bias is not None
    assert weights.hidden_bias is not None
    return Weights(*parts, weights.input_bias * sign, weights.hidden_bias * sign)


def update_both_ways() -> Finding:
    """Z held at 0.95 in both conventions, and what turns one into the other."""
    weights, inputs = gru_weights(), random_inputs(STEPS, seed=3)
    pytorch, other = (
        run_steps(cell, weights, inputs, None, hold("update_gate", HELD_AT))["hidden_state"]
        for cell in (GRU, OTHER_GRU)
    )
    moves = [float(x.diff(dim=0).abs().mean()) for x in (pytorch, other)]
    same = run_steps(GRU, weights, inputs)["hidden_state"]
    differ = float((same - run_steps(OTHER_GRU, flipped(weights), inputs)["hidden_state"]).abs().max())
    return Finding(
        verdict=verdict(holds=differ < 1e-9 and moves[0] < moves[1]),
        settings={"cell": "gru", "notation": "udacity", "step": 1},
        sentence=f"With z held at {HELD_AT}, the state moves by {moves[0]:.3f} a step where z is the share that stays "
        f"(PyTorch), and by {moves[1]:.3f} where z is the share that is replaced. They are the same cell: with the "
        f"sign of z’s weights changed, all outputs agree to {size(np.log10(max(differ, 1e-16)))}.",
        numbers={"PyTorch": moves[0], "other": moves[1], "differ": differ, "held": HELD_AT},
        chart=Chart(
            name="update",
            title=f"Unit 0 with the update gate at {HELD_AT}",
            caption="The same random weights and inputs in both conventions.",
            x=np.arange(STEPS, dtype=float),
            x_label="time step, t",
            series=[
                Series(pytorch[:, 0].numpy(), "z stays (PyTorch; Cho et al. 2014)", "gru"),
                Series(other[:, 0].numpy(), "z is replaced (Chung et al. 2014)", "muted", dash="dash"),
            ],
            y_range=(-1, 1),
            height=230,
        ),
    )


def weights_of(cell: Cell, units: int) -> int:
    """How many weights and biases the recurrent layer has."""
    return sum(int(np.prod(shape)) for shape in parameter_shapes(cell, INPUTS, units).values())


def one_against_four() -> Finding:
    """Layers of weights in each definition, and what they cost."""
    sizes = np.array([8, 16, 32, 64, 128])
    counts = [(cell, np.log10([weights_of(cell, int(units)) for units in sizes])) for cell in (LSTM, GRU, RNN)]
    layers = {cell.title: len(cell.weighted) for cell in (LSTM, GRU, RNN)}
    ratio = weights_of(LSTM, 64) / weights_of(RNN, 64)
    return Finding(
        verdict=verdict(holds=layers["RNN"] == 1 and layers["LSTM"] == 4),
        settings={"step": 1},
        sentence=f"Read from the definitions: the RNN computes {layers['RNN']} weighted sum a step, the LSTM "
        f"{layers['LSTM']}, the GRU {layers['GRU']}. So an LSTM has {ratio:g} times the weights of an RNN of its size.",
        numbers={"RNN": layers["RNN"], "LSTM": layers["LSTM"], "GRU": layers["GRU"], "ratio": ratio},
        chart=Chart(
            name="layers",
            title="Weights of the recurrent layer",
            caption=f"With {INPUTS} inputs, by number of units.",
            x=sizes.astype(float),
            x_label="units, H",
            series=[Series(values, cell.title, cell.name) for cell, values in counts],
            y_range=(2, 5),
            power=True,
            height=230,
        ),
    )


def three_and_four() -> Finding:
    """Sigmoid gates and tanh layers of the LSTM, and where the values of each lie."""
    gates = [quantity.label for quantity in LSTM.gates]
    all_four = [quantity.label for quantity in LSTM.weighted]
    module = fresh_module("lstm", UNITS, seed=4)
    values = run_steps(LSTM, layers_of(module)[0].weights, 3 * random_inputs(STEPS, seed=4))
    ends = {name: (float(values[name].min()), float(values[name].max())) for name in ("forget_gate", "candidate")}
    return Finding(
        verdict=verdict(holds=(len(gates), len(all_four)) == (3, 4)),
        settings={"step": 1},
        sentence=f"{len(gates)} sigmoid gates ({', '.join(gates).lower()}) and one tanh layer (candidate) make "
        f"{len(all_four)} layers. Texts that say four gates count the candidate, or, as Udacity does, name the four "
        "stages Learn, Forget, Remember and Use. The candidate is no share: here it goes down to "
        f"{number(ends['candidate'][0])}, the forget gate only to {number(ends['forget_gate'][0])}.",
        numbers={
            "gates": len(gates),
            "layers": len(all_four),
            "lowest": ends["candidate"][0],
            "least gate": ends["forget_gate"][0],
        },
        chart=Chart(
            name="three",
            title="Unit 0: three shares and one candidate",
            caption="A random LSTM on random inputs.",
            x=np.arange(STEPS, dtype=float),
            x_label="time step, t",
            series=[Series(values[q.name][:, 0].numpy(), q.label, q.name) for q in LSTM.weighted],
            y_range=(-1, 1),
            height=230,
        ),
    )


def one_set_of_weights() -> Finding:
    """Steps run, and weights used."""
    lengths = np.array([1, 10, 100, 1000])
    size = weights_of(LSTM, UNITS)
    module = fresh_module("lstm", UNITS, seed=4)
    have = sum(part.numel() for part in module.parameters())
    run = {int(steps): len(module(random_inputs(int(steps), seed=4))[0]) for steps in lengths}
    longest = max(run)
    return Finding(
        verdict=verdict(holds=have != size),
        sentence=f"The same {have:,} weights run {run[1]} step and {run[longest]:,} steps. The chain of cells in the "
        "drawings is one cell, drawn once for each time step; weights of its own for each would be "
        f"{longest * size:,} of them at {longest:,} steps.",
        numbers={"weights": have, "steps": longest},
        recomputed=(((f"{size:,}", f"{longest:,}"), lambda weights, steps: weights * steps, f"{longest * size:,}"),),
        settings={"step": 1},
        chart=Chart(
            name="unrolled",
            title="Weights, by the length of the sequence",
            caption=f"An LSTM of {UNITS} units with {INPUTS} inputs.",
            x=np.log10(lengths),
            x_label="steps, as a power of ten",
            series=[
                Series(np.full(len(lengths), np.log10(have)), "as it is: one set for all steps", "lstm"),
                Series(np.log10(lengths * size), "if every step had its own", "muted", dash="dash"),
            ],
            y_range=(2, float(np.ceil(np.log10(longest * size)))),
            power=True,
            height=230,
        ),
    )


_claim = partial(Claim, page="inside_the_cell", page_title="Inside the cell")
CLAIMS = (
    _claim(
        name="three",
        note="‘Three gates’ and ‘four gates’ describe the same cell.",
        check=three_and_four,
    ),
    _claim(
        name="layers",
        note="The RNN has one tanh layer where the LSTM has four interacting layers.",
        check=one_against_four,
    ),
    _claim(
        name="unrolled",
        note="The LSTM has a cell with weights of its own for every time step.",
        check=one_set_of_weights,
    ),
    Claim(
        name="reset",
        note="A GRU whose reset gate is near 0 ignores its previous state.",
        check=reset_ignores,
        page="what_if",
        page_title="What if?",
    ),
    _claim(
        name="update",
        note="An update gate near 1 means opposite things in two conventions.",
        check=update_both_ways,
    ),
)
