"""The same text through the plain cells that a task has, and a variant, as data for the browser."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.aggregate import columns
from lstm_viz.analysis.answers.followed import followed
from lstm_viz.cells import CELLS, LSTM, VARIANTS
from lstm_viz.figures.cells_compared import ComparedCell, cells_compared_data
from lstm_viz.figures.style import THEMES, cell_colour, cell_title, scale
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.sources import Source, cells_together
from lstm_viz.tasks.readers import Numbers
from lstm_viz.tasks.readers.reader import positions
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.axis import axis
from lstm_viz.ui.views.chosen import at_checkpoint, siblings_of
from lstm_viz.ui.views.envelope import Parts, numbers, words
from lstm_viz.ui.views.examples import compared_examples
from lstm_viz.ui.views.network import Network, network
from lstm_viz.ui.views.through import Through, moment
from lstm_viz.ui.views.view import View
from lstm_viz.words import given_to_what_came, number
from lstm_viz.words.alike import span_of
from lstm_viz.words.side_by_side import describe_ends, describe_kinds, describe_means, describe_way
from lstm_viz.words.through_training import describe_training

Floats = NDArray[np.floating]


def views_of(settings: Settings, task: str) -> dict[str, View]:
    """Cell → its view of the same text."""
    sources = siblings_of(settings, task, cells_together(task, settings.cell))
    views = {
        cell: View(at_checkpoint(source, settings.checkpoint), replace(settings, task=task, cell=cell))
        for cell, source in sources.items()
    }
    if settings.untrained in sources and sources[settings.untrained].states is not None:
        source = at_checkpoint(sources[settings.untrained], 0)
        views[untrained_name(settings.untrained)] = View(source, replace(settings, task=task, cell=settings.untrained))
    return views


def untrained_name(cell: str) -> str:
    """What a cell's network is called that was not trained yet."""
    return f"{CELLS[cell].title}, untrained"


def comparison_message(view: View, views: Mapping[str, View]) -> Parts:
    """All that the page's live part shows: header and arrays.

    Parameters
    ----------
    view : of the cell that the settings name, whose editor it is
    views : cell → its view of the same text
    """
    here = Comparison(views)
    header, arrays = here.numbers(view)
    return {**here.words(view), **header}, arrays


def comparison_words(view: View, views: Mapping[str, View]) -> dict[str, Any]:
    """What the page says, and what there is to choose from; arguments as for `comparison_message`."""
    return Comparison(views).words(view)


def comparison_numbers(view: View, views: Mapping[str, View]) -> Parts:
    """What the page draws, which `web/pages/cells_compared/numbers.js` makes in the browser."""
    return Comparison(views).numbers(view)


