"""What the user does changes the settings in the browser as on the server, action by action."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pytest

from lstm_viz.sources import Source, shipped
from lstm_viz.tasks.readers import Numbers
from lstm_viz.ui.doing.reducer import Action, reduce
from lstm_viz.ui.doing.state import Rules, State
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.web.in_page import InPage
from tests.web.texts import VISIBLE

NETWORKS = [("sentiment", "lstm"), ("question", "gru"), ("python", "lstm"), ("counting", "rnn"), ("temperature", "gru")]
PAGES = {"others": Rules(), "ledger": Rules(opens_at_end=True), "what_if": Rules(lasting_comparison=True)}
WALKS, STEPS = 4, 50
KINDS = {"type": 12, "example": 2, "set": 2, "hold": 2, "release": 1}
KINDS |= {"compare from here": 1, "put back": 1, "release all": 1, "drop": 2, "replace": 2, "move": 3, "try": 2}
"""What a page sends, and how often to each other."""


def resolved(settings: Settings) -> dict[str, Any]:
    """The settings as a page is told them: a text where there is none yet."""
    # As a message holds them, lists for tuples.
    return json.loads(json.dumps(asdict(settings) | {"text": View.of(settings).text}))


def walk(in_page: InPage, source: Source, start: Settings, actions: Sequence[Action], rules: Rules) -> list[Any]:
    """The settings in the browser after each action, None where it leaves that to the server."""
    asked = {"about": in_page.about(source), "settings": resolved(start), "actions": actions, "rules": asdict(rules)}
    script = 'async (asked) => (await import("/tests/web/doing.js")).walked(asked)'
    found: list[Any] = json.loads(in_page.evaluate(script, json.dumps(asked)))
    return found


def some_edit(rng: random.Random, text: str, numbers: bool) -> str:
    """A text after a key, a word more or less, or something pasted."""
    pieces = [*"abc ,.'()\n ", *VISIBLE.split(), "\ud83d", "so it is"]
    if numbers:
        pieces = ["1", "2.5", ", ", ",", " ", "-", "x"]
    first = rng.choice([len(text), rng.randrange(len(text) + 1)])
    last = first if rng.random() < 0.6 else min(len(text), first + rng.randrange(9))
    return text[:first] + rng.choice([*pieces, ""]) + text[last:]


def some_action(rng: random.Random, source: Source, text: str) -> list[Any]:
    """Something that a page sends."""
    kind = rng.choices([*KINDS], [*KINDS.values()])[0]
    if kind == "type":
        return ["type", some_edit(rng, text, isinstance(source.task.reader, Numbers))]
    if kind == "example":
        return ["example", rng.choice([each.text for each in source.task.examples] + ["", "\ud83d", "a"])]
    if kind == "set":
        values: dict[str, Any] = {"step": rng.randrange(9), "unit": rng.randrange(9), "layer": rng.randrange(3)}
        values |= {"direction": rng.choice(["forward", "backward"]), "source": rng.randrange(9), "text": "x"}
        values |= {"order": rng.choice(["index", "similarity"]), "overall": rng.random() < 0.5, "nothing": 3}
        return ["set", {name: values[name] for name in rng.sample([*values], 3)}]
    if kind == "hold":
        places = ["all", "", "3, 5-8", "0", " 2\u00a07 ", "x", "9-2", "٣"]
        values_held = ["0", "1", "0.5", "mean", "−0.25", "1e-5", "1e9", "often"]
        gate = rng.choice(["forget_gate", "candidate", "update_gate"])
        return ["hold", gate, rng.choice(values_held), rng.choice(places), rng.choice(places)]
    if kind == "try":
        return ["try", rng.choice(["", "forget_gate 0 t3", "update_gate 1"]), rng.choice([None, 0, 2, 999])]
    if kind in ("drop", "replace", "move"):
        new = rng.choice([" ", "", "so it is", "1", "n't", ",", "½"])
        more: dict[str, list[Any]] = {"drop": [], "replace": [new], "move": [rng.choice([1, -1])]}
        return [kind, rng.choice([0, 1, 2, 3, 5, 8, 13, 999]), *more[kind]]
    return [kind, rng.randrange(3)] if kind == "release" else [kind]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_action_does_here_what_it_does_there(in_page: InPage, task: str, cell: str, page: str) -> None:
    source, rules, rng = shipped(task, cell), PAGES[page], random.Random(f"{task} {page}")
    for _ in range(WALKS):
        start = Settings(task=task, cell=cell)
        state, actions, wanted = State(start), [], []
        for _ in range(STEPS):
            action = some_action(rng, source, View.of(state.settings).text)
            state = reduce(state, [action], rules)
            actions.append(action)
            wanted.append((resolved(state.settings), bool(state.said)))
        before, seen = resolved(start), walk(in_page, source, start, actions, rules)
        for action, after, (there, refused) in zip(actions, seen, wanted, strict=True):
            if after is None:  # what is refused, or makes no sense, changes nothing, and the server says why
                assert there == before, action
                assert refused or action[0] in ("release", "drop", "replace", "move", "try"), action
            else:
                assert {name for name in there if there[name] != after[name]} == set(), action
            before = there
        assert seen.count(None) < STEPS / 3
