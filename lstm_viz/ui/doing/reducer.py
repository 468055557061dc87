"""Settings × what the user did → settings: the one place where they change, in the order in which it was done.

An action is a list: its name, then its arguments, as the browser or a widget sends it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import parse_qs

from lstm_viz.sources.own import key_of
from lstm_viz.ui.doing import holding, tokens
from lstm_viz.ui.doing.presets import preset
from lstm_viz.ui.doing.refused import Refused
from lstm_viz.ui.doing.state import MOST, UNDONE, Rules, State, entry, trimmed, values_of
from lstm_viz.ui.doing.texts import Changes, edited, in_degrees, opened
from lstm_viz.ui.settings.link import from_file, from_query
from lstm_viz.ui.settings.settings import Settings, nearest_settings
from lstm_viz.ui.settings.shared import NAMED_BY
from lstm_viz.ui.views.chosen import chosen_by
from lstm_viz.ui.views.view import View

Action = Sequence[Any]

WITH_RULES = ("task", "cell", "degrees", "text", "before", "clamps", *NAMED_BY.values())
"""Settings that have actions of their own, because something follows from them."""


def reduce(state: State, actions: Iterable[Action], rules: Rules = Rules()) -> State:  # noqa: B008 - it is frozen
    """The state after some actions; what the page never sends, or what makes no sense, changes nothing."""
    for action in actions:
        state = _one(state, action, rules)
    return state


def _one(state: State, action: Any, rules: Rules) -> State:
    match action:
        case ["undo"]:
            return _undo(state)
        case ["redo"]:
            return _redo(state)
        case ["type", str(text)]:
            changes, goes_on = edited(state.settings, text, rules)
            return _changed(state, changes, typing=True, goes_on=goes_on)
        case ["open", str(content)]:
            return _open(state, content)
        case ["restore", dict(memory)]:
            return restored(memory, rules)
        case ["task", str(name)]:
            return _task(state, name, rules)
        case ["cell", str(name)]:
            return _cell(state, name, rules)
        case ["own", str(task), str(said), str() | None as text] if task in NAMED_BY:
            return _own(state, task, said, text, rules)
        case [str(name), *arguments] if name in ACTIONS:
            try:
                changes = ACTIONS[name](state.settings, rules, *arguments)
            except Refused as error:
                return replace(state, said=(str(error),))
            except (TypeError, ValueError, IndexError, AttributeError):
                return state  # not something that a page sends
            return _changed(state, changes)
    return state


def _changed(state: State, changes: Changes, *, typing: bool = False, goes_on: bool = False) -> State:
    """The state with some settings changed, what was on show before them among the past."""
    now = state.settings
    after, problems = nearest_settings(asdict(now) | changes)
    said = tuple(each for each in problems if each.startswith("text:"))
    if all(getattr(now, name) == getattr(after, name) for name in UNDONE):
        return replace(state, settings=after, said=said or (() if typing else state.said))
    going_on = typing and goes_on and state.typing
    past = state.past if going_on else trimmed((*state.past, entry(now)))
    return State(after, past, (), typing, said)


def _undo(state: State) -> State:
    if not state.past:
        return state
    *past, last = state.past
    return State(_brought_back(state.settings, last), tuple(past), (*state.future, entry(state.settings)))


def _redo(state: State) -> State:
    if not state.future:
        return state
    *future, following = state.future
    return State(_brought_back(state.settings, following), (*state.past, entry(state.settings)), tuple(future))


def _brought_back(settings: Settings, kept: str) -> Settings:
    return nearest_settings(asdict(settings) | values_of(kept))[0]


def _task(state: State, chosen: str, rules: Rules) -> State:
    """Another task or network of the reader's own, with the text that it was left with, or else its first example."""
    now, wanted = state.settings, chosen_by(chosen)
    if all(getattr(now, name) == value for name, value in wanted.items()):
        return state
    kept = map(values_of, reversed(state.past))
    left = next((each for each in kept if all(each.get(name, value) == value for name, value in wanted.items())), None)
    if left is None:
        start = {**wanted, "text": None, "checkpoint": None}
        fresh = nearest_settings(asdict(now) | start | {"before": None})[0]
        return _changed(state, {**start, **opened(fresh, rules)})
    back = {name: value for name, value in left.items() if name in ("text", "before", "step", "unit")}
    return _changed(state, {**wanted, "checkpoint": None, **back})


