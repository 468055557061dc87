"""Claims on which part of the cell does what, checked on trained networks."""

from functools import partial
from typing import Any

import numpy as np
import torch

from lstm_viz.capture import layers_of
from lstm_viz.cells import LSTM
from lstm_viz.claims.claim import Claim, Finding, verdict
from lstm_viz.claims.network import TEXT, Checked, checked, over_text, power
from lstm_viz.clamp import Clamp
from lstm_viz.engine import run_steps
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.sources import shipped
from lstm_viz.words import number
from lstm_viz.words.phrases import percent
from lstm_viz.words.recomputed import as_shown


def sigmoid(values: Any) -> Any:
    """From any number to a share."""
    return 1 / (1 + np.exp(-values))


def dot_product(on: Checked) -> Finding:
    """The forget gate from its weighted sum, with and without its bias."""
    layer, weights = on.free, on.source.weights(on.free)
    arriving = on.source.inputs(on.source.model.trace(TEXT), on.place).astype(np.float64)
    before = layer.before("hidden_state").astype(np.float64)
    name = "forget_gate"
    weighed = arriving @ weights.input[name].T + before @ weights.hidden[name].T
    assert weights.input_bias is not None
    assert weights.hidden_bias is not None
    bias = weights.input_bias[name] + weights.hidden_bias[name]
    error = float(np.abs(sigmoid(weighed + bias) - layer.forget_gate).max())
    unit = int(np.abs(sigmoid(weighed) - layer.forget_gate).mean(axis=0).argmax())
    step = int(np.abs(weighed[:, unit]).argmax())
    total, offset = float(weighed[step, unit]), float(bias[unit])
    (shown, plus), gate = as_shown(_gate, (total, offset), number)
    sizes = before.shape[1], arriving.shape[1]
    return Finding(
        # A dot product is one number for all units.
        verdict=verdict(holds=sizes[0] == sizes[1] and float(np.ptp(layer.forget_gate, axis=1).max()) == 0),
        sentence=f"h has {sizes[0]} numbers and x has {sizes[1]}, and a gate is none of their products. Each unit "
        f"weighs all {sum(sizes)} numbers with weights of its own, adds a bias, and squashes the sum: σ(W·[h, x] + "
        f"b), which gives every forget gate to {power(error)}. Unit {unit} at step {step}: σ({shown} {_signed(plus)}) "
        f"= {gate}.",
        numbers={
            "hidden": sizes[0],
            "inputs": sizes[1],
            "together": sum(sizes),
            "error": error,
            "gate": _gate(total, offset),
        },
        recomputed=(((shown, plus), _gate, gate),),
        settings={"text": TEXT, "unit": unit, "step": step, "notation": "textbook"},
        chart=over_text(
            on,
            "dot_product",
            f"Forget gate of unit {unit}",
            [
                Series(layer.forget_gate[:, unit], "as it is", "forget_gate", width=8, opacity=0.4),
                Series(sigmoid(weighed + bias)[:, unit], "σ(W·[h, x] + b)", "accent", dash="dash"),
                Series(sigmoid(weighed)[:, unit], "without the bias", "muted", dash="dot"),
            ],
            0,
            1,
        ),
    )


def _gate(total: float, bias: float) -> float:
    return float(sigmoid(total + bias))


def _signed(text: str) -> str:
    """A number behind another in a sum."""
    return f"− {text.removeprefix('−')}" if text.startswith("−") else f"+ {text}"


def use_gives_output(on: Checked) -> Finding:
    """Shut the output gate, Udacity's V, at one step: what changes there."""
    free = on.free
    unit = on.busiest
    step = int(np.abs(free.hidden_state[:, unit]).argmax())
    shut = on.layer(Clamp("output_gate", 0.0, steps=step))
    long_term, short_term = (
        float(np.abs(getattr(shut, name)[step] - getattr(free, name)[step]).mean())
        for name in ("cell_state", "hidden_state")
    )
    gate, memory = float(free.output_gate[step, unit]), float(free.cell_state[step, unit])
    (opened, stored), shown = as_shown(_use, (gate, memory), number)
    end = 1.1 * float(np.abs(free.cell_state[:, unit]).max())
    return Finding(
        verdict=verdict(holds=long_term > 0),
        sentence=f"Shut the output gate at step {step}: the long-term memory of that step changes by {long_term:g}, "
        f"the short-term memory by {short_term:.2f} on average. Use makes STM = V · tanh(LTM): unit {unit}, {opened} "
        f"· tanh({stored}) = {shown}. It is Remember that makes the new LTM.",
        numbers={"long": long_term, "short": short_term, "shown": _use(gate, memory)},
        recomputed=(((opened, stored), _use, shown),),
        settings={"text": TEXT, "unit": unit, "step": step, "notation": "udacity"},
        chart=over_text(
            on,
            "use_gives_output",
            f"Unit {unit}",
            [
                Series(free.cell_state[:, unit], "LTM, which Remember makes", "cell_state"),
                Series(free.hidden_state[:, unit], "STM, which Use makes", "hidden_state"),
                Series(free.output_gate[:, unit], "V, the output gate", "output_gate", dash="dash"),
            ],
            -max(1.0, end),
            max(1.0, end),
        ),
    )


