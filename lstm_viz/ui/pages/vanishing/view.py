"""Settings in, charts out: how far back a gradient reaches. No Streamlit here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.analysis.fresh import finite_steps, fresh_module, random_inputs
from lstm_viz.analysis.gradients import Gradients, gradients, step_bound
from lstm_viz.cells import CELLS, GRU, LSTM, RNN
from lstm_viz.figures.chart import Chart
from lstm_viz.figures.clipped_gradients import clipped_gradients_chart
from lstm_viz.figures.gradient_paths import gradient_paths_charts
from lstm_viz.figures.gradients_by_distance import gradients_by_distance_chart
from lstm_viz.figures.powers import powers_chart
from lstm_viz.tasks import Model, load_model
from lstm_viz.tasks.made import MADE, made_text
from lstm_viz.tasks.task import softmax
from lstm_viz.ui.jobs import Work, whole
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import compared

Floats = NDArray[np.float64]

MOST_STEPS = 1000
MOST_POWER = 100
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
        """The size of the gradient, from the end backwards, for all cells, with the bound."""
        chart = gradients_by_distance_chart(self.flows, bound=self.bound)
        return replace(chart, caption=" ".join([chart.caption, *self.cut_short]))

    @cached_property
    def bound(self) -> float | None:
        """γ·σ_max of the plain RNN on show."""
        if RNN.name not in self.flows:
            return None
        s = self.settings
        if s.networks == "trained":
            return step_bound(load_model(s.task, RNN.name).network.recurrent)
        return step_bound(_module(RNNS[s.nonlinearity], s.hidden, s.radius, s.forget_bias, s.seed))

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
        return gradient_paths_charts(self.flows[LSTM.name])

    def clipping(self) -> Chart:
        """What clipping by norm does to the gradient of each cell."""
        return clipped_gradients_chart(self.flows, norm=self.settings.clip)


def power(settings: Settings) -> Chart:
    """A number multiplied by itself: the page's simplest picture."""
    return powers_chart(settings.factor, min(MOST_POWER, settings.power))


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


def answer_weights(model: Model, text: str) -> Floats:
    """How much each unit counts for the answer: for classes, the winner's against the mean of all; norm 1."""
    rows = model.network.head.weight.detach().double().numpy()
    winner = int(model.predictions(text)[-1].argmax()) if model.task.answers is softmax else 0
    weights = rows[winner] - (rows.mean(axis=0) if model.task.answers is softmax else 0)
    return np.asarray(weights / np.linalg.norm(weights))
