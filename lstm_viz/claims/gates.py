"""Claims on what gates do, checked on the trained sentiment network."""

import math
from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np
from numpy.typing import NDArray

from lstm_viz.claims.claim import Claim, Finding
from lstm_viz.clamp import Clamp
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.sources import Place, Source, checkpoint_steps, shipped
from lstm_viz.trace import LayerTrace
from lstm_viz.words.gradients import size
from lstm_viz.words.phrases import near_one

TEXT = "The film is not good, but the two sisters are funny and warm."
START = 3
"""The step from which a gate is held."""
USELESS = ("the", "of", "a", "and", "to", "it", "that", "in")
TELLING = ("good", "bad", "best", "worst", "great", "boring", "funny", "dull")
LEAD = "this film is"


@dataclass(frozen=True, eq=False)
class Checked:
    """The network that the claims are checked on, and its runs.

    Attributes
    ----------
    source : a trained LSTM that reads English
    untrained : the same before training
    """

    source: Source
    untrained: Source

    @cached_property
    def place(self) -> Place:
        """Its last layer."""
        return self.source.places[-1]

    def layer(self, *clamps: Clamp) -> LayerTrace:
        """Its run on the text, with gates held."""
        return self.source.layer(self.source.model.trace(TEXT, clamps), self.place)

    @cached_property
    def everywhere(self) -> list[LayerTrace]:
        """Its runs on all its examples."""
        texts = [example.text for example in self.source.task.examples]
        return [self.source.layer(self.source.run(self.source.read(text).tokens), self.place) for text in texts]


@cache
def checked() -> Checked:
    """The sentiment LSTM, trained and not."""
    return Checked(shipped("sentiment"), shipped("sentiment", checkpoint=min(checkpoint_steps("sentiment"))))


def _power(value: float) -> str:
    return size(math.log10(value) if value else -math.inf)


def _steps(on: Checked, name: str, title: str, caption: str, lines: list[Series], low: float, high: float) -> Chart:
    return Chart(
        name=name,
        title=title,
        caption=caption,
        x=np.arange(len(lines[0].values), dtype=float),
        x_label="after reading",
        x_names=on.source.model.trace(TEXT).labels,
        series=lines,
        points=True,
        y_range=(low, high),
        height=240,
    )


def passes_unchanged(on: Checked) -> Finding:
    """Hold f at 1 and i at 0 from one step on."""
    free = on.layer()
    held = on.layer(
        Clamp("forget_gate", 1.0, steps=slice(START, None)), Clamp("input_gate", 0.0, steps=slice(START, None))
    )
    moved = float(np.abs(held.cell_state[START:] - held.cell_state[START - 1]).max())
    unit = int(np.abs(np.diff(free.cell_state[START:], axis=0)).sum(axis=0).argmax())
    end = float(np.abs(free.cell_state[:, unit]).max()) * 1.1
    return Finding(
        verdict="holds",
        sentence=f"With f held at 1 and i at 0 from step {START} on, the memory of all {held.units} units moves by "
        f"{moved:g} over the remaining {len(held) - START} steps.",
        numbers={"moved": moved},
        chart=_steps(
            on,
            "passes_unchanged",
            f"Memory of unit {unit}",
            f"The text: {TEXT}",
            [
                Series(free.cell_state[:, unit], "as trained", "cell_state"),
                Series(held.cell_state[:, unit], f"f = 1 and i = 0 from step {START}", "forget_gate", dash="dash"),
            ],
            -end,
            end,
        ),
    )


