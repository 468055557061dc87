"""Settings in, charts out: how far back a gradient reaches. No Streamlit here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from weakref import ref

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.analysis.answers.answer_weights import answer_weights
from lstm_viz.analysis.fresh import finite_steps, fresh_module, random_inputs
from lstm_viz.analysis.gradients import Gradients, followed, step_bound
from lstm_viz.cells import CELLS, GRU, LSTM, RNN
from lstm_viz.figures.chart import Chart
from lstm_viz.figures.clipped_gradients import clipped_gradients_chart
from lstm_viz.figures.gradient_paths import gradient_paths_charts
from lstm_viz.figures.gradients_by_distance import gradients_by_distance_chart
from lstm_viz.figures.powers import powers_chart
from lstm_viz.sources import Source, cells_together
from lstm_viz.tasks.made import MADE, made_text
from lstm_viz.ui.jobs import Tell, Work
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import CLOSED, siblings_of, source_of
from lstm_viz.words.gradient_examples import describe_below

Floats = NDArray[np.float64]

MOST_STEPS = 1000
_UNSAID: Tell = lambda share: None  # noqa: E731
RNNS = {"tanh": "rnn", "relu": "rnn_relu", "sigmoid": "rnn_sigmoid"}


@dataclass(frozen=True, eq=False)
class Vanishing:
    """The page's numbers, worked out from its settings alone."""

    settings: Settings
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Cell → its trained network, where the settings ask for trained ones."""
    found: Mapping[str, Gradients] | None = None
    """What has been found of `work` so far; None to find all of it when it is asked for."""

    @classmethod
    def of(cls, settings: Settings) -> "Vanishing":
        """The page's numbers, of the networks that the settings themselves name."""
        if settings.networks == "fresh":
            return cls(settings)
        task = settings.networks if settings.networks in MADE else source_of(settings).task.name
        return cls(settings, siblings_of(settings, task, cells_together(task, settings.cell)))

    @cached_property
    def flows(self) -> Mapping[str, Gradients]:
        """Cell (lstm, gru, rnn) → its gradients."""
        if self.found is not None:
            return self.found
        return {cell: find() for cell, find in self._pieces.items()}

    @cached_property
    def work(self) -> Work:
        """Finding the gradients: cell → its gradients."""
        s = self.settings
        fresh = (self.length, s.hidden, s.radius, s.nonlinearity, s.forget_bias, s.seed)
        trained = (*(source.name for source in self.sources.values()), s.layer, s.direction, self.text)
        return Work(
            "gradients",
            trained if self.sources else fresh,
            "Following gradients back to the start",
            self._pieces,
            kept=4,
        )

    def piece(self, cell: str) -> Gradients:
        """The gradients of one cell alone."""
        return self.flows[cell] if self.found is not None else self._pieces[cell]()

    @property
    def _pieces(self) -> dict[str, Callable[..., Gradients]]:
        if self.sources:
            # A job outlives the page that began it, and must not keep an upload.
            return {cell: partial(flow_of, ref(each), self.settings, self.text) for cell, each in self.sources.items()}
        return {cell: partial(fresh_flow, self.settings, cell) for cell in self.cells}

    @property
    def cells(self) -> list[str]:
        """Which cells there are to compare."""
        return list(self.sources) or [LSTM.name, GRU.name, RNN.name]

    @property
    def _first(self) -> Source:
        return next(iter(self.sources.values()))

    @property
    def length(self) -> int:
        """T asked for, no more than the page takes."""
        s = self.settings
        return s.made_length if s.networks in MADE else min(s.length, MOST_STEPS)

    @cached_property
    def text(self) -> str:
        """What the trained networks read; "" for those just initialised."""
        if not self.sources:
            return ""
        task, given = self._first.task, self.settings.text
        if task.name in MADE:
            return made_text(task.name, self.length, self.settings.seed)
        return task.examples[0].text if given is None else given

    @cached_property
    def problem(self) -> str:
        """What keeps the trained networks from reading the text; "" for nothing."""
        if not self.sources:
            return ""
        reading = self._first.read(self.text)
        if not reading.problem and len(reading.tokens) > MOST_STEPS:
            return (
                f"The text of the page Gates over time has {len(reading.tokens):,} steps; a gradient is followed "
                f"through {MOST_STEPS:,} at most. Shorten it there."
            )
        return reading.problem

    @cached_property
    def steps(self) -> int:
        """T."""
        return max(len(flow.exponent) for flow in self.flows.values())

    def title(self, cell: str) -> str:
        """A cell's name, for a plain RNN with its nonlinearity."""
        if cell == RNN.name and not self.sources:
            return CELLS[RNNS[self.settings.nonlinearity]].title
        return CELLS[cell].title

    def against_distance(self) -> Chart:
        """The size of the gradient, from the end backwards, for all cells, with the bound."""
        chart = gradients_by_distance_chart(self.flows, bound=self.bound)
        said = [chart.caption, describe_below(self.flows), *self.cut_short]
        return replace(chart, caption=" ".join(filter(None, said)))

    @cached_property
    def bound(self) -> float | None:
        """γ·σ_max of the plain RNN on show."""
        if RNN.name not in self.flows:
            return None
        s = self.settings
        if self.sources:
            return step_bound(self.sources[RNN.name].module(self.sources[RNN.name].place(s.layer, s.direction)))
        return step_bound(_module(RNNS[s.nonlinearity], s.hidden, s.radius, s.forget_bias, s.seed))

    @cached_property
    def cut_short(self) -> list[str]:
        """Which networks left the range of numbers before the end, a sentence each."""
        if self.sources:
            return []
        asked = self.length
        return [
            f"The {self.title(cell)}'s own states pass 10³⁰⁸, all that a number can hold, at step "
            f"{len(flow.exponent):,} of {asked:,}; its gradient is that of the steps before."
            for cell, flow in self.flows.items()
            if len(flow.exponent) < asked
        ]

    @property
    def answers(self) -> bool:
        """Whether it is the score of an answer whose gradient is followed: every network has one that ships."""
        return bool(self.sources) and self._first.model.answers

    @property
    def has_paths(self) -> bool:
        """Whether an LSTM is among the cells, whose gradient has two ways to take."""
        return LSTM.name in self.cells

    def two_paths(self) -> list[Chart]:
        """The LSTM's gradient by the way it took, above the forget gates that decide one of them; one axis."""
        return gradient_paths_charts(self.flows[LSTM.name])

    def clipping(self) -> Chart:
        """What clipping by norm does to the gradient of each cell."""
        return clipped_gradients_chart(self.flows, norm=self.settings.clip)