def _use(gate: float, memory: float) -> float:
    return float(gate * np.tanh(memory))


def two_against_three() -> Finding:
    """Shares that are kept and taken in, in the trained LSTM and GRU, and how much of the state is shown."""
    lstm, gru = checked(), shipped("sentiment", "gru")
    three = lstm.free
    two = gru.layer(gru.model.trace(TEXT), gru.places[-1])
    both = three.forget_gate + three.input_gate
    off = float(np.abs(both - 1).mean())
    hides = float(1 - three.output_gate.mean())
    muted = gru.layer(gru.model.trace(TEXT, [Clamp("reset_gate", 0.0)]), gru.places[-1])
    silent = lstm.layer(Clamp("output_gate", 0.0))
    left = [float(np.abs(each.hidden_state).mean()) for each in (muted, silent)]
    unit = int(np.abs(both - 1).mean(axis=0).argmax())
    kept = two.update_gate + (1 - two.update_gate)
    return Finding(
        verdict=verdict(holds=off == 0 and left[0] == 0, refined=left[1] == 0 < left[0]),
        sentence="True of the forget gate: it decides what is kept, and so does the GRU’s update gate. Not true of the "
        "output gate: neither gate of the GRU does what that does. The update gate takes in as well: what it keeps and "
        f"what it takes in add up to 1, where the LSTM’s f + i is off 1 by {off:.2f} on average. The reset gate does "
        f"not decide what is shown: with it held at 0 the GRU still shows {left[0]:.2f} on average, an LSTM with o "
        f"held at 0 shows {left[1]:g}. As trained, the LSTM’s output gates hold back {percent(hides)} on average; "
        "the GRU shows all it has.",
        numbers={"off": off, "hides": hides, "muted": left[0], "silent": left[1]},
        settings={"text": TEXT, "unit": unit},
        chart=Chart(
            name="two_against_three",
            title="Share kept and share taken in, together",
            caption=f"Unit {unit} of the LSTM; the same sum in every unit of a GRU. The text: {TEXT}",
            x=np.arange(len(three), dtype=float),
            x_label="after reading",
            x_names=lstm.source.model.trace(TEXT).labels,
            series=[
                Series(both[:, unit], "LSTM: f + i", "lstm"),
                Series(kept[:, min(unit, two.units - 1)], "GRU: z + (1 − z)", "gru"),
            ],
            points=True,
            y_range=(0, 2),
            height=240,
        ),
    )