@dataclass(frozen=True, eq=False)
class Comparison:
    """The same text through several cells: cell → its view of it."""

    views: Mapping[str, View]

    @property
    def first(self) -> View:
        """The one whose axis is shown."""
        return next(iter(self.views.values()))

    @cached_property
    def traces(self) -> Mapping[str, Trace]:
        """Cell → its run; empty where there is nothing to read."""
        return {cell: view.trace for cell, view in self.views.items() if view.trace is not None}

    def layers(self) -> dict[str, LayerTrace]:
        """What the browser's own runs are held against, by cell; empty where there is no run."""
        return {cell: self.views[cell].layer for cell in self.traces}

    @property
    def asks_what_comes(self) -> bool:
        """Whether the networks guess the next symbol: what is followed then is the one that came."""
        task = self.first.model.task
        return task.is_classifier and not task.labels

    @cached_property
    def column(self) -> int:
        """Which column of the predictions is followed, where it is the same one at every step."""
        model = self.first.model
        return followed(model, model.predictions(self.traces[model.cell]))

    @property
    def name(self) -> str:
        """What is followed."""
        model = self.first.model
        if self.asks_what_comes:
            return "P(what came)"
        return f"P({model.labels[self.column]})" if model.task.is_classifier else model.labels[self.column]

    @cached_property
    def lines(self) -> Mapping[str, Floats]:
        """Cell → what it says after every step; of the next symbol, what it gave to each one before it came."""
        if self.asks_what_comes:
            came = (positions(self.first.reading.tokens, self.first.model.vocabulary) - 1).tolist()
            models = {cell: self.views[cell].model for cell in self.traces}
            return {
                cell: given_to_what_came(models[cell].predictions(trace), came) for cell, trace in self.traces.items()
            }
        return {cell: self.views[cell].model.predictions(trace)[:, self.column] for cell, trace in self.traces.items()}

    @property
    def right(self) -> float | None:
        """What the answer should be at the end, where the text says it: the sum of the numbers that are marked."""
        reader, tokens = self.first.model.task.reader, self.first.reading.tokens
        if not isinstance(reader, Numbers) or not (marked := reader.marked(tokens)):
            return None
        return float(sum(reader.values([tokens[k] for k in marked])))

    def words(self, view: View) -> dict[str, Any]:
        """What only Python can say; `view` as for `comparison_message`."""
        common = words(view)
        cells = [self._cell(cell) for cell in self.views]
        return {
            **common,
            "menu": {**common["menu"], "cells": [], "cell": ""},
            "examples": compared_examples(
                {cell: each.source for cell, each in self.views.items() if cell in CELLS}, view.place
            ),
            "networks": {cell: self._network(cell) for cell in self.views},
            "through": self._through(common["through"], view),
            "themes": _colours(tuple(self.views)),
            "rows": self.rows(),
            "cells": cells,
            "beside": [(name, CELLS[name].title) for name in self._with_states],
            "order": max((cell["order"] for cell in cells), key=len),
            "captions": self._captions() if self.traces else {},
        }

    @property
    def _with_states(self) -> list[str]:
        return [cell for cell, view in self.views.items() if cell in CELLS and view.source.states is not None]

    def _network(self, cell: str) -> Network:
        """What the browser needs of it; of one that stands there as it was before training, at which state."""
        source = self.views[cell].source
        told = network(source.ended)
        return told if cell in CELLS or source.checkpoint is None else {**told, "checkpoint": source.checkpoint}

    def _through(self, said: Through | None, view: View) -> Through | None:
        """What the time-line says: of one network, though all go along."""
        if said is None or len(self.views) < 2:
            return said
        title = view.source.cell.title
        shared = f"The curves are the {title}’s; each of the others is shown at its own state nearest to that step."
        return {**said, "said": f"{shared} {said['said']}".rstrip()}

    def _cell(self, cell: str) -> dict[str, Any]:
        view = self.views[cell]
        order = view.source.order(view.place, "similarity")
        return {
            "name": cell,
            "title": cell_title(cell),
            "about": f"{len(order)} units, {view.model.card['recurrent_parameters']:,} recurrent parameters"
            + (", trained on the variant lab’s budget" if cell in VARIANTS else ""),
            "order": order,
        }

    def _captions(self) -> dict[str, str]:
        """What each figure shows, by its name."""
        cells = {drawn.name: drawn.hidden.caption for drawn in self._drawn}
        for name in self.views.keys() - CELLS.keys():
            cells[name] = f"{cells[name]} {self._learnt(name)}".rstrip()
        return {"answer": describe_answers(self), **cells}

    def _learnt(self, name: str) -> str:
        """What training changed in the network that also stands there as it was before."""
        before = self.views[name]
        now, states = self.views[before.model.cell], before.source.states
        if states is None or now.source.checkpoint == before.source.checkpoint:
            return ""
        moments = [moment(each, states, states.nearest(each.source.checkpoint)) for each in (before, now)]
        told = before.source.answers_from_units(before.place)
        return describe_training(moments[0], moments[1], states.score_name, reads_units=told)

    @cached_property
    def _drawn(self) -> tuple[ComparedCell, ...]:
        layers = {cell: self.views[cell].layer for cell in self.traces}
        return cells_compared_data(layers, self.lines, TokenAxis.of(self.first.run.labels))

    def numbers(self, view: View) -> Parts:
        """What follows from the text by arithmetic; `view` as for `comparison_message`."""
        header, arrays = numbers(view)
        if not self.traces:
            return dict(header), arrays
        for each in self._drawn:
            assert each.answer is not None
            arrays[each.name] = each.hidden.values
            arrays[f"{each.name}.answer"] = each.answer[:, None]
        return {
            **header,
            "axis": axis(self.first, columns(len(self.first.run))),
            "steps": len(self.first.run),
            "units": self.first.layer.units,
            "answer": self._answer(),
            "limits": {each.name: list(each.hidden.limits) for each in self._drawn},
        }, arrays

    def _answer(self) -> dict[str, Any]:
        task = self.first.model.task
        values = np.concatenate(list(self.lines.values()))
        ends = (0.0, 1.0) if task.is_classifier else (float(np.floor(values.min())), float(np.ceil(values.max())))
        title = self.name + (f", {task.unit}" if task.unit else "")
        return {"title": title, "low": ends[0], "high": max(ends[1], ends[0] + 1)}

    def rows(self) -> list[list[str]]:
        """Parameters and scores, from the model cards."""
        shown = [cell for cell in self.views if cell in CELLS]  # a card speaks of the end of a training
        cards = [self.views[cell].model.card for cell in shown]
        columns = [{score["name"]: score["value"] for score in card["scores"]} for card in cards]
        # A variant, trained in a study of its own, has scores of its own.
        names = dict.fromkeys(name for card in cards for name in _telling(card))
        scores = [[_capital(name), *_row([values.get(name) for values in columns])] for name in names]
        return [
            ["Measure", *(CELLS[cell].title for cell in shown)],
            ["Recurrent parameters (weights and biases)", *(f"{card['recurrent_parameters']:,}" for card in cards)],
            *scores,
        ]