def power(settings: Settings) -> Chart:
    """A number multiplied by itself: the page's simplest picture."""
    return powers_chart(settings.factor, settings.power)


@lru_cache(maxsize=64)
def _module(cell: str, hidden: int, radius: float, forget_bias: float, seed: int) -> torch.nn.Module:
    return fresh_module(cell, hidden, radius=radius, forget_bias=forget_bias, seed=seed)


def fresh_flow(settings: Settings, cell: str, tell: Tell = _UNSAID) -> Gradients:
    """The gradients of a network just initialised; `tell` as for `followed`."""
    name = RNNS[settings.nonlinearity] if cell == RNN.name else cell
    module = _module(name, settings.hidden, settings.radius, settings.forget_bias, settings.seed)
    inputs = random_inputs(min(settings.length, MOST_STEPS), settings.seed).numpy()
    tell(0.0)
    return followed(module, inputs[: finite_steps(module, inputs)], tell=tell)


def flow_of(source: "ref[Source]", settings: Settings, text: str, tell: Tell = _UNSAID) -> Gradients:
    """The same for a source as long as there is one."""
    here = source()
    if here is None:
        raise ValueError(CLOSED)
    return trained_flow(here, settings, text, tell)


def trained_flow(source: Source, settings: Settings, text: str, tell: Tell = _UNSAID) -> Gradients:
    """The gradients of the chosen layer of a trained network, in the order in which it reads."""
    place, trace = source.place(settings.layer, settings.direction), source.run(source.read(text).tokens)
    inputs = source.inputs(trace, place)
    if place.direction == "backward":
        inputs = inputs[::-1].copy()
    weights = answer_weights(source.model, trace) if source.answers_from(place) else None
    return followed(source.module(place), inputs, weights, tell=tell)
