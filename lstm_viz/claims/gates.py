"""Claims on what gates do, checked on the trained sentiment network."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from lstm_viz.claims.claim import Claim, Finding, verdict
from lstm_viz.claims.network import START, TEXT, Checked, checked, over_text, power
from lstm_viz.clamp import Clamp
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.sources import Source
from lstm_viz.words.phrases import near_one, number
from lstm_viz.words.recomputed import as_shown, significant

USELESS = ("the", "of", "a", "and", "to", "it", "that", "in")
TELLING = ("good", "bad", "best", "worst", "great", "boring", "funny", "dull")
LEAD = "this film is"


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
        verdict=verdict(holds=moved == 0),
        settings={
            "text": TEXT,
            "clamps": f"forget_gate 1 t{START}-{len(held) - 1}~input_gate 0 t{START}-{len(held) - 1}",
            "shown": "cell_state",
            "unit": unit,
            "step": len(held) - 1,
        },
        sentence=f"With f held at 1 and i at 0 from step {START} on, the memory of all {held.units} units moves by "
        f"{moved:g} over the remaining {len(held) - START} steps.",
        numbers={"moved": moved, "from": START, "units": held.units, "steps": len(held) - START},
        chart=over_text(
            on,
            "passes_unchanged",
            f"Memory of unit {unit}",
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
        verdict=verdict(holds=lowest == 0 and highest == 1, refined=shown == 0),
        settings={"text": TEXT, "clamps": "output_gate 0", "shown": "hidden_state", "unit": on.busiest},
        sentence=f"Held at 0 the output gate shows {shown:g}; held at 1 it changes tanh(c) by {power(lost)}. But a "
        f"sigmoid never gets there: on all examples the trained output gate stays between {lowest:.2g} and "
        f"{near_one(highest)}.",
        numbers={"shown": shown, "lost": lost, "lowest": lowest, "highest": highest},
        chart=over_text(
            on,
            "blocks",
            "Mean |h| over all units",
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
        verdict=verdict(holds=wrong < 1e-6),
        settings={"text": TEXT, "unit": unit, "step": int(np.abs(x.cell_state[:, unit]).argmax())},
        sentence=f"f·c + i·g misses the memory by {power(error)} on average, the sum of the three gates by "
        f"{wrong:.2f}. Gates are shares that scale content: they are never added up.",
        numbers={"right": error, "wrong": wrong},
        chart=over_text(
            on,
            "not_a_sum",
            f"Memory of unit {unit}, and two guesses",
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
    least = np.unravel_index(on.free.forget_gate.argmin(), on.free.forget_gate.shape)
    return Finding(
        verdict=verdict(holds=outside == len(values), refined=bool(outside)),
        settings={"text": TEXT} | dict(zip(("step", "unit"), map(int, least), strict=True)),
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
        verdict=verdict(holds=bool((gaps <= 0).all())),
        settings={"text": TEXT, "unit": unit, "step": int(np.abs(x.hidden_state[:, unit]).argmax())},
        sentence=f"In {(gaps < 0).sum():,} of {len(gaps):,} values |h| is below o; it comes as near as "
        f"{power(-gaps.max())}. That must be so, because h = o·tanh(c) and tanh lies between −1 and 1.",
        numbers={"largest": float(gaps.max()), "count": len(gaps)},
        chart=over_text(
            on,
            "shown",
            f"Unit {unit}: the output gate and |h|",
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
        verdict=verdict(holds=False, refined=ratios["trained"] > max(1.5, ratios["untrained"])),
        settings={"text": f"{LEAD} {TELLING[0]}", "step": len(LEAD.split())},
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


def forget_one(on: Checked) -> Finding:
    """Hold the forget gate at 1 and at 0, from one step on, with the input gate shut."""
    held = {
        value: on.layer(
            Clamp("forget_gate", value, steps=slice(START, None)), Clamp("input_gate", 0.0, steps=slice(START, None))
        )
        for value in (0.0, 1.0)
    }
    unit = int(np.abs(on.free.cell_state[START - 1]).argmax())
    left = {value: run.cell_state[-1, unit] / run.cell_state[START - 1, unit] for value, run in held.items()}
    kept = {value: abs(float(share)) for value, share in left.items()}
    end = 1.1 * float(max(np.abs(run.cell_state[:, unit]).max() for run in (on.free, *held.values())))
    last = len(on.free) - 1
    return Finding(
        verdict=verdict(holds=kept[1.0] == 0),
        sentence=f"The gate is a share that stays. Held at 1 from step {START} on, and with nothing let in, it keeps "
        f"{kept[1.0]:.0%} of unit {unit}’s memory to the end of the text; held at 0 it keeps {kept[0.0]:.0%}. A better "
        "name would be the keep gate.",
        numbers={"kept at 1": kept[1.0], "kept at 0": kept[0.0]},
        settings={
            "text": TEXT,
            "clamps": f"forget_gate 1 t{START}-{last}~input_gate 0 t{START}-{last}",
            "shown": "cell_state",
            "unit": unit,
            "step": START,
        },
        chart=over_text(
            on,
            "forget_one",
            f"Memory of unit {unit}",
            [
                Series(held[1.0].cell_state[:, unit], f"f = 1 from step {START}", "forget_gate"),
                Series(held[0.0].cell_state[:, unit], f"f = 0 from step {START}", "forget_gate", dash="dash"),
                Series(on.free.cell_state[:, unit], "as trained", "cell_state"),
            ],
            -end,
            end,
        ),
    )


def chance(on: Checked) -> Finding:
    """The same text twice; and how much of the memory a gate lets through."""
    first, again = on.free, on.layer()
    differ = max(float(np.abs(first[name] - again[name]).max()) for name in first.quantities)
    unit, before = on.busiest, first.before("cell_state")
    step = int(np.abs(before[:, unit] * first.forget_gate[:, unit]).argmax())
    gate, memory = float(first.forget_gate[step, unit]), float(before[step, unit])
    (shown, old), stays = as_shown(lambda f, c: f * c, (gate, memory), number)
    end = 1.1 * float(np.abs(before[:, unit]).max())
    return Finding(
        verdict=verdict(holds=differ > 0),
        sentence=f"Nothing is drawn by lot: two runs on the same text differ by {differ:g} in all gates and states. A "
        f"gate is a factor. At step {step} unit {unit}’s forget gate is {shown}, its memory {old}, and what stays is "
        f"their product, {stays}, every time.",
        numbers={"differ": differ, "stays": gate * memory},
        recomputed=(((shown, old), lambda f, c: f * c, stays),),
        settings={"text": TEXT, "unit": unit, "step": step},
        chart=over_text(
            on,
            "chance",
            f"Unit {unit}: a factor at work",
            [
                Series(before[:, unit], "the memory before, c", "cell_state"),
                Series((before * first.forget_gate)[:, unit], "what stays, f·c", "accent", dash="dash"),
                Series(first.forget_gate[:, unit], "the forget gate, f", "forget_gate"),
            ],
            -max(1.0, end),
            max(1.0, end),
        ),
    )


def one_number(on: Checked) -> Finding:
    """All forget gates of one step."""
    gates, labels = on.free.forget_gate, on.source.model.trace(TEXT).labels
    words = [step for step, label in enumerate(labels) if label.isalpha()]
    step = words[int(np.ptp(gates[words], axis=1).argmax())]
    row = np.sort(gates[step].astype(float))
    word = labels[step]
    return Finding(
        verdict=verdict(holds=float(np.ptp(row)) == 0),
        sentence=f"A gate has one value for each unit: {len(row)} forget gates at every step. At “{word}” the most "
        f"closed is {significant(float(row[0]), 2)}, the most open {near_one(float(row[-1]))}. What one unit forgets "
        "another keeps.",
        numbers={"units": len(row), "lowest": float(row[0]), "highest": float(row[-1])},
        settings={"text": TEXT, "step": step, "unit": int(gates[step].argmin())},
        chart=Chart(
            name="one_number",
            title=f"The {len(row)} forget gates at “{word}”",
            caption=f"One for each unit, from the most closed to the most open. The text: {TEXT}",
            x=np.arange(len(row), dtype=float),
            x_label="unit, in order of its gate",
            series=[Series(row, "the forget gate", "forget_gate")],
            y_range=(0, 1),
            height=230,
        ),
    )


_claim = partial(Claim, page="what_if", page_title="What if?")
_see = partial(Claim, page="gates_over_time", page_title="Gates over time")
_inside = partial(Claim, page="inside_the_cell", page_title="Inside the cell")
CLAIMS = (
    _claim(
        name="forget_one",
        note="A forget gate of 1 means: forget everything.",
        check=lambda: forget_one(checked()),
    ),
    _see(
        name="between",
        note="The forget gate multiplies the memory by −1, 0 or 1.",
        check=lambda: between_0_and_1(checked()),
    ),
    _see(
        name="one_number",
        note="Each gate is one number per time step.",
        check=lambda: one_number(checked()),
    ),
    _inside(
        name="chance",
        note="A gate of 0.8 lets the value through with a probability of 80%.",
        check=lambda: chance(checked()),
    ),
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
    _inside(
        name="not_a_sum",
        note="The new cell state is the sum of the gates.",
        check=lambda: not_a_sum(checked()),
    ),
    _see(
        name="shown",
        note="A unit never shows more than its output gate allows: |h| ≤ o.",
        check=lambda: shown_at_most_o(checked()),
    ),
    _see(
        name="ignores",
        note="LSTMs ignore useless data.",
        check=lambda: ignores_useless(checked()),
    ),
)