def describe_answers(comparison: Comparison) -> str:
    """What the cells end with, and where on the way they differ most."""
    model = comparison.first.model
    lines = {cell_title(cell): line for cell, line in comparison.lines.items()}
    labels = comparison.traces[model.cell].labels
    if comparison.asks_what_comes:
        said = [describe_means(lines), describe_way(lines, labels, ends=False)]
    elif len(model.labels) > 2:
        views = comparison.views
        ends = {cell_title(cell): views[cell].model.predictions(run)[-1] for cell, run in comparison.traces.items()}
        said = [describe_kinds(ends, model.labels), describe_way(lines, labels, comparison.name, ends=False)]
    else:
        span, unit = span_of(model), model.task.unit
        last = {title: float(line[-1]) for title, line in lines.items()}
        said = [
            describe_ends(last, comparison.name if model.task.is_classifier else "the guess", span=span, unit=unit),
            describe_way(lines, labels, span=span, unit=unit),
        ]
        if (right := comparison.right) is not None:
            said.insert(0, f"The marked numbers sum to {number(right)}.")
    if len(lines) < 2:
        said.insert(0, "There is one network for this task so far.")
    return " ".join(filter(None, said))


def telling_example(sources: Mapping[str, Source]) -> str:
    """The example on which the cells end furthest apart; of what comes next, on average. Cell → its network."""

    def distance(text: str) -> float:
        lines = Comparison({cell: View(each, Settings(cell=cell, text=text)) for cell, each in sources.items()}).lines
        return float(np.ptp([np.nanmean(line) if np.isnan(line[0]) else line[-1] for line in lines.values()]))

    return max((each.text for each in next(iter(sources.values())).task.examples), key=distance)


def _telling(card: Mapping[str, Any]) -> list[str]:
    """Names of a card's scores, but the one that the others are folded into to choose an epoch by."""
    first, *rest = [score["name"] for score in card["scores"]]
    return [first, *(name for name in rest if name != card["chosen_by"])]


def _row(scores: Sequence[float | None]) -> list[str]:
    """Scores to be compared, all with as many decimals: none for counts, else three, or two digits of the smallest."""
    known = [abs(score) for score in scores if score]
    counts = all(score == int(score) for score in known)
    decimals = 0 if counts else max(3, 1 - math.floor(math.log10(min(known))))
    return ["–" if score is None else f"{score:,.{decimals}f}" for score in scores]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _colours(cells: tuple[str, ...]) -> dict[str, Any]:
    shown = LSTM["hidden_state"]
    return {
        name: {
            "lines": {cell: theme.colour(cell_colour(cell)) for cell in cells},
            "scale": scale(shown, name),
            "muted": theme.muted,
        }
        for name, theme in THEMES.items()
    }
