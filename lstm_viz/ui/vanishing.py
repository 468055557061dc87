"""Settings in, charts out: how far back a gradient reaches. No Streamlit here, but for the charts' own types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.analysis.describe.gradients import describe_edges, describe_reach, raised, size
from lstm_viz.analysis.fresh import fresh_module, random_inputs
from lstm_viz.analysis.gradients import Gradients, gradients, log10_norm, log10_norm_of_logs, step_bound
from lstm_viz.cells import CELLS, GRU, LSTM, RNN
from lstm_viz.tasks import Model, load_model
from lstm_viz.tasks.task import softmax
from lstm_viz.ui.charts import Band, Chart, Mark, Series
from lstm_viz.ui.chosen import compared
from lstm_viz.ui.jobs import Work, whole
from lstm_viz.ui.samples import MADE, made_text
from lstm_viz.ui.settings import Settings

Floats = NDArray[np.float64]

EDGE = 31
"""Powers of ten at which the axis is cut: past them lies nothing that a float32 could use."""
MOST_STEPS = 1000
RNNS = {"tanh": "rnn", "relu": "rnn_relu", "sigmoid": "rnn_sigmoid"}


@dataclass(frozen=True, eq=False)
class Vanishing:
    """The page's numbers, worked out from its settings alone."""

    settings: Settings
    found: Mapping[str, Gradients] | None = None
    """What has been found of `work` so far; None to find all of it when it is asked for."""

    @cached_property
    def flows(self) -> Mapping[str, Gradients]:
        """Cell (lstm, gru, rnn) → its gradients."""
        if self.found is not None:
            return self.found
        return {cell: flow(self.settings, self._read, cell) for cell in self.cells}

    @cached_property
    def work(self) -> Work:
        """Finding the gradients: cell → its gradients."""
        s = self.settings
        fresh = (s.length, s.hidden, s.radius, s.nonlinearity, s.forget_bias, s.seed)
        return Work(
            "gradients",
            (s.task, self._read, *self.cells) if s.networks == "trained" else fresh,
            "Following gradients back to the start",
            {cell: whole(flow, s, self._read, cell) for cell in self.cells},
            kept=4,
        )

    @property
    def _read(self) -> str:
        return self.text if self.settings.networks == "trained" else ""

    @cached_property
    def cells(self) -> list[str]:
        """Which cells there are to compare."""
        if self.settings.networks == "fresh":
            return [LSTM.name, GRU.name, RNN.name]
        return compared(self.settings.task, self.settings.cell)

    @cached_property
    def text(self) -> str:
        """What the trained networks read."""
        s = self.settings
        if s.task in MADE:
            return made_text(s.task, min(s.length, MOST_STEPS), s.seed)
        task = load_model(s.task).task
        return task.examples[0].text if s.text is None else s.text

    @cached_property
    def problem(self) -> str:
        """What keeps the trained networks from reading the text; "" for nothing."""
        if self.settings.networks == "fresh":
            return ""
        try:
            load_model(self.settings.task).inputs(self.text)
        except ValueError as error:
            return str(error)
        return ""

    @cached_property
    def steps(self) -> int:
        """T."""
        return max(len(flow.exponent) for flow in self.flows.values())

    def title(self, cell: str) -> str:
        """A cell's name, for a plain RNN with its nonlinearity."""
        if cell == RNN.name and self.settings.networks == "fresh":
            return CELLS[RNNS[self.settings.nonlinearity]].title
        return CELLS[cell].title

    def against_distance(self) -> Chart:
        """The size of the gradient, from the end backwards, for all cells, with the bound and what clipping does."""
        distance = np.arange(self.steps, dtype=float)
        series: list[Series] = []
        lines: dict[str, Floats] = {}
        clauses = []
        for cell, flow in self.flows.items():
            logs = flow.log10("hidden_state")
            lines[self.title(cell)] = logs
            clauses.append(describe_reach(self.title(cell), logs))
            meaning = f"∂L/∂h of the {self.title(cell)}"
            series.append(Series(_backwards(logs, self.steps), f"{self.title(cell)}, ∂L/∂h", cell, meaning=meaning))
            if cell == LSTM.name:
                memory = _backwards(flow.log10("cell_state"), self.steps)
                series.append(Series(memory, "LSTM, ∂L/∂c", "cell_state", meaning="∂L/∂c, of the memory"))
        bound, theory = self.bound, ""
        if bound:
            values = distance * np.log10(bound)
            series.append(Series(values, "RNN, theory: (γ·σ_max)ⁿ", "muted", dash=True))
            theory = self._theory(bound)
        # Theory may lie far above all that is measured: it leaves the picture, and the axis fits the measurement.
        low, high = _range(lines.values())
        high = min(EDGE, max(high, 3.0))
        if bound:
            lines["the theory"] = values
        cut = " ".join(self.cut_short)
        caption = f"{'. '.join(clauses)}.{describe_edges(lines, low, high)} {theory} {cut}".strip()
        return Chart(
            name="distance",
            title="Gradient of the end with respect to the state n steps before it",
            caption=caption,
            x=distance,
            x_label="steps before the end, n",
            series=series,
            y_range=(low, high),
            power=True,
            height=400,
        )

    @cached_property
    def bound(self) -> float | None:
        """γ·σ_max of the plain RNN on show."""
        if RNN.name not in self.flows:
            return None
        s = self.settings
        if s.networks == "trained":
            return step_bound(load_model(s.task, RNN.name).network.recurrent)
        return step_bound(_module(RNNS[s.nonlinearity], s.hidden, s.radius, s.forget_bias, s.seed))

    def _theory(self, bound: float) -> str:
        logs = self.flows[RNN.name].log10("hidden_state")
        per_step = 10 ** ((logs[0] - logs[-1]) / max(1, len(logs) - 1)) if np.isfinite(logs[0]) else 0.0
        reading = "so it must vanish" if bound < 1 else "so theory alone allows it to grow or to vanish"
        return (
            f"One step of this RNN multiplies a gradient by at most γ·σ_max = {bound:.3g}, {reading}; "
            f"measured, it is {per_step:.3g} a step on average."
        )

    @cached_property
    def cut_short(self) -> list[str]:
        """Which networks left the range of numbers before the end, a sentence each."""
        if self.settings.networks == "trained":
            return []
        asked = min(self.settings.length, MOST_STEPS)
        return [
            f"The {self.title(cell)}'s own states pass 10³⁰⁸, all that a number can hold, at step "
            f"{len(flow.exponent):,} of {asked:,}; its gradient is that of the steps before."
            for cell, flow in self.flows.items()
            if len(flow.exponent) < asked
        ]

    def two_paths(self) -> list[Chart]:
        """The LSTM's gradient by the way it took, above the forget gates that decide one of them; one time axis."""
        flow = self.flows[LSTM.name]
        total, (memory, rest) = flow.log10("cell_state"), split_paths(flow)
        forget = flow.layer["forget_gate"]
        time = np.arange(len(total), dtype=float)
        low, high = _range([total, memory, rest])
        kept = _share(float(np.exp(np.log(np.maximum(forget, 1e-300)).mean())))
        back = len(total) - 1
        paths = (
            f"From the last step to the first, the path that never leaves the memory carries {size(memory[0])}, all "
            f"paths that go through h somewhere carry {size(rest[0])}, and together they make {size(total[0])}."
            + describe_edges({"the memory path": memory, "the rest": rest}, low, high)
        )
        gates = (
            f"The forget gates average {_share(float(forget.mean()))} (geometric mean {kept}). A unit that kept {kept} "
            f"of its memory at each of {back:,} steps would keep {kept}{raised(back)} = "
            f"{size(back * np.log10(float(kept)))}. The band holds the middle 80% of units."
        )
        return [
            Chart(
                name="paths",
                title="Two ways back through the LSTM",
                caption=paths,
                x=time,
                x_label="time step, t",
                series=[
                    Series(total, "∂L/∂c, all paths", "cell_state"),
                    Series(memory, "through the memory alone: ∏ f", "forget_gate", dash=True),
                    Series(
                        np.where(np.isfinite(rest), rest, np.nan), "through h at some step", "hidden_state", dash=True
                    ),
                ],
                y_range=(low, high),
                power=True,
                height=300,
                group="time",
            ),
            Chart(
                name="forget",
                title="Forget gates",
                caption=gates,
                x=time,
                x_label="time step, t",
                series=[Series(forget.mean(axis=1), "forget gate, mean over units", "forget_gate")],
                bands=[Band(np.quantile(forget, 0.1, axis=1), np.quantile(forget, 0.9, axis=1), "forget_gate")],
                y_range=(0, 1),
                height=180,
                group="time",
            ),
        ]

    def clipping(self) -> Chart:
        """What clipping by norm does to the gradient of each cell."""
        s, distance = self.settings, np.arange(self.steps, dtype=float)
        series, sentences = [], []
        lines: dict[str, Floats] = {}
        for cell, flow in self.flows.items():
            logs, title = flow.log10("hidden_state"), self.title(cell)
            over = flow.weight_norm - np.log10(s.clip)
            lines[title] = logs
            series.append(Series(_backwards(logs, self.steps), title, cell))
            if over > 0:
                lines[f"{title}, clipped"] = logs - over
                series.append(Series(_backwards(logs - over, self.steps), f"{title}, clipped", cell, dash=True))
                sentences.append(
                    f"{title}: norm {size(flow.weight_norm)}, so everything is multiplied by {size(-over)}"
                )
            else:
                sentences.append(f"{title}: norm {size(flow.weight_norm)}, not clipped")
        low, high = _range(lines.values())
        return Chart(
            name="clipping",
            title=f"Clipped to a norm of {s.clip:g}",
            caption=f"Norm of the gradient with respect to all recurrent weights. {'. '.join(sentences)}. "
            "A clipped curve moves down as a whole and keeps its shape: clipping stops an update from being too large, "
            f"and brings back nothing that has vanished.{describe_edges(lines, low, high)}",
            x=distance,
            x_label="steps before the end, n",
            series=series,
            y_range=(low, high),
            power=True,
            height=280,
        )


