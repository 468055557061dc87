"""What the network answers after every step, in the form that fits the answer: one function a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lstm_viz.analysis.aggregate import Edges, aggregate
from lstm_viz.analysis.answers.followed import followed
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers
from lstm_viz.tasks.readers.reader import positions
from lstm_viz.trace import Array, Trace
from lstm_viz.words import (
    describe_classes,
    describe_followers,
    describe_forecast,
    describe_next,
    describe_prediction,
    describe_sum,
    given_to_what_came,
)
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

    def parts(self, edges: Edges) -> Parts:
        """Header and arrays, an array's row a column of the heatmaps."""
        forms = {"numbers": self._numbers, "next": self._next, "bars": self._bars, "classes": self._classes}
        header, arrays = forms[self.kind](edges)
        # The answer itself, which the mean over a last column of several steps is not.
        last = self.at(len(self.trace) - 1).get("prediction", [None])[0]
        found = {"prediction": header | {"kind": self.kind, "last": last}}
        if self.followers is not None:
            names = self.model.task.followers
            caption = describe_followers(self.followers, self.trace.labels, names)
            found["followers"] = {"title": "What may follow", "names": names, "caption": caption, "likely": LIKELY}
            arrays["followers"] = aggregate(self.followers, edges)
        return found, arrays

    def at(self, step: int) -> dict[str, Any]:
        """The answer at one step, which a column of several steps does not tell."""
        found: dict[str, Any] = {"prediction": self.values[step].tolist()}
        if self.kind == "next":
            symbols, shares = self._likeliest(np.array([step]))
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

    def _bars(self, edges: Edges) -> Parts:
        labels = self.model.labels
        favoured, against = labels[self._shown], labels[1 - self._shown]
        values, name = self.values[:, [self._shown]], f"P({favoured})"
        return {
            "title": name,
            "names": [name],
            "caption": describe_prediction(values[:, 0], self.trace.labels, name),
            "low": 0,
            "high": 1,
            "middle": 0.5,
            "ends": [against, favoured],
        }, {"prediction": aggregate(values, edges)}

    def _classes(self, edges: Edges) -> Parts:
        names = self.model.labels
        return {
            "title": self.model.task.title,
            "names": names,
            "caption": describe_classes(self.values, self.trace.labels, names),
        }, {"prediction": aggregate(self.values, edges)}

    def _next(self, edges: Edges) -> Parts:
        came = (positions(self.tokens, self.model.vocabulary) - 1).tolist()
        given = given_to_what_came(self.values, came)
        symbols, shares = self._likeliest(edges[:-1])
        return {
            "title": "P(what came)",
            "names": ["P(what came)"],
            "low": 0,
            "high": 1,
            "middle": 0,
            "caption": describe_next(self.values, came, self.trace.labels, self._symbols),
            "choices": symbols,
        }, {"prediction": aggregate(given[:, None], edges), "choices": shares}

    @cached_property
    def _symbols(self) -> list[str]:
        """The symbols that the predictions are of, as they are shown."""
        return [self.model.task.reader.show(label) for label in self.model.labels]

    def _likeliest(self, steps: Edges) -> tuple[list[list[str]], Array]:
        """At each step the likeliest next symbols and their probabilities, (steps, CHOICES)."""
        values = self.values[steps]
        best = np.argsort(-values, axis=1, kind="stable")[:, :CHOICES]
        return [[self._symbols[k] for k in row] for row in best], np.take_along_axis(values, best, axis=1)

    def _numbers(self, edges: Edges) -> Parts:
        task, reader = self.model.task, self.model.task.reader
        assert isinstance(reader, Numbers), f"{task.name} guesses numbers but does not read them"
        inputs, guesses = np.array(reader.values(self.tokens)), self.values[:, 0].astype(np.float64)
        marked = reader.marked(self.tokens)
        ahead = self._ahead()
        total = [float(inputs[marked].sum())] if len(marked) else []
        if ahead:
            noun = reader.noun.removesuffix("s")
            caption = describe_forecast(guesses, inputs, ahead, self.trace.labels, unit=task.unit, noun=noun)
        else:
            caption = describe_sum(guesses, inputs, marked, self.trace.labels)
        seen = [*inputs, *guesses, *ahead, *total]
        return {
            "title": self.model.labels[0].capitalize(),
            "names": [self.model.labels[0]],
            "caption": caption,
            "unit": task.unit,
            "low": min(seen),
            "high": max(seen),
            "ahead": ahead,
            "total": total,
            "marked": [(step, float(inputs[step])) for step in marked],
        }, {"prediction": aggregate(guesses[:, None], edges), "input": aggregate(inputs[:, None], edges)}

    def _ahead(self) -> list[float]:
        """Guesses beyond the last step, where the task looks further than one."""
        return self.model.forecast(" ".join(self.tokens)) if self.model.task.horizon > 1 else []
