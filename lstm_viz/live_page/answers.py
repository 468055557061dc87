"""What the network answers after every step, in the form that fits the answer: one function a form.

`web/analysis/answers.js` makes the same numbers in the browser; the words stand apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict

import numpy as np

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.figures.forecast import Forecast, forecast_data
from lstm_viz.figures.next_symbols import NextSymbols, likeliest, next_symbols_data
from lstm_viz.figures.outputs import Outputs, outputs_data
from lstm_viz.figures.prediction import Prediction, prediction_data
from lstm_viz.figures.probabilities import Probabilities, probabilities_data
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers
from lstm_viz.tasks.readers.reader import positions
from lstm_viz.trace import Array, Trace
from lstm_viz.words.answers import LIKELY

CHOICES = 5
"""How many next symbols are listed at a step, the likeliest first."""

CAME = "P(what came)"
"""What a model of the next symbol is measured by."""

Parts = tuple[dict[str, Any], dict[str, Array]]


class AnswerWords(TypedDict):
    """What the answers of a network are called, and in what they are; of symbols that may follow, from where on."""

    title: str
    unit: str
    followers: str
    likely: float


def answer_words(model: Model) -> AnswerWords:
    """What the answers to any text are called."""
    task = model.task
    match kind_of(model):
        case "none":
            title = ""
        case "outputs":
            title = "Outputs"
        case "numbers":
            title = model.labels[0].capitalize()
        case "next":
            title = CAME
        case "bars":
            title = f"P({model.labels[task.favoured]})"
        case _:
            title = task.title
    return {"title": title, "unit": task.unit, "followers": "What may follow", "likely": LIKELY}


def kind_of(model: Model) -> str:
    """How the answers of a network are drawn; "none" where it has none."""
    task = model.task
    if not model.answers:
        return "none"
    if not task.is_classifier:
        return "numbers" if isinstance(task.reader, Numbers) else "outputs"
    if not task.labels:
        return "next"
    return "bars" if len(task.labels) == 2 else "classes"


def tokens_of(model: Model, trace: Trace) -> list[str]:
    """The tokens that a network read in a run of its own, from the labels that show them."""
    symbols = {model.task.reader.show(symbol): symbol for symbol in model.vocabulary}
    return [symbols.get(label, label) for label in trace.labels]


@dataclass(frozen=True, eq=False)
class Answer:
    """The predictions of one run, over an axis of its tokens: `captions`, `numbers` of all columns, and `at` a step."""

    model: Model
    trace: Trace
    tokens: Sequence[str]
    axis: TokenAxis

    @cached_property
    def values(self) -> Array:
        """(T, labels), after every step."""
        return self.model.predictions(self.trace)

    @cached_property
    def followers(self) -> Array | None:
        """(T, symbols), what may follow; None where the task does not ask."""
        return self.model.may_follow(self.trace) if self.model.task.followers else None

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return kind_of(self.model)

    @cached_property
    def _drawn(self) -> Prediction | Probabilities | NextSymbols | Forecast | Outputs | None:
        match self.kind:
            case "none":
                return None
            case "outputs":
                return outputs_data(self.values, self.axis, self.model.labels)
            case "bars":
                return self._bars()
            case "classes":
                return self._classes()
            case "next":
                return self._next()
        return self._guesses()

    @cached_property
    def _drawn_followers(self) -> Probabilities | None:
        if self.followers is None:
            return None
        return probabilities_data(self.followers, self.axis, self.model.task.followers, exclusive=False)

    def captions(self) -> dict[str, str]:
        """A sentence on the answer, and one on what may follow."""
        drawn = {"prediction": self._drawn, "followers": self._drawn_followers}
        return {name: data.caption for name, data in drawn.items() if data}

    def numbers(self) -> Parts:
        """Header and arrays, an array's row a column of the heatmaps; nothing of a network without answers."""
        if self.kind == "none":
            return {}, {}
        # The answer itself, which the mean over a last column of several steps is not.
        last = self.at(len(self.trace) - 1).get("prediction", [None])[0]
        header, arrays = self._numbers()
        found = {"prediction": {"kind": self.kind, "last": last} | header}
        if data := self._drawn_followers:
            found["followers"] = {"names": data.names}
            arrays["followers"] = data.values
        return found, arrays

    def _numbers(self) -> Parts:
        match self._drawn:
            case Prediction() as data:
                labels, shown = self.model.labels, self._shown
                ends = {"low": 0, "high": 1, "middle": data.middle, "ends": [labels[1 - shown], labels[shown]]}
                return {"names": [data.name]} | ends, {"prediction": data.values[:, None]}
            case Probabilities() as data:
                return {"names": data.names}, {"prediction": data.values}
            case Outputs() as data:
                return {"names": data.names, "low": -data.limit, "high": data.limit}, {"prediction": data.values}
            case NextSymbols() as data:
                ends = {"low": 0, "high": 1, "middle": 0}
                arrays = {"prediction": data.given[:, None], "choices": data.shares}
                return {"names": [CAME], "choices": data.symbols} | ends, arrays
            case Forecast() as data:
                more = {"ahead": data.ahead, "total": data.total, "marked": data.marked}
                low, high = data.limits
                arrays = {"prediction": data.guesses[:, None], "input": data.given[:, None]}
                return {"names": [self.model.labels[0]], "low": low, "high": high} | more, arrays
        return {}, {}

    def at(self, step: int) -> dict[str, Any]:
        """The answer at one step, which a column of several steps does not tell."""
        if isinstance(self._drawn, Outputs):
            return {"prediction": self.values[step, self._drawn.which].tolist()}
        found: dict[str, Any] = {"prediction": self.values[step].tolist()} if self.kind != "none" else {}
        if self.kind == "next":
            symbols, shares = likeliest(self.values, np.array([step]), self._symbols, CHOICES)
            found = {"choices": list(zip(symbols[0], shares[0].tolist(), strict=True))}
        elif self.kind == "bars":
            found["prediction"] = found["prediction"][self._shown :]
        if self.followers is not None:
            found["followers"] = self.followers[step].tolist()
        return found

    @property
    def _shown(self) -> int:
        """Which of two labels is drawn, as far as it is from even: the one that stands for yes."""
        return followed(self.model, self.values)

    def _bars(self) -> Prediction:
        shown = self._shown
        return prediction_data(self.values[:, shown], self.axis, name=f"P({self.model.labels[shown]})", middle=0.5)

    def _classes(self) -> Probabilities:
        return probabilities_data(self.values, self.axis, self.model.labels)

    def _next(self) -> NextSymbols:
        came = (positions(self.tokens, self.model.vocabulary) - 1).tolist()
        return next_symbols_data(self.values, self.axis, self._symbols, choices=CHOICES, came=came)

    @cached_property
    def _symbols(self) -> list[str]:
        """The symbols that the predictions are of, as they are shown."""
        return [self.model.task.reader.show(label) for label in self.model.labels]

    def _guesses(self) -> Forecast:
        task, reader = self.model.task, self.model.task.reader
        assert isinstance(reader, Numbers), f"{task.name} guesses numbers but does not read them"
        return forecast_data(
            np.array(reader.values(self.tokens)),
            self.values[:, 0].astype(np.float64),
            self.axis,
            ahead=self._ahead(),
            marked=reader.marked(self.tokens),
            unit=task.unit,
            noun=reader.noun.removesuffix("s"),
        )

    def _ahead(self) -> list[float]:
        """Guesses beyond the last step, where the task looks further than one."""
        return self.model.forecast(" ".join(self.tokens)) if self.model.task.horizon > 1 else []