def power_chart(factor: float, power: int) -> Chart:
    """aⁿ, the whole idea in one number."""
    most = max(20, power)
    n = np.arange(most + 1, dtype=float)
    log = np.log10(factor) if factor > 0 else -np.inf
    with np.errstate(invalid="ignore"):
        logs = np.where(n > 0, n * log, 0.0)
    low, high = _range([logs])
    value = size(float(logs[power]))
    verdict = "vanishes" if factor < 1 else "explodes" if factor > 1 else "stays what it is"
    pace = ""
    if 0 < factor != 1:
        steps = f"{abs(np.log(2) / np.log(factor)):.2g}"
        pace = f"; it {'halves' if factor < 1 else 'doubles'} every {steps} step{'s' * (steps != '1')}"
    return Chart(
        name="power",
        title=f"{factor:g}{raised(power)} = {value}",
        caption=f"{factor:g} multiplied by itself {verdict}{pace}." + describe_edges({"it": logs}, low, high),
        x=n,
        x_label="n",
        series=[Series(logs, "aⁿ", "accent")],
        marks=[Mark(float(power), f"n = {power}")],
        y_range=(low, high),
        power=True,
        height=230,
    )


def split_paths(flow: Gradients) -> tuple[Floats, Floats]:
    """log10 of the sizes of two parts of ∂L/∂c_t: what never left the memory, and the rest; (T,) each."""
    assert flow.memory_path is not None
    direction = flow.direction["cell_state"]
    sign = np.sign(direction[-1])
    with np.errstate(under="ignore", over="ignore"):
        path = sign * 10.0 ** np.clip(flow.memory_path - flow.exponent[:, None], -320, 300)
    rest = direction - path
    # At the last step both are the same number; what differs there is rounding.
    rest[np.abs(rest) < 1e-14 * np.abs(direction)] = 0.0
    return log10_norm_of_logs(flow.memory_path), log10_norm(rest) + flow.exponent


