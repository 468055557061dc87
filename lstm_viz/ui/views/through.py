"""Through training: what the time-line of a network's states shows, and what changed between two of them."""

from typing import TypedDict

from lstm_viz.sources import Source, States
from lstm_viz.tasks.scores import figure, is_share
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import count
from lstm_viz.words.through_training import Moment, describe_state, describe_training


class Training(TypedDict):
    """What was measured along a network's training; seldom another.

    Attributes
    ----------
    steps : after how many training steps each state was taken
    loss, score : measured after each
    scoreName : what the score is
    share : whether that is a share of the items
    """

    steps: list[int]
    loss: list[float]
    score: list[float]
    scoreName: str
    share: bool


class Through(TypedDict):
    """Where in it one is, and with where that is compared, both from 0, and what changed from there to here."""

    at: int
    since: int
    said: str


def training(source: Source) -> Training | None:
    """What there is to draw of a network's training; None of one whose states are not known."""
    states = source.states
    if states is None:
        return None
    return {
        "steps": list(states.steps),
        "loss": [round(float(each), 5) for each in states.loss],
        "score": [round(float(each), 5) for each in states.score],
        "scoreName": states.score_name,
        "share": is_share({"name": states.score_name}),
    }


def is_open(view: View) -> bool:
    """Whether the time-line is laid out: asked for, or needed to see that the network on show is not the last."""
    return view.source.states is not None and (view.settings.timeline or view.source.checkpoint is not None)


def through(view: View) -> Through | None:
    """What the time-line says; None where it is folded away, or there is none."""
    states = view.source.states
    if states is None or not is_open(view):
        return None
    since = states.steps[0] if view.settings.since is None else states.nearest(view.settings.since)
    at = states.nearest(view.source.checkpoint)
    said = ""
    if since != at and view.reading.tokens:
        before, now = (moment(view, states, step) for step in (since, at))
        said = describe_training(before, now, states.score_name, reads_units=view.source.answers_from_units(view.place))
    return {"at": states.steps.index(at), "since": states.steps.index(since), "said": said}


def measured(source: Source) -> list[str]:
    """What was measured of a state on the way, for its card, which tells of the end; nothing of the end."""
    states, step = source.states, source.checkpoint
    if states is None or step is None:
        return []
    at, shown = states.index(step), describe_state(step)
    score = figure({"name": states.score_name, "value": float(states.score[at])})
    found = f"loss {states.loss[at]:.3g}, {states.score_name} {score} on held-out data"
    end = f"the end, after {count(states.steps[-1], 'training step')}"
    return [f"{shown[0].upper()}{shown[1:]}: {found}.", f"All else on this card is of {end}."]


def moment(view: View, states: States, step: int) -> Moment:
    """A network after one of the steps of its states, and its run on a view's text."""
    source = states.at(step)
    trace = source.run(view.reading.tokens)
    score = float(states.score[states.steps.index(step)])
    return Moment(source.model, step, step == states.steps[-1], score, trace, source.layer(trace, view.place))
