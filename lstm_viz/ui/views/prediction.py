"""What the network answers after every step, in the form that fits the answer: one function a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.figures.forecast import forecast_data
from lstm_viz.figures.next_symbols import likeliest, next_symbols_data
from lstm_viz.figures.prediction import prediction_data
from lstm_viz.figures.probabilities import probabilities_data
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers
from lstm_viz.tasks.readers.reader import positions
from lstm_viz.trace import Array, Trace
from lstm_viz.words.answers import LIKELY

CHOICES = 5
"""How many next symbols are listed at a step, the likeliest first."""

Parts = tuple[dict[str, Any], dict[str, Array]]


@dataclass(frozen=True, eq=False)
class Answer:
    """The predictions of one run, for the browser: `parts` for all columns, `at` for one step."""

    model: Model
    trace: Trace
    tokens: Sequence[str]

    @cached_property
    def values(self) -> Array:
        """(T, labels), after every step."""
        return self.model.predictions(self.trace)

    @cached_property
    def followers(self) -> Array | None:
        """(T, symbols), what may follow; None where the task does not ask."""
        return self.model.may_follow(self.trace) if self.model.task.followers else None

    @cached_property
    def kind(self) -> str:
        """How it is drawn."""
        task = self.model.task
        if not task.is_classifier:
            return "numbers"
        if not task.labels:
            return "next"
        return "bars" if len(task.labels) == 2 else "classes"

    def parts(self, axis: TokenAxis) -> Parts:
        """Header and arrays, an array's row a column of the heatmaps."""
        forms = {"numbers": self._numbers, "next": self._next, "bars": self._bars, "classes": self._classes}
        header, arrays = forms[self.kind](axis)
        # The answer itself, which the mean over a last column of several steps is not.
        last = self.at(len(self.trace) - 1).get("prediction", [None])[0]
        found = {"prediction": header | {"kind": self.kind, "last": last}}
        if self.followers is not None:
            data = probabilities_data(self.followers, axis, self.model.task.followers, exclusive=False)
            header = {"title": "What may follow", "names": data.names, "caption": data.caption, "likely": LIKELY}
            found["followers"] = header
            arrays["followers"] = data.values
        return found, arrays

    def at(self, step: int) -> dict[str, Any]:
        """The answer at one step, which a column of several steps does not tell."""
        found: dict[str, Any] = {"prediction": self.values[step].tolist()}
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

    def _bars(self, axis: TokenAxis) -> Parts:
        labels = self.model.labels
        favoured, against = labels[self._shown], labels[1 - self._shown]
        data = prediction_data(self.values[:, self._shown], axis, name=f"P({favoured})", middle=0.5)
        return {
            "title": data.name,
            "names": [data.name],
            "caption": data.caption,
            "low": 0,
            "high": 1,
            "middle": data.middle,
            "ends": [against, favoured],
        }, {"prediction": data.values[:, None]}

    def _classes(self, axis: TokenAxis) -> Parts:
        data = probabilities_data(self.values, axis, self.model.labels)
        header = {"title": self.model.task.title, "names": data.names, "caption": data.caption}
        return header, {"prediction": data.values}

    def _next(self, axis: TokenAxis) -> Parts:
        came = (positions(self.tokens, self.model.vocabulary) - 1).tolist()
        data = next_symbols_data(self.values, axis, self._symbols, choices=CHOICES, came=came)
        return {
            "title": "P(what came)",
            "names": ["P(what came)"],
            "low": 0,
            "high": 1,
            "middle": 0,
            "caption": data.caption,
            "choices": data.symbols,
        }, {"prediction": data.given[:, None], "choices": data.shares}

    @cached_property
    def _symbols(self) -> list[str]:
        """The symbols that the predictions are of, as they are shown."""
        return [self.model.task.reader.show(label) for label in self.model.labels]

    def _numbers(self, axis: TokenAxis) -> Parts:
        task, reader = self.model.task, self.model.task.reader
        assert isinstance(reader, Numbers), f"{task.name} guesses numbers but does not read them"
        inputs, guesses = np.array(reader.values(self.tokens)), self.values[:, 0].astype(np.float64)
        data = forecast_data(
            inputs,
            guesses,
            axis,
            ahead=self._ahead(),
            marked=reader.marked(self.tokens),
            unit=task.unit,
            noun=reader.noun.removesuffix("s"),
        )
        return {
            "title": self.model.labels[0].capitalize(),
            "names": [self.model.labels[0]],
            "caption": data.caption,
            "unit": data.unit,
            "low": data.limits[0],
            "high": data.limits[1],
            "ahead": data.ahead,
            "total": data.total,
            "marked": data.marked,
        }, {"prediction": data.guesses[:, None], "input": data.given[:, None]}

    def _ahead(self) -> list[float]:
        """Guesses beyond the last step, where the task looks further than one."""
        return self.model.forecast(" ".join(self.tokens)) if self.model.task.horizon > 1 else []
