"""What is told of a training: how it stands, its curves and sentences, and the weights of now or of a kept state."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lstm_viz.figures.training_curves import COLOURS, SMALLEST, line_colours, training_charts
from lstm_viz.figures.training_curves import Course as Drawn
from lstm_viz.live_page.colours import named_colours
from lstm_viz.trace import Array
from lstm_viz.ui.courses import STANDS, News, Training
from lstm_viz.ui.widgets.charts import parts
from lstm_viz.words.phrases import count, number
from lstm_viz.words.watching import describe_lead, describe_place, last, now, small

FORGOTTEN = (
    "The server does not have this training any more: it was started anew, or the session that began it has ended. "
    "Press Train: the same choices give the same weights."
)
READY = "Ready. Nothing has been learnt yet: these are the first, random weights."
Parts = tuple[dict[str, Any], dict[str, Array]]


def news(training: Training, before: int, seconds: float | None = None, *, anew: bool = True) -> Parts:
    """Header and arrays, as `payload.pack` takes them; charts and weights only where something is new.

    Parameters
    ----------
    before, seconds : how many trainings come first, of one that waits, and how long that takes; None for not known
    """
    newest, plans = training.news, training.plans
    header: dict[str, Any] = {
        "number": str(training.number),
        "state": training.state,
        "goesOn": training.state not in STANDS,
        "status": status(training, before, seconds),
        "said": training.said,
        "rate": newest[0].rate,
        "lanes": [_lane(each) for each in newest],
    }
    if not anew:
        return header, {}
    names = lane_names(plans)
    exercise = plans[0].exercise
    score, lower = exercise.score_name, exercise.lower_is_better
    drawn = [
        Drawn(name, plan.cell, vars(each.history), each.gradients, plan.clip)
        for name, each, plan in zip(names, newest, plans, strict=True)
    ]
    charts = training_charts(
        drawn, score=f"{score[:1].upper()}{score[1:]}", lower_is_better=lower, levels=exercise.levels
    )
    specs: list[dict[str, Any]] = []
    arrays: dict[str, Array] = {}
    for chart in charts:
        spec, own = parts(chart)
        specs.append(spec | {"over": chart.group == "updates"})
        arrays |= own
    header |= {
        "past": past(training, names),
        "charts": specs,
        "themes": named_colours({*COLOURS, *(name for chart in charts for name in chart.colours())}),
        "ahead": "",
    }
    if len(newest) == 2:
        stand = [last(each.history.score) for each in newest]
        updates = [each.update for each in newest]
        header["ahead"] = describe_lead(names, updates, stand, score, lower_is_better=lower)
    for lane, each in enumerate(newest):
        arrays |= weights(lane, each.weights)
    return header, arrays


def past(training: Training, names: Sequence[str]) -> dict[str, Any]:
    """Its time-line: the updates whose states are kept, the newest last, and what is drawn along them."""
    newest = training.news
    exercise = training.plans[0].exercise
    steps = sorted({*newest[0].kept, newest[0].update})
    race = len(newest) > 1
    shown = [(each, "score", name) for each, name in zip(newest, names, strict=True)]
    if not race:
        shown = [(newest[0], "loss", "loss"), (newest[0], "score", exercise.score_name)]
    colours = line_colours([plan.cell for plan in training.plans]) if race else COLOURS
    curves = []
    for k, (each, column, name) in enumerate(shown):
        values = np.interp(steps, each.history.update, getattr(each.history, column))
        power = column == "loss" or exercise.lower_is_better
        drawn = np.log10(np.maximum(values, SMALLEST)) if power else values
        texts = [small(value) if power else number(value) for value in values]
        curves.append({"name": name, "values": drawn.tolist(), "texts": texts, "colour": colours[k]})
    return {"steps": steps, "race": race, "curves": curves}


def _lane(each: News) -> dict[str, Any]:
    return {"update": each.update, "status": lane_status(each), "kept": list(each.kept), "said": dict(each.said)}


def state(training: Training, update: int) -> Parts:
    """The kept states nearest to an update, of each of its courses."""
    lanes: list[dict[str, Any]] = []
    arrays: dict[str, Array] = {}
    with training.lock:
        for lane, course in enumerate(training.courses):
            at = min(course.states, key=lambda kept: (abs(kept - update), kept))
            kept = {name: np.asarray(part) for name, part in course.states[at].items()}
            lanes.append({"update": at, "said": dict(training.speak(lane, kept))})
            arrays |= weights(lane, kept)
    return {"lanes": lanes}, arrays


def weights(lane: int, found: Mapping[str, Array]) -> dict[str, Array]:
    """Weights as the message names them."""
    return {f"{lane}.weight.{name}": part for name, part in found.items()}


def status(training: Training, before: int, seconds: float | None = None) -> str:
    """How it stands, in a sentence."""
    done = max(each.update for each in training.news)
    many = max(plan.updates for plan in training.plans)
    after = f"after {count(done, 'update')} of at most {many:,}"
    match training.state:
        case "waiting":
            begun = f"It goes on {after}. " if done else ""
            return f"{begun}Two trainings are under way on this server already. {describe_place(before, seconds)}"
        case "running":
            return f"Training: update {done:,} of at most {many:,}."
        case "resting":
            return f"It rested {after}, for nobody looked; it goes on now that you do."
        case "paused":
            return f"Paused {after}." if done else READY
        case "stopped":
            return f"Stopped {after}."
        case "finished":
            problem = next((each.problem for each in training.news if each.problem), "")
            return f"Done after {count(done, 'update')}. {problem}".strip()
    return f"It ended {after}."


def lane_status(each: News) -> str:
    """How one network of a training stands."""
    loss = now(each.history.loss)
    error = f", loss {small(loss)}" if np.isfinite(loss) else ", its loss is no number any more"
    after = f"After {count(each.update, 'update')}" if each.update else "Before the first update"
    return f"{after}{error}. {each.problem}".strip()


def lane_names(plans: tuple[Any, ...]) -> list[str]:
    """What each is called: of two that race, by what differs."""
    from lstm_viz.ui.pages.watch.plans import names

    return names(plans)