def blocks_and_lets_through(on: Checked) -> Finding:
    """Hold the output gate at 0 and at 1."""
    free, shut, wide = on.layer(), on.layer(Clamp("output_gate", 0.0)), on.layer(Clamp("output_gate", 1.0))
    shown = float(np.abs(shut.hidden_state).max())
    lost = float(np.abs(wide.hidden_state - np.tanh(wide.cell_state)).max())
    lowest, highest = (
        float(getattr(np.concatenate([x.output_gate for x in on.everywhere]), f)()) for f in ("min", "max")
    )
    return Finding(
        verdict="refined",
        sentence=f"Held at 0 the output gate shows {shown:g}; held at 1 it changes tanh(c) by {_power(lost)}. But a "
        f"sigmoid never gets there: on all examples the trained output gate stays between {lowest:.2g} and "
        f"{near_one(highest)}.",
        numbers={"shown": shown, "lost": lost, "lowest": lowest, "highest": highest},
        chart=_steps(
            on,
            "blocks",
            "Mean |h| over all units",
            f"The text: {TEXT}",
            [
                Series(np.abs(wide.hidden_state).mean(axis=1), "o held at 1", "output_gate"),
                Series(np.abs(free.hidden_state).mean(axis=1), "as trained", "hidden_state"),
                Series(np.abs(shut.hidden_state).mean(axis=1), "o held at 0", "muted"),
            ],
            0,
            float(np.ceil(10 * np.abs(wide.hidden_state).mean(axis=1).max()) / 10),
        ),
    )


def not_a_sum(on: Checked) -> Finding:
    """c_t against f·c + i·g, and against the sum of the gates."""
    x = on.layer()
    right = x.forget_gate * x.before("cell_state") + x.input_gate * x.candidate
    total = x.forget_gate + x.input_gate + x.output_gate
    error, wrong = (float(np.abs(x.cell_state - guess).mean()) for guess in (right, total))
    unit = int(np.abs(x.cell_state).max(axis=0).argmax())
    end = float(max(np.abs(x.cell_state[:, unit]).max(), total[:, unit].max())) * 1.05
    return Finding(
        verdict="refuted",
        sentence=f"f·c + i·g misses the memory by {_power(error)} on average, the sum of the three gates by "
        f"{wrong:.2f}. Gates are shares that scale content: they are never added up.",
        numbers={"right": error, "wrong": wrong},
        chart=_steps(
            on,
            "not_a_sum",
            f"Memory of unit {unit}, and two guesses",
            f"The text: {TEXT}",
            [
                Series(x.cell_state[:, unit], "c, the memory", "cell_state", width=8, opacity=0.4),
                Series(right[:, unit], "f·c + i·g", "accent", dash="dash"),
                Series(total[:, unit], "f + i + o", "muted"),
            ],
            -end,
            end,
        ),
    )


def forget_values(on: Checked) -> NDArray[np.floating]:
    """Every forget gate on all examples, as one row."""
    return np.concatenate([x.forget_gate.ravel() for x in on.everywhere])


def between_0_and_1(on: Checked) -> Finding:
    """The distribution of the forget gate's values."""
    values = forget_values(on)
    outside = int(((values <= 0) | (values >= 1)).sum())
    edges = np.linspace(0, 1, 41)
    counts = np.histogram(values, edges)[0] / len(values)
    return Finding(
        verdict="refuted",
        sentence=f"Of {len(values):,} forget gate values on all examples, {outside} lie at or beyond 0 or 1; the "
        f"smallest is {values.min():.3g}, the largest {near_one(float(values.max()))}. It scales memory down by "
        "degrees, and never flips its sign.",
        numbers={
            "outside": outside,
            "count": len(values),
            "smallest": float(values.min()),
            "largest": float(values.max()),
        },
        chart=Chart(
            name="between",
            title="How often the forget gate takes each value",
            caption="Share of all values in bins of 0.025, over all units, steps and examples.",
            x=(edges[1:] + edges[:-1]) / 2,
            x_label="value of the forget gate",
            x_digits=4,
            series=[Series(counts, "share of values", "forget_gate")],
            y_range=(0, float(np.ceil(counts.max() * 50) / 50)),
            height=220,
        ),
    )


