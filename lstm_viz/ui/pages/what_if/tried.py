"""What moves the answer most, of what can be done with the text before any edit: a button an experiment."""

from collections.abc import Sequence
from typing import TypedDict

from lstm_viz.analysis.answers.readout import readout
from lstm_viz.analysis.answers.truth import known_answer
from lstm_viz.analysis.change.experiments import Experiment
from lstm_viz.tasks.readers import Reading
from lstm_viz.ui.settings.holds import Hold
from lstm_viz.ui.views.view import View
from lstm_viz.words import number, place
from lstm_viz.words.alike import span_of
from lstm_viz.words.what_if import nearness


class Tried(TypedDict):
    """An experiment, and what it does.

    ``line``, ``shown``: what it holds, "" for nothing, and which quantity that is
    ``drop``, ``step``: the token that it leaves out, and the step that it is about; None for none
    ``name``, ``before``, ``after``: what the network says at the end, without and with it
    ``note``: how that stands to the truth, "" where no text tells
    """

    title: str
    line: str
    shown: str
    drop: int | None
    step: int | None
    name: str
    before: str
    after: str
    note: str
    chosen: bool


def tried(view: View, base: Reading) -> list[Tried]:
    """The experiments on a text, the one that moves the answer most first; none while it is edited, or without answers.

    Parameters
    ----------
    base : the text before any edit; the present one may lack one of its tokens, as an experiment leaves it
    """
    if not base.tokens or not view.model.answers or not _one_left_out(base.tokens, view.reading.tokens):
        return []
    name = readout(view.model, view.model.predictions(view.source.run(base.tokens))[-1]).shown
    found = view.source.tried(base.tokens, view.place)
    # A step that a line makes cannot be left out by itself.
    return [_told(each, view, base, name) for each in found if each.clamp is not None or not base.made]


def _one_left_out(base: Sequence[str], now: Sequence[str]) -> bool:
    """Whether a text is another, or that without one token."""
    same = next((k for k, (a, b) in enumerate(zip(base, now, strict=False)) if a != b), min(len(base), len(now)))
    return now == base or now == (*base[:same], *base[same + 1 :])


def _told(each: Experiment, view: View, base: Reading, name: str) -> Tried:
    task, tokens, settings = view.source.task, base.tokens, view.settings
    hold, after = None, tokens
    labels = [task.reader.show(token) for token in tokens]
    if each.clamp is None:
        assert each.step is not None
        title, after = f"Leave out {place(labels, each.step)}", (*tokens[: each.step], *tokens[each.step + 1 :])
    else:
        where = "throughout" if each.step is None else f"at {place(labels, each.step)}"
        label = view.source.cell[each.clamp.quantity].label.lower()
        gates = f"{label}s" if label.endswith("gate") else f"gates “{label}”"
        title = f"{'Open' if each.clamp.value else 'Shut'} the {gates} {where}"
        hold = Hold(each.clamp.quantity, each.clamp.value, (), () if each.step is None else ((each.step, each.step),))
    truth, line = known_answer(view.model, after), hold.write() if hold else ""
    # What the answer should be is another where a token is left out that counts.
    same = truth is not None and truth == known_answer(view.model, tokens)
    return {
        "title": title,
        "line": line,
        "shown": hold.quantity if hold else "",
        "drop": None if hold else each.step,
        "step": each.step,
        "name": name,
        "before": f"{number(each.before)} {task.unit}".rstrip(),
        "after": f"{number(each.after)} {task.unit}".rstrip(),
        "note": nearness(each.before, each.after, truth, span_of(view.model)) if same and truth is not None else "",
        "chosen": view.reading.tokens == after and settings.clamps == line,
    }
