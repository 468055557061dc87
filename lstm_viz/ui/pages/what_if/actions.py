"""What the user does on the What if? page, as changes of plain values that can be undone. No Streamlit here."""

from collections.abc import Callable, Mapping
from typing import Any

from lstm_viz.tasks import Model
from lstm_viz.ui.doing import history, token_edits
from lstm_viz.ui.pages.what_if.presets import presets
from lstm_viz.ui.settings import clamps
from lstm_viz.ui.settings.clamps import Hold
from lstm_viz.ui.settings.settings import nearest_settings
from lstm_viz.ui.views.chosen import chosen_model

State = dict[str, Any]
KEPT = ("task", "cell", "text", "before", "clamps")
"""Settings that undo and redo go through."""


class Refused(ValueError):
    """What was asked for cannot be done; the message is for the user."""


def perform(action: Any, state: State, past: Mapping[str, Any]) -> tuple[State, dict[str, Any], str]:
    """One action: the settings after it, the history after it, and what was wrong with it, or "".

    Parameters
    ----------
    action : name and arguments, as the browser sent them
    state : at least the settings in `KEPT`
    past : as `history.fresh` makes it
    """
    now = {name: state[name] for name in KEPT}
    match action:
        case ["undo"]:
            after, found = history.undo(past, now)
            return state | found, after, ""
        case ["redo"]:
            after, found = history.redo(past, now)
            return state | found, after, ""
        case [str(name), *arguments] if name in ACTIONS:
            try:
                changed = ACTIONS[name](state, *arguments)
            except Refused as error:
                return state, dict(past), str(error)
            except (TypeError, IndexError, AttributeError):
                return state, dict(past), ""  # not something this page sends
            if all(changed.get(key, now[key]) == now[key] for key in KEPT):
                return state | changed, dict(past), ""
            return state | changed, history.record(past, now, typing=name == "type"), ""
        case _:
            return state, dict(past), ""


def _model(state: State) -> Model:
    return chosen_model(nearest_settings(state)[0])


def text_of(state: State) -> str:
    """The text in the editor."""
    return str(_model(state).task.examples[0].text if state["text"] is None else state["text"])


def _type(state: State, text: str) -> State:
    """Typing compares with the text as it was when the comparison began."""
    begun = state["before"]
    return {"text": str(text), "before": text_of(state) if begun is None else begun}


def _example(state: State, text: str) -> State:
    return {"text": str(text), "before": None}


def _compare_from_here(state: State) -> State:
    return {"before": None}


def _restore(state: State) -> State:
    return {"text": state["before"], "before": None} if state["before"] is not None else {}


def _hold(state: State, quantity: str, value: str, units: str, steps: str) -> State:
    held = None if value == "mean" else clamps.read_value(str(value))
    if held is None and value != "mean":
        raise Refused(f"“{str(value)[:40]}” is not a number to hold a gate at; a gate lies between 0 and 1.")
    places = []
    for given, what in ((units, "units"), (steps, "steps")):
        ranges = clamps.read_ranges(str(given))
        if ranges is None:
            raise Refused(
                f"“{str(given)[:40]}” does not name {what}; write numbers and ranges such as 3, 5-8, or “all”."
            )
        places.append(ranges)
    new = Hold(str(quantity), held, *places)
    holds, _ = clamps.parse(state["clamps"])
    if len(holds) >= clamps.MOST and new not in holds:
        raise Refused(f"There are {clamps.MOST} clamps, the most at once; release one first.")
    # Of several on one spot the last one holds, so a clamp given again goes to the end.
    return {"clamps": clamps.write([*(hold for hold in holds if hold != new), new])}


def _release(state: State, index: int) -> State:
    holds = list(clamps.parse(state["clamps"])[0])
    del holds[index]
    return {"clamps": clamps.write(holds)}


def _release_all(state: State) -> State:
    return {"clamps": ""}


def _preset(state: State, index: int) -> State:
    chosen = presets()[index]
    first = chosen.clamps[0]
    spot = {name: ranges[0][0] for name, ranges in (("step", first.steps), ("unit", first.units)) if ranges}
    return spot | {
        "task": chosen.task,
        "cell": chosen.cell,
        "text": chosen.text,
        "before": None,
        "clamps": clamps.write(chosen.clamps),
        "shown": chosen.shown or first.quantity,
    }


def _edited(state: State, text: str) -> State:
    return _type(state, text)


def _drop(state: State, step: int) -> State:
    return _edited(state, token_edits.drop(text_of(state), step, _model(state).task.tokenize))


def _replace(state: State, step: int, new: str) -> State:
    return _edited(state, token_edits.replace(text_of(state), step, str(new), _model(state).task.tokenize))


def _move(state: State, step: int, by: int) -> State:
    text, step = token_edits.move(text_of(state), step, 1 if by > 0 else -1, _model(state).task.tokenize)
    return _edited(state, text) | {"step": step}


ACTIONS: Mapping[str, Callable[..., State]] = {
    "type": _type,
    "example": _example,
    "compare from here": _compare_from_here,
    "restore": _restore,
    "hold": _hold,
    "release": _release,
    "release all": _release_all,
    "preset": _preset,
    "drop": _drop,
    "replace": _replace,
    "move": _move,
}
