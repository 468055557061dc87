"""A view of the app as a live page in a file of its own: what is taken away of what is on show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from lstm_viz.analysis.ordering import orders_for
from lstm_viz.cells import NOTATIONS
from lstm_viz.live_page.view import Inside, view_page
from lstm_viz.sources import Place, Source
from lstm_viz.trace import Array
from lstm_viz.ui.doing.reducer import Action, reduce
from lstm_viz.ui.doing.state import Rules, State
from lstm_viz.ui.jobs import Tell
from lstm_viz.ui.pages.cells_compared.comparison import Comparison, views_of
from lstm_viz.ui.pages.gates.view import gates_numbers, gates_words
from lstm_viz.ui.pages.inside.view import inside_numbers, inside_words
from lstm_viz.ui.pages.ledger.view import ledger_numbers, ledger_words
from lstm_viz.ui.pages.what_if.view import WhatIfView
from lstm_viz.ui.taking.taking import PICTURES, offers
from lstm_viz.ui.views.network import content, network
from lstm_viz.ui.views.through import is_open
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import count
from lstm_viz.words.through_training import describe_state

WHAT_RUNS = ("text", "before", "clamps")
"""Settings that say on what, and held how, a network runs."""
PLACES = 8
"""Layers and directions up to which all of a network's are in the file; of more, the one on show."""


@dataclass(frozen=True)
class Kept:
    """How a page is kept.

    Attributes
    ----------
    heading : its title
    words, numbers : what it says and counts of a view
    choices : setting → the values that its menus offer and its words depend on, for a view
    sources : what runs on it, by the names that its words have
    holds_for : settings that change no word
    rules : what follows from what is done on it
    examples : whether what is said of each example goes along; not where that takes seconds each
    """

    heading: str
    words: Callable[[View], Mapping[str, Any]]
    numbers: Callable[[View], tuple[Mapping[str, Any], Mapping[str, Array]]]
    choices: Callable[[View], Mapping[str, tuple[Any, ...]]]
    sources: Callable[[View], Mapping[str, Source]] = lambda view: {view.model.cell: view.source}
    holds_for: tuple[str, ...] = ()
    rules: Rules = Rules()  # noqa: RUF009 - it is frozen
    examples: bool = True


def _notations(view: View) -> dict[str, tuple[Any, ...]]:
    return {"notation": tuple(NOTATIONS)}


def _comparison(view: View) -> Comparison:
    return Comparison(views_of(view.settings, view.source.task.name))


KEPT: Mapping[str, Kept] = {
    "gates": Kept(
        "Gates over time",
        gates_words,
        gates_numbers,
        lambda view: _notations(view) | {"order": tuple(orders_for(view.source.cell))},
        holds_for=("own_scale", "table"),
    ),
    "inside": Kept(
        "Inside the cell",
        inside_words,
        partial(inside_numbers, has=""),
        _notations,
        holds_for=("table", "speed", "stage", "weighed", "step", "unit"),
    ),
    "ledger": Kept(
        "Memory ledger",
        ledger_words,
        ledger_numbers,
        lambda view: _notations(view) | {"overall": (False, True)},
        holds_for=("table",),
        rules=Rules(opens_at_end=True),
    ),
    "what_if": Kept(
        "What if?",
        lambda view: WhatIfView(view).words(None),
        lambda view: WhatIfView(view).numbers(),
        _notations,
        holds_for=("table", "shown", "step", "unit"),
        rules=Rules(lasting_comparison=True),
        examples=False,
    ),
    "cells_compared": Kept(
        "RNN, LSTM, GRU",
        lambda view: _comparison(view).words(view),
        lambda view: _comparison(view).numbers(view),
        lambda view: {},
        lambda view: {cell: each.source for cell, each in _comparison(view).views.items()},
        holds_for=("table", "step", "unit"),
    ),
}
"""Pages that can be kept as a live file, by the names of their folders."""


