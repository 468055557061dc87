"""What a step asks the reader to do: read from text, and told to be done from the settings before and after."""

import re
from collections.abc import Callable
from dataclasses import replace

from lstm_viz.cells import NOTATIONS
from lstm_viz.lessons.lesson import Do
from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.grammar import Words, read_place
from lstm_viz.lessons.references.names import cells, quantities
from lstm_viz.lessons.references.reference import Place, StepAt
from lstm_viz.lessons.references.values import named_step, place_of
from lstm_viz.tasks.readers import Reading
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.settings import KINDS, Settings
from lstm_viz.ui.views.view import View

_STEP_OR_UNIT = ("choose", "click", "select")
_A_TEXT = re.compile(
    r"(?:(?:in|to|a|an|another|one|your|own|some) ){0,4}(?:word|text|sentence|number|letter)s?(?: .{0,200})?"
)


def _text(do: Do, before: Settings, now: View) -> bool:
    return now.settings.text is not None and now.text != View.of(before).text


def _held(do: Do, before: Settings, now: View) -> bool:
    was, here = (holds.parse(each.clamps)[0] for each in (before, now.settings))
    low, high = {"open": (0.5, 1e9), "shut": (-1e9, 0.5)}.get(do.name.partition(" ")[0], (-1e9, 1e9))
    quantity = do.name.partition(" ")[2]
    return any(
        each not in was
        and quantity in ("", each.quantity)
        and (each.value is None or low <= each.value <= high)
        and (do.unit is None or not each.units or any(a <= do.unit <= b for a, b in each.units))
        for each in here
    )


def _step(do: Do, before: Settings, now: View) -> bool:
    if now.trace is None:
        return False
    if do.place is not None:
        return now.step in _there(do.place, now)
    return now.step != View.of(before).step if do.step is None else now.step == do.step


def _there(place: Place, now: View) -> tuple[int, ...]:
    """The places that are right in what the reader has on show; none where that has no such place."""
    try:
        return place_of(place, now).places
    except ValueError:
        return ()


def _unit(do: Do, before: Settings, now: View) -> bool:
    if do.place is not None:
        return now.trace is not None and now.unit in _there(do.place, now)
    return now.trace is not None and (now.unit != before.unit if do.unit is None else now.unit == do.unit)


def _setting(name: str) -> Callable[[Do, Settings, View], bool]:
    def changed(do: Do, before: Settings, now: View) -> bool:
        value = getattr(now.settings, name)
        return value == do.name if do.name else value != getattr(before, name)

    return changed


KINDS_DONE: dict[str, Callable[[Do, Settings, View], bool]] = {
    "text": _text,
    "step": _step,
    "unit": _unit,
    "hold": _held,
    "let_go": lambda do, before, now: bool(before.clamps) and not now.settings.clamps,
    "cell": _setting("cell"),
    "task": _setting("task"),
    "stage": _setting("stage"),
    "notation": _setting("notation"),
    "order": _setting("order"),
    "length": _setting("length"),
    "variant": _setting("variant"),
    "weighed": _setting("weighed"),
}
"""Kind of action → whether it was done, given the settings before and the view now."""
CAN_BE = (
    "type a word",
    "change the text",
    "step through time",
    'choose the token "but"',
    "choose step 4",
    "choose another unit",
    "choose unit 3",
    "choose the step where …",
    "choose the unit whose …",
    "hold the forget gate",
    "open the forget gate",
    "shut the forget gate of unit 3",
    "let go",
    "choose another cell",
    "choose the GRU",
    "choose another network",
    "choose the stage Forget",
    "choose another notation",
    "order the units",
    "change the length",
)
"""What can be written."""


def done(do: Do, before: Settings, now: View) -> bool:
    """Whether a reader has done what a step asks for.

    Parameters
    ----------
    before : the settings with which the step began
    now : what is on show
    """
    return KINDS_DONE[do.kind](do, before, now)