def _share(value: float) -> str:
    """A share with as many digits as show how far it is from 1."""
    lacking = max(1 - value, 1e-9)
    return f"{value:.{max(3, 1 + int(np.ceil(-np.log10(lacking))))}f}"


def _backwards(logs: Floats, steps: int) -> Floats:
    """By distance from the end; NaN past the first step of a shorter run."""
    return np.concatenate([logs[::-1], np.full(steps - len(logs), np.nan)])


def _range(lines: Iterable[Floats]) -> tuple[float, float]:
    """An axis around all lines, at least from a thousandth to 10, at most `EDGE` powers either way."""
    values = np.concatenate([np.asarray(line)[np.isfinite(line)] for line in lines])
    low, high = (values.min(), values.max()) if len(values) else (0.0, 0.0)
    return max(-EDGE, min(-3.0, np.floor(low))), min(EDGE, max(1.0, np.ceil(high)))


@lru_cache(maxsize=64)
def _module(cell: str, hidden: int, radius: float, forget_bias: float, seed: int) -> torch.nn.Module:
    return fresh_module(cell, hidden, radius=radius, forget_bias=forget_bias, seed=seed)


def flow(settings: Settings, text: str, cell: str) -> Gradients:
    """The gradients of one cell; text: what a trained network reads."""
    if settings.networks == "trained":
        model = load_model(settings.task, cell)
        return gradients(model.network.recurrent, model.inputs(text), answer_weights(model, text))
    name = RNNS[settings.nonlinearity] if cell == RNN.name else cell
    module = _module(name, settings.hidden, settings.radius, settings.forget_bias, settings.seed)
    inputs = random_inputs(min(settings.length, MOST_STEPS), settings.seed).numpy()
    return gradients(module, inputs[: finite_steps(module, inputs)])


def finite_steps(module: torch.nn.Module, inputs: Floats) -> int:
    """How many steps a network runs before a state leaves the range of a float."""
    with torch.no_grad():
        hidden = module(torch.from_numpy(inputs))[0]
    wrong = (~torch.isfinite(hidden).all(dim=1)).nonzero()
    # A margin, since sums on the way to a state leave the range before it does.
    return len(inputs) if not len(wrong) else max(1, int(wrong[0]) - 2)


def answer_weights(model: Model, text: str) -> Floats:
    """How much each unit counts for the answer: for classes, the winner's against the mean of all; norm 1."""
    rows = model.network.head.weight.detach().double().numpy()
    winner = int(model.predictions(text)[-1].argmax()) if model.task.answers is softmax else 0
    weights = rows[winner] - (rows.mean(axis=0) if model.task.answers is softmax else 0)
    return np.asarray(weights / np.linalg.norm(weights))