def saved_page(page: str, view: View, tell: Tell = lambda share: None) -> str:
    """The text of an HTML file that shows exactly this view, live, without a server.

    Parameters
    ----------
    page : one of `KEPT`
    tell : called now and then with how much of it is done
    """
    kept = KEPT[page]
    words = {**kept.words(view), "takeAway": offers(PICTURES)}
    numbers, arrays = kept.numbers(view)
    sources = kept.sources(view)
    cells = f", {view.source.cell.title}" if len(sources) == 1 else ""
    when, which = _through_training(view, sources)
    places, acts = _places(view), _acts(kept, view, words)
    many = len(places) * (1 + sum(map(len, kept.choices(view).values()))) + len(acts)
    variants = []
    for each in chain(_variants(kept, view, words, places), _offered(kept, view, words, acts)):
        variants.append(each)
        tell(len(variants) / (many + 1))
    return view_page(
        words if len(view.source.places) <= PLACES else {**words, "layers": []},
        numbers,
        arrays,
        page=page,
        heading=f"{kept.heading}: {view.source.task.title}{cells}{when}",
        which=which,
        networks={cell: _inside(source) for cell, source in sources.items()} if words["networks"] else {},
        rules=asdict(kept.rules),
        variants=variants,
        holds_for=kept.holds_for,
    )


def _through_training(view: View, sources: Mapping[str, Source]) -> tuple[str, str]:
    """At which state through training a view was saved: what its title says of that, and a sentence."""
    if not is_open(view):
        return "", ""
    step, lacks = view.source.checkpoint, "The time-line of the training is not in this file."
    if step is None:
        return "", lacks
    shown = describe_state(step)
    if len(sources) == 1:
        return f", {shown}", f"The network is shown {shown}. {lacks}"
    return f", {shown}", f"Every network is shown at its own state nearest to {count(step, 'training step')}. {lacks}"


def _inside(source: Source) -> Inside:
    cell, weights, vocabulary = content(source)
    return Inside(network(source), cell, weights, vocabulary)


def _places(view: View) -> Sequence[Place]:
    """The layers and directions that are in the file."""
    return view.source.places if len(view.source.places) <= PLACES else (view.place,)


def _variants(kept: Kept, view: View, words: Mapping[str, Any], places: Sequence[Place]) -> Iterator[dict[str, Any]]:
    """What is said instead at each other layer, and with each other choice of a menu."""
    for place in places:
        at = _place(place)
        there = view if place == view.place else View(view.source, replace(view.settings, **at))
        said = words if there is view else kept.words(there)
        yield {"when": at, "header": _differing(words, said)}
        for name, values in kept.choices(view).items():
            for value in values:
                other = View(view.source, replace(there.settings, **{name: value}))
                yield {"when": at | {name: value}, "header": _differing(said, kept.words(other))}


def _acts(kept: Kept, view: View, words: Mapping[str, Any]) -> list[Action]:
    """The acts that the page offers: an example, an experiment, the end of one."""
    acts: list[Action] = [["example", each["text"]] for each in words["examples"] if kept.examples]
    acts += [["try", each["line"], each["drop"]] for each in words.get("tried", [])]
    return acts + ([["release all"]] if view.settings.clamps else [])


def _offered(kept: Kept, view: View, words: Mapping[str, Any], acts: Sequence[Action]) -> Iterator[dict[str, Any]]:
    """What is said after each of them."""
    now = replace(view.settings, text=view.text)
    for act in acts:
        after = reduce(State(now), [act], kept.rules).settings
        told = {name: getattr(after, name) for name in (*WHAT_RUNS, "step", "unit", "source")}
        # The chosen layer stays, and what is said of another would not be of this one.
        when = {name: told[name] for name in WHAT_RUNS} | _place(view.place)
        yield {"when": when, "header": _differing(words, kept.words(View(view.source, after))), "as": told}


def _place(place: Place) -> dict[str, Any]:
    return {"layer": place.index, "direction": place.direction}


def _differing(words: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """What is said differently."""
    return {name: said for name, said in others.items() if name != "settings" and said != words.get(name)}
