"""What can be taken away from Watch it learn: the curves of what was trained, and the same training as Python."""

from typing import Any

from lstm_viz.ui.pages.watch.held import Held
from lstm_viz.ui.pages.watch.plans import names
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.words.snippets.watching import trainings

CURVES = ("loss", "score", "length", "gradient_norm", "rate")


def watch_taken(held: Held) -> Taken:
    """Every curve by update, and how far back an error is felt by step before the end."""
    added = []
    for name, news in zip(names(held.plans), held.training.news, strict=True):
        at, updates = {"run": name}, news.history.update.tolist()
        for column in CURVES:
            values = getattr(news.history, column)
            added.append(Extra(f"{name} {column}", column, values, {"update": updates}, at))
        steps = range(len(news.gradients))
        added.append(Extra(f"{name} gradient", "gradient so many steps back", news.gradients, {"time_step": steps}, at))
    return Taken({}, added)


def watch_snippet(held: Held, theme: str) -> str:
    """The view as Python."""
    with held.training.lock:
        courses: list[Any] = held.training.courses
        followed = [course.followed.written for course in courses]
    return trainings("Watch it learn", plans=followed, names=names(held.plans), probe=held.speaker.probe, theme=theme)


def watch_taking(held: Held) -> Taking:
    """What the page gives."""
    plan = held.plans[0]
    return Taking(
        file_name("watch it learn", plan.task, plan.cell),
        lambda: watch_taken(held),
        lambda theme: watch_snippet(held, theme),
    )
