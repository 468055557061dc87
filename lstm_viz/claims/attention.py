"""Claims on a memory as attention, checked on networks that count."""

import numpy as np

from lstm_viz.analysis.memory.attention import NEAR_ONE, Attention, memory_attention
from lstm_viz.claims.claim import Claim, Finding, verdict
from lstm_viz.claims.network import power
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.sources import shipped
from lstm_viz.trace import LayerTrace
from lstm_viz.words import number


def rows_of(cell: str, text: str) -> tuple[LayerTrace, list[Attention]]:
    """The last layer of the network that counts letters on a text, and its memory as attention at every step."""
    source = shipped("counting", cell)
    layer = source.layer(source.run(source.read(text).tokens), source.places[-1])
    return layer, [memory_attention(layer, step=step) for step in range(len(layer))]


def a_mean() -> Finding:
    """What the attention weights of two networks sum to while both read as many a's as there are in any example."""
    text = max((each.text for each in shipped("counting").task.examples), key=lambda each: each.count("a"))
    layer, rows = rows_of("lstm", text)
    error = max(float(np.abs((row.weights * row.contents).sum(axis=0) + row.start - row.shown).max()) for row in rows)
    sums = np.stack([row.total for row in rows])
    step, unit = (int(k) for k in np.unravel_index(sums.argmax(), sums.shape))
    top = float(sums[step, unit])
    whole = np.stack([row.total + row.initial for row in rows_of("gru", text)[1]])
    off = float(np.abs(whole - 1).max())
    return Finding(
        verdict=verdict(holds=top <= 1 + NEAR_ONE, refined=error < NEAR_ONE),
        sentence="Take for the attention weight of a step its input gate times every forget gate since: in the network "
        f"that counts letters these, times the candidates, give every memory to {power(error)}. So it is a weighted "
        f"sum of the past, and no mean: the weights of unit {unit} sum to {number(top)} at step {step}, without which "
        "no memory could pass the largest candidate, at most 1, and count. Those of a GRU, with what is left of its "
        f"start, do sum to 1, to {power(off)}. In neither is a query compared with keys: what comes later makes all "
        "earlier weights smaller in one ratio.",
        numbers={"error": error, "top": top, "off": off},
        settings={"task": "counting", "text": text, "step": step, "unit": unit},
        chart=Chart(
            name="a_mean",
            title="What the attention weights sum to, with what is left of the start",
            caption=f"Networks that count letters, on {len(layer)} of them; of the GRU the mean over its units.",
            x=np.arange(len(layer), dtype=float),
            x_label="time step, t",
            series=[
                Series(sums[:, unit] + np.array([row.initial[unit] for row in rows]), f"LSTM, unit {unit}", "lstm"),
                Series(whole.mean(axis=1), "GRU", "gru"),
            ],
            y_range=(0, float(np.ceil(top + 1e-9))),
            height=230,
        ),
    )


CLAIMS = (
    Claim(
        name="a_mean",
        note="The LSTM’s memory is a kind of attention: a weighted mean of the past.",
        check=a_mean,
        page="memory_ledger",
        page_title="Memory ledger",
    ),
)