def _cell(state: State, name: str, rules: Rules) -> State:
    """Another cell's network, at the unit that was left there, or else where there is most to see: units have no names.

    Unit 9 of one network has nothing to do with unit 9 of another.
    """
    now = state.settings
    fresh = nearest_settings(asdict(now) | {"cell": name})[0]
    if fresh.cell == now.cell:
        return _changed(state, {"cell": name})
    kept = map(values_of, reversed(state.past))
    left = next((each for each in kept if (each["task"], each["cell"]) == (now.task, fresh.cell)), None)
    unit = left["unit"] if left else opened(fresh, rules).get("unit", now.unit)
    return _changed(state, {"cell": name, "unit": unit})


def _own(state: State, task: str, said: str, text: str | None, rules: Rules) -> State:
    """A network of the reader's own, which was just opened: as a link or an earlier view of it says, or on a text."""
    now, which = state.settings, NAMED_BY[task]
    if now.task == task and key_of(getattr(now, which)) in ("", key_of(said)):
        same = _changed(state, {which: said})
        # Read in another way than before, it may make nothing of the text.
        if same.settings.text is None or View.of(same.settings).reading.tokens:
            return same
    start = {"task": task, which: said, "text": text, "before": None, "clamps": "", "layer": 0, "checkpoint": None}
    fresh = nearest_settings(asdict(now) | start)[0]
    return _changed(state, {**start, **opened(fresh, rules)})


def _open(state: State, content: str) -> State:
    found, ignored = from_file(content.encode(errors="replace"))
    if found is None:
        return replace(state, said=ignored)
    # A view that is opened within a lesson's step is shown there.
    found = replace(found, lesson=state.settings.lesson, at=state.settings.at)
    if found.text is None and found.task == state.settings.task:
        # A view without a text is of the one there is.
        found = replace(found, text=state.settings.text, before=state.settings.before)
    after = _changed(state, asdict(found))
    return replace(after, said=ignored)


def restored(memory: Mapping[str, Any], rules: Rules) -> State:
    """What a browser shows, after the server that knew it is gone.

    Parameters
    ----------
    memory : query, the last address that the browser was told; text, what is in its editor, or None; past and future,
        as `State` has them
    """
    settings, _ = from_query(parse_qs(str(memory.get("query", "")), keep_blank_values=True))
    past, future = (_queries(memory.get(name)) for name in ("past", "future"))
    state = State(settings, past, future)
    text = memory.get("text")
    if not isinstance(text, str) or View.of(settings).text == text:
        return state
    return reduce(state, [["type", text]], rules)


def _queries(given: Any) -> tuple[str, ...]:
    return trimmed(tuple(each for each in given if isinstance(each, str))[-MOST:]) if isinstance(given, list) else ()


def _set(settings: Settings, rules: Rules, values: Mapping[str, Any]) -> Changes:
    return {name: value for name, value in values.items() if name not in WITH_RULES and hasattr(settings, name)}


def _example(settings: Settings, rules: Rules, text: str) -> Changes:
    chosen = nearest_settings(asdict(settings) | {"text": str(text)})[0]
    return {"text": str(text), **opened(chosen, rules)}


def _degrees(settings: Settings, rules: Rules, letter: str) -> Changes:
    after = nearest_settings(asdict(settings) | {"degrees": letter})[0]
    return {"degrees": letter, **in_degrees(settings, after)} if after.degrees != settings.degrees else {}


def _compare_from_here(settings: Settings, rules: Rules) -> Changes:
    return {"before": None}


def _put_back(settings: Settings, rules: Rules) -> Changes:
    return {} if settings.before is None else {"text": settings.before, "before": None}


def _on_tokens(edit: Callable[..., tuple[str, int]]) -> Callable[..., Changes]:
    """An edit of one token as an action: the text as if typed, and the step where the token is then."""

    def act(settings: Settings, rules: Rules, step: int, *arguments: Any) -> Changes:
        view = View.of(settings)
        if view.reading.made:
            raise Refused("These steps are made by the line above them; change the line, or type the numbers.")
        text, place = edit(view.reading, view.source.read, step, *arguments)
        changes, _ = edited(settings, text, rules)
        return changes | {"step": place}

    return act


ACTIONS: Mapping[str, Callable[..., Changes]] = {
    "set": _set,
    "example": _example,
    "degrees": _degrees,
    "compare from here": _compare_from_here,
    "put back": _put_back,
    "hold": holding.hold,
    "release": holding.release,
    "release all": holding.release_all,
    "try": holding.attempt,
    "preset": preset,
    "drop": _on_tokens(tokens.drop),
    "replace": _on_tokens(tokens.replace),
    "move": _on_tokens(tokens.move),
}
"""Name → what it changes, given the settings, the page's rules and its arguments; the others need the whole state."""