def shown_at_most_o(on: Checked) -> Finding:
    """|h| − o on all examples."""
    gaps = np.concatenate([(np.abs(x.hidden_state) - x.output_gate).ravel() for x in on.everywhere])
    x = on.layer()
    unit = int(x.hidden_state.std(axis=0).argmax())
    return Finding(
        verdict="holds",
        sentence=f"In {len(gaps):,} of {len(gaps):,} values |h| is below o; it comes as near as "
        f"{_power(-gaps.max())}. That must be so, because h = o·tanh(c) and tanh lies between −1 and 1.",
        numbers={"largest": float(gaps.max()), "count": len(gaps)},
        chart=_steps(
            on,
            "shown",
            f"Unit {unit}: the output gate and |h|",
            f"The text: {TEXT}",
            [
                Series(x.output_gate[:, unit], "o, the output gate", "output_gate"),
                Series(np.abs(x.hidden_state[:, unit]), "|h|", "hidden_state"),
            ],
            0,
            1,
        ),
    )


def movement(source: Source, word: str) -> float:
    """How far one more word moves the memory: mean |c after − c before| over units."""
    layer = source.layer(source.model.trace(f"{LEAD} {word}"), source.places[-1])
    return float(np.abs(layer.cell_state[-1] - layer.cell_state[-2]).mean())


def ignores_useless(on: Checked) -> Finding:
    """The same words through the trained network and through itself before training."""
    ratios, moves = {}, {}
    for name, source in (("trained", on.source), ("untrained", on.untrained)):
        moves[name] = np.array([movement(source, word) for word in (*USELESS, *TELLING)])
        useless, telling = moves[name][: len(USELESS)].mean(), moves[name][len(USELESS) :].mean()
        ratios[name] = float(telling / useless)
    scaled = {name: values / values.mean() for name, values in moves.items()}
    return Finding(
        verdict="refined",
        sentence=f"In the trained network words such as “{TELLING[0]}” and “{TELLING[3]}” move the memory "
        f"{ratios['trained']:.1f} times as far as words such as “{USELESS[0]}” and “{USELESS[1]}”; before training "
        f"{ratios['untrained']:.2f} times. Nothing in the cell ignores useless data: what is useless is learnt.",
        numbers=ratios,
        chart=Chart(
            name="ignores",
            title="How far one more word moves the memory",
            caption=f"Mean |Δc| over all units when the word follows “{LEAD} …”, each network’s own mean being 1.",
            x=np.arange(len(USELESS) + len(TELLING), dtype=float),
            x_label="word",
            x_names=(*USELESS, *TELLING),
            points=True,
            series=[
                Series(scaled["trained"], "trained", "cell_state"),
                Series(scaled["untrained"], "before training", "muted", dash="dash"),
            ],
            y_range=(0, float(np.ceil(max(v.max() for v in scaled.values())))),
            height=240,
        ),
    )


_claim = partial(Claim, page="", page_title="Gates over time", settings={"text": TEXT})
CLAIMS = (
    _claim(
        name="passes_unchanged",
        note="With f = 1 and i = 0 the cell state passes unchanged.",
        check=lambda: passes_unchanged(checked()),
    ),
    _claim(
        name="blocks",
        note="A gate’s 0 blocks everything, and 1 lets everything through.",
        check=lambda: blocks_and_lets_through(checked()),
    ),
    _claim(
        name="not_a_sum",
        note="The new cell state is the sum of the gates.",
        check=lambda: not_a_sum(checked()),
    ),
    _claim(
        name="between",
        note="The forget step multiplies by −1, 0 or 1.",
        check=lambda: between_0_and_1(checked()),
    ),
    _claim(
        name="shown",
        note="|h| ≤ o: a unit never shows more than its output gate allows.",
        check=lambda: shown_at_most_o(checked()),
    ),
    _claim(
        name="ignores",
        note="LSTMs ignore useless data.",
        check=lambda: ignores_useless(checked()),
    ),
)
