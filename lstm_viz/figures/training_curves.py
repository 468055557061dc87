"""One training or two as they go: loss, score, length, the size of gradients, and how far back they reach."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np

from lstm_viz.figures.chart import Chart, Floats, Mark, Series
from lstm_viz.figures.gradients_by_distance import backwards
from lstm_viz.words.gradients import describe_reach, logs_range
from lstm_viz.words.watching import describe_lengths, describe_loss, describe_norms, describe_score

POINTS = 240
"""Updates that are drawn at most: past the pixels there is nothing to see."""
SMALLEST = 1e-9
"""What is smaller is drawn as this."""
HEIGHT = 230
COLOURS = ("lstm", "rnn")
"""Of the first and of the second, where both are of one cell."""
OWN = ("lstm", "gru", "rnn")
"""Cells with a colour of their own on every page."""
DASHES = ("solid", "dash")
LEVELS = ("dot", "dash")
"""How the levels that a score is held against are drawn."""

Curves = Mapping[str, tuple[Floats, Floats]]


@dataclass(frozen=True, eq=False)
class Course:
    """What is drawn of a training.

    Attributes
    ----------
    name : what it is called
    cell : its code name
    history : column → (n,), ``update``, ``loss``, ``score``, ``length``, ``gradient_norm`` and ``rate``
    gradients : (T,) size of the gradient by distance from the end
    clip : the norm to which a longer gradient is shortened, 0 for none
    """

    name: str
    cell: str
    history: Mapping[str, Floats]
    gradients: Floats
    clip: float


def line_colours(cells: Sequence[str]) -> tuple[str, ...]:
    """The colour of each training's line, by name: of two cells, that which the cell has on other pages.

    Examples
    --------
    >>> line_colours(["rnn", "lstm"]), line_colours(["slstm", "lstm"]), line_colours(["gru", "gru"])
    (('rnn', 'lstm'), ('variant', 'lstm'), ('lstm', 'rnn'))
    """
    own = tuple(cell if cell in OWN else "variant" for cell in cells)
    return own if len(set(own)) > 1 else COLOURS[: len(own)]


def training_charts(
    courses: Sequence[Course], *, score: str, lower_is_better: bool, levels: Mapping[str, float]
) -> list[Chart]:
    """All charts of one training or of two that race.

    Parameters
    ----------
    score : what the score is called
    lower_is_better : whether that is an error, drawn in powers of ten, or a share of what is right, from 0 to 1
    levels : what to hold the score against: words → score
    """
    of = lambda column: {each.name: (each.history["update"], each.history[column]) for each in courses}  # noqa: E731
    colours = line_colours([each.cell for each in courses])
    over = partial(_over_updates, colours=colours)
    losses, scores, lengths, norms = (of(column) for column in ("loss", "score", "length", "gradient_norm"))
    charts = [
        over("loss", "Loss", describe_loss(losses), losses, power=True, marks=_rates(courses)),
        over(
            "score",
            score,
            describe_score(scores, score.lower(), lower_is_better=lower_is_better),
            scores,
            power=lower_is_better,
            ends=None if lower_is_better else (0.0, 1.0),
            levels=levels,
        ),
    ]
    if any(len(set(values.tolist())) > 1 for _, values in lengths.values()):
        charts.append(over("length", "Length it is trained on", describe_lengths(lengths), lengths))
    said = describe_norms(norms, {each.name: each.clip for each in courses})
    charts.append(over("norm", "Length of the gradient, before clipping", said, norms, power=True))
    return [*charts, _distance(courses, colours)]


def _over_updates(
    key: str,
    title: str,
    caption: str,
    curves: Curves,
    *,
    colours: Sequence[str],
    power: bool = False,
    ends: tuple[float, float] | None = None,
    marks: Sequence[Mark] = (),
    levels: Mapping[str, float] = MappingProxyType({}),
) -> Chart:
    x = _grid([updates for updates, _ in curves.values()])
    logs: Callable[[Floats], Floats] = (lambda values: np.log10(np.maximum(values, SMALLEST))) if power else np.asarray
    drawn = [_on(x, updates, logs(values.astype(float))) for updates, values in curves.values()]
    flat = {words: np.full(x.shape, float(logs(np.array(level)))) for words, level in levels.items()}
    if ends is None:
        there = np.concatenate([each[np.isfinite(each)] for each in (*drawn, *flat.values())])
        low, high = (there.min(), there.max()) if len(there) else (0.0, 1.0)
        ends = (float(np.floor(low)), float(np.ceil(high))) if power else (0.0, float(high))
        ends = ends if ends[0] < ends[1] else (ends[0], ends[0] + 1)
    series = [
        Series(values, name, colours[k], DASHES[k]) for k, (name, values) in enumerate(zip(curves, drawn, strict=True))
    ]
    series += [
        Series(each, words, "muted", dash, width=1.5) for dash, (words, each) in zip(LEVELS, flat.items(), strict=False)
    ]
    return Chart(
        name=key,
        title=title,
        caption=caption,
        x=x,
        x_label="updates of the weights",
        series=series,
        y_range=ends,
        marks=marks,
        power=power,
        height=HEIGHT,
        group="updates",
    )


def _grid(updates: Sequence[Floats]) -> Floats:
    """All updates at which any was noted, evenly thinned."""
    found = np.unique(np.concatenate(updates)).astype(float)
    if len(found) > POINTS:
        found = found[np.unique(np.linspace(0, len(found) - 1, POINTS).astype(int))]
    return found if len(found) > 1 else np.array([0.0, 1.0])


def _on(x: Floats, updates: Floats, values: Floats) -> Floats:
    """A curve at other updates than it was noted at; NaN where it was not under way, or has no number."""
    if not len(updates):
        return np.full(x.shape, np.nan)
    # What is infinite is drawn on the edge, and no number not at all.
    return np.interp(x, updates.astype(float), np.nan_to_num(values, nan=np.nan, posinf=1e3), right=np.nan)


def _rates(courses: Sequence[Course]) -> list[Mark]:
    """Where the learning rate was changed on the way."""
    found = {}
    for each in courses:
        rates, updates = each.history["rate"], each.history["update"]
        for k in np.flatnonzero(np.diff(rates)) + 1:
            found[float(updates[k])] = f"rate {rates[k]:g}"
    return [Mark(update, words) for update, words in sorted(found.items())][-3:]


def _distance(courses: Sequence[Course], colours: Sequence[str]) -> Chart:
    steps = max(len(each.gradients) for each in courses)
    with np.errstate(divide="ignore", invalid="ignore"):
        # By time step, as the sentences read it: the end comes last.
        logs = {each.name: np.log10(np.asarray(each.gradients, float))[::-1] for each in courses}
    low, high = logs_range(logs.values())
    finite = {name: each for name, each in logs.items() if np.isfinite(each[-1])}
    said = ". ".join(describe_reach(name, each) for name, each in finite.items())
    return Chart(
        name="distance",
        title="How far back an error at the end is felt",
        caption=f"{said}." if said else "There is no gradient to speak of.",
        x=np.arange(steps, dtype=float),
        x_label="steps before the end",
        y_label="size of the gradient",
        series=[
            Series(backwards(each, steps), name, colours[k], DASHES[k]) for k, (name, each) in enumerate(logs.items())
        ],
        y_range=(low, high),
        power=True,
        height=HEIGHT,
    )