def short_and_long() -> Finding:
    """Erase one of the two states where the counting network has read all a's, and read on."""
    source = shipped("counting")
    text = source.task.examples[0].text
    trace = source.run(source.read(text).tokens)
    layer = source.layer(trace, source.places[-1])
    start = text.count("a")
    weights = layers_of(source.model.network.recurrent)[-1].weights
    inputs = torch.from_numpy(source.inputs(trace, source.places[-1])[start:].copy())
    found = {name: torch.from_numpy(layer[name][start - 1].copy()) for name in ("hidden_state", "cell_state")}
    memory = {}
    for erased in ("nothing", *found):
        states = {name: torch.zeros_like(value) if name == erased else value for name, value in found.items()}
        memory[erased] = run_steps(LSTM, weights, inputs, states)["cell_state"].numpy()
    gaps = {name: float(np.abs(memory[name] - memory["nothing"])[-1].mean()) for name in found}
    # The unit that goes furthest one way while it reads a's, and back while it reads b's.
    first, turn, last = layer.cell_state[[0, start - 1, -1]]
    unit = int(np.minimum(np.abs(turn - first), np.abs(turn - last)).argmax())
    drawn = np.concatenate([each[:, unit] for each in memory.values()])
    return Finding(
        verdict=verdict(holds=gaps["hidden_state"] > gaps["cell_state"]),
        sentence=f"After {start} a’s, erase one of the two states of the network that counts letters, and let it read "
        f"on. {len(inputs)} letters later its memory is off by {gaps['cell_state']:.2f} on average where the cell "
        f"state was erased, by {gaps['hidden_state']:.2f} where the hidden state was. The cell state carries what "
        "lasts; the hidden state is what is shown of it at one step.",
        numbers={"hidden": gaps["hidden_state"], "cell": gaps["cell_state"], "start": start},
        settings={"task": "counting", "text": text, "step": len(layer) - 1, "unit": unit},
        chart=Chart(
            name="short_and_long",
            title=f"Unit {unit} of the counting network, from the first b on",
            caption=f"Its cell state while it reads {len(inputs)} b’s, after one of the two states was set to 0.",
            x=np.arange(start, len(layer), dtype=float),
            x_label="time step, t",
            series=[
                Series(memory["nothing"][:, unit], "nothing erased", "muted", width=8, opacity=0.4),
                Series(memory["hidden_state"][:, unit], "hidden state erased", "hidden_state"),
                Series(memory["cell_state"][:, unit], "cell state erased", "cell_state"),
            ],
            y_range=(float(np.floor(drawn.min())), float(np.ceil(drawn.max()))),
            height=230,
        ),
    )


def past_one() -> Finding:
    """The largest cell state on the examples of the counting task, and the largest hidden state."""
    source = shipped("counting")
    runs = {each.text: source.layer(source.model.trace(each.text), source.places[-1]) for each in source.task.examples}
    text = max(runs, key=lambda each: float(np.abs(runs[each].cell_state).max()))
    layer = runs[text]
    step, unit = (int(k) for k in np.unravel_index(np.abs(layer.cell_state).argmax(), layer.cell_state.shape))
    largest, shown = (
        float(np.abs(layer.cell_state).max()),
        max(float(np.abs(x.hidden_state).max()) for x in runs.values()),
    )
    drawn = layer.cell_state[:, unit]
    return Finding(
        verdict=verdict(holds=largest <= 1),
        sentence=f"The candidate and the hidden state do; the cell state adds up, and has no bounds. The network that "
        f"counts letters takes one to {number(float(layer.cell_state[step, unit]))} (unit {unit}, step {step}), while "
        f"no hidden state passes {number(shown)}.",
        numbers={"largest": largest, "shown": shown},
        settings={"task": "counting", "text": text, "step": step, "unit": unit},
        chart=Chart(
            name="past_one",
            title=f"Unit {unit} of the counting network",
            caption=f"Reading {len(layer)} letters, “{text[:12]}{'…' * (len(text) > 12)}”.",
            x=np.arange(len(layer), dtype=float),
            x_label="time step, t",
            series=[
                Series(layer.cell_state[:, unit], "cell state", "cell_state"),
                Series(layer.hidden_state[:, unit], "hidden state", "hidden_state"),
            ],
            y_range=(float(np.floor(min(-1, drawn.min()))), float(np.ceil(max(1, drawn.max())))),
            height=230,
        ),
    )


_claim = partial(Claim, page="inside_the_cell", page_title="Inside the cell")
CLAIMS = (
    _claim(
        name="dot_product",
        note="A gate is the dot product of h and x, through a sigmoid.",
        check=lambda: dot_product(checked()),
    ),
    _claim(
        name="use_gives_output",
        note="The Use gate gives the new long-term memory.",
        check=lambda: use_gives_output(checked()),
    ),
    Claim(
        name="short_and_long",
        note="The hidden state is the long-term memory.",
        check=short_and_long,
        page="memory_ledger",
        page_title="Memory ledger",
    ),
    Claim(
        name="past_one",
        note="The cell state always lies between −1 and 1.",
        check=past_one,
        page="gates_over_time",
        page_title="Gates over time",
    ),
    Claim(
        name="two_against_three",
        note="The LSTM’s forget and output gates do what the GRU’s two gates do.",
        check=two_against_three,
        page="rnn_lstm_gru",
        page_title="RNN, LSTM, GRU",
    ),
)