def read_do(said: str, view: View, reading: Reading) -> Do:
    """What a step asks for. ValueError says what can be asked for.

    Parameters
    ----------
    said : the action; after a ``|``, how the reader is told
    view : the step's view; it is run only for a place that has to be found
    reading : its text, read
    """
    # Words of the author's own may follow, which the reader then sees: "choose step 4 | Click the comma".
    action, _, words_shown = (part.strip() for part in said.partition("|"))
    if words_shown:
        return replace(read_do(action, view, reading), said=words_shown)
    plain = " ".join(action.split()).rstrip(".")
    verb, _, rest = plain.partition(" ")
    verb = verb.lower()
    words = Words(rest) if rest else None
    if verb in ("type", "change", "edit", "add", "write") and words:
        if words.take("length"):
            return Do("length", said)
        if _A_TEXT.fullmatch(" ".join(words.words[:12]).lower()):
            return Do("text", said)
    if (verb, rest.lower()) in (("let", "go"), ("step", "through time"), ("step", "through the text")):
        return Do("let_go" if verb == "let" else "step", said)
    if verb in ("hold", "open", "shut", "close") and words:
        name = words.name(quantities()) or words.name({each + "s": code for each, code in quantities().items()})
        any_gate = not name and (words.take("gate") or words.take("a gate"))
        unit = words.whole("unit") if words.take("of unit") else None
        words.take("open") or words.take("shut")
        if (name or any_gate) and not words.more:
            way = {"hold": "", "open": "open", "shut": "shut", "close": "shut"}[verb]
            way = way or ("open" if plain.endswith(" open") else "shut" if plain.endswith(" shut") else "any")
            return Do("hold", said, unit=unit, name=f"{way} {name}".strip() if way != "any" else f"any {name}")
    if verb == "order" and rest.lower().startswith(("the units", "units")):
        return Do("order", said)
    if verb in _STEP_OR_UNIT and words:
        return _choose(said, rest, words, view, reading)
    raise _unknown(said)


def _choose(said: str, rest: str, words: Words, view: View, reading: Reading) -> Do:
    if words.begins_place():
        place: Place = read_place(rest)
        place_of(place, view)
        return Do(place.what, said, place=place)
    if words.take("unit"):
        return Do("unit", said, unit=words.whole("unit"))
    if words.take("stage"):
        name = " ".join(words.words[words.at :]).lower()
        return _named("stage", said, name)
    if words.take("another") or words.take("a") or words.take("an"):
        kinds = {"cell": "cell", "unit": "unit", "step": "step", "token": "step", "word": "step", "network": "task",
                 "task": "task", "notation": "notation", "stage": "stage", "variant": "variant"}  # fmt: skip
        if kind := kinds.get(words.next.lower()):
            return Do(kind, said)
        raise _unknown(said)
    if name := words.name(cells()):
        return Do("variant" if view.settings.variant == name else "cell", said, name=name)
    for notation, title in NOTATIONS.items():
        if rest.lower() in (f"{notation} notation", f"{title.lower()} notation", f"the {notation} notation"):
            return _named("notation", said, notation)
    if words.next[:1] in ('"', "“") or words.next.lower() in ("token", "step", "end", "start", "first", "last"):
        step = words.step(0)
        assert isinstance(step, StepAt)
        return Do("step", said, step=named_step(step, _labels(view, reading), reading.tokens))
    raise _unknown(said)


def _labels(view: View, reading: Reading) -> tuple[str, ...]:
    return tuple(view.source.task.reader.show(token) for token in reading.tokens)


def _named(setting: str, said: str, name: str) -> Do:
    value, problem = KINDS[setting].nearest(name, "")
    if problem or not value:
        raise ValueError(f"“{short(said)}”: {problem or 'which?'}")
    return Do(setting, said, name=value)


def _unknown(said: str) -> ValueError:
    return ValueError(f"“{short(said)}” is not an action that can be told to be done; there are: {'; '.join(CAN_BE)}")
