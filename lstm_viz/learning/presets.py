"""Trainings that teach something: each with what to look for, and a claim that is measured on what came out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lstm_viz.cells import CELLS
from lstm_viz.learning.course import Course
from lstm_viz.learning.plan import Plan

Claim = Callable[[Sequence[Course]], tuple[bool, str]]

BARELY = 0.5
"""Share of right answers, of four, up to which nothing was learnt: the best moment of a network that guesses."""
MARGIN, FAR_BETTER = 0.15, 0.5
"""By how much more right answers, or strings, one of two is clearly better, and far better."""
TIMES = 2
"""How many times as long sequences are far longer."""
FOLLOWS = 0.95
"""Correlation from which a memory follows a count."""


@dataclass(frozen=True)
class Preset:
    """A training, or a race of two on the same sequences.

    Attributes
    ----------
    title : on screen
    plans : one or two
    look : what to look for, in a sentence or two
    claim : the courses, run to their end → whether what is said came out, and a sentence with what was measured
    """

    title: str
    plans: tuple[Plan, ...]
    look: str
    claim: Claim

    def with_seed(self, seed: int) -> tuple[Plan, ...]:
        """The same plans from another seed."""
        return tuple(replace(plan, seed=seed) for plan in self.plans)


def best(course: Course) -> float:
    """The best score on the way."""
    scores = course.history.score
    return float(scores.min() if course.plan.exercise.lower_is_better else scores.max())


def _sooner(courses: Sequence[Course]) -> tuple[bool, str]:
    """Of two that must keep one symbol, the second is right more often on average over the training."""
    first, second = (float(course.history.score.mean()) for course in courses)
    one, other = _names(courses, "forget_bias")
    return second >= first + MARGIN, (
        f"{one} had {first:.0%} right answers on average over its training, where guessing gives "
        f"{courses[0].plan.exercise.guessing:.0%}, and {best(courses[0]):.0%} at best; {other} had {second:.0%}, and "
        f"{best(courses[1]):.0%} at best."
    )


def _reaches(courses: Sequence[Course]) -> tuple[bool, str]:
    """Where sequences grow with what is learnt, the second comes to far longer ones than the first."""
    first, second = courses
    one, other = _names(courses, "cell")
    return second.length >= TIMES * first.length, (
        f"{one} came to sequences of {first.length} numbers in {first.update:,} updates; {other} to {second.length} in "
        f"{second.update:,}, where {second.plan.length} is the most."
    )


def _names(courses: Sequence[Course], name: str) -> list[str]:
    values = [getattr(course.plan, name) for course in courses]
    if name == "cell":
        return [
            f"The {CELLS[value].title}" if k == 0 else f"the {CELLS[value].title}" for k, value in enumerate(values)
        ]
    label = name.replace("_", " ")
    return [f"{label.capitalize() if k == 0 else label} {value:g}" for k, value in enumerate(values)]


def _clipping(courses: Sequence[Course]) -> tuple[bool, str]:
    """The unclipped one does not learn what the clipped one learns."""
    loose, clipped = courses
    lost, won = loose.history.score[-1], clipped.history.score[-1]
    clip, longest = clipped.plan.clip, clipped.history.gradient_norm.max()
    return bool(longest > clip and lost < BARELY < won), (
        f"Clipped at {clip:g}, with gradients of up to {longest:.3g} cut down, it ended with {won:.0%} right answers; "
        f"not clipped, with gradients of up to {loose.history.gradient_norm.max():.3g}, with {lost:.0%}."
    )


def _too_large(courses: Sequence[Course]) -> tuple[bool, str]:
    """The smaller rate learns the task, the larger does not come near it."""
    small, large = courses
    good, bad = best(small), float(large.history.score[-1])
    return good >= bad + FAR_BETTER, (
        f"At a rate of {small.plan.learning_rate:g}, {good:.0%} of the strings were right at best; at "
        f"{large.plan.learning_rate:g} it ended with {bad:.0%}."
    )


def _counts(courses: Sequence[Course]) -> tuple[bool, str]:
    """One unit's memory follows the depth of brackets it never saw."""
    model = courses[0].model()
    text = max((example.text for example in model.task.examples), key=len)
    depth = np.cumsum([1.0 if symbol == "(" else -1.0 for symbol in text])
    memory = model.trace(text).layers[0]["cell_state"]
    moving = memory.std(axis=0) > 0
    like = np.zeros(len(moving))
    like[moving] = [abs(np.corrcoef(unit, depth)[0, 1]) for unit in memory.T[moving]]
    unit, score = int(like.argmax()), best(courses[0])
    alone = f" One unit alone came to {best(courses[1]):.0%}."
    return score >= courses[0].plan.exercise.solved and like[unit] >= FOLLOWS, (
        f"Of the strings {score:.0%} were right at best; the memory of unit {unit} follows the depth of the example "
        f"with a correlation of {like[unit]:.3f}.{alone}"
    )


_KEEP = Plan(task="echo", distance=8, length=9, curriculum=False, learning_rate=0.02, updates=500, seed=2)
_FAR = Plan(task="adding", units=16, length=100, learning_rate=0.02, forget_bias=3, updates=1000)
_STEEP = Plan(
    task="echo", cell="rnn", distance=5, length=6, curriculum=False, optimizer="sgd", learning_rate=2, updates=600
)
_COUNT = Plan(task="brackets", units=3, length=10, curriculum=False, learning_rate=0.05, forget_bias=3, updates=400)

PRESETS: Mapping[str, Preset] = {
    "forget_bias": Preset(
        "The forget bias: 0 against 1",
        (replace(_KEEP, forget_bias=0), _KEEP),
        "One symbol must be kept for 8 steps. A gate that begins half shut halves the memory at every step, and with "
        "it what learning can see of the first symbol: watch how far back an error at the end is felt, and then the "
        "forget gate.",
        _sooner,
    ),
    "clipping": Preset(
        "The exploding RNN, and clipping",
        (replace(_STEEP, clip=0), _STEEP),
        "Of one every gradient is cut to a length of 1, the other takes them whole: one learns, the other ends where "
        "guessing is. Watch the length of the gradient, before clipping, and the score of either.",
        _clipping,
    ),
    "length": Preset(
        "How far back: RNN against LSTM",
        (replace(_FAR, cell="rnn"), _FAR),
        "Two marked numbers are to be added, and sequences grow once those of the present length are learnt, up to "
        "100. Watch the length that each is trained on: one climbs, the other stands almost still. And watch how far "
        "back an error at the end is felt.",
        _reaches,
    ),
    "learning_rate": Preset(
        "A learning rate too large",
        (replace(_COUNT, units=4, seed=2), replace(_COUNT, units=4, seed=2, learning_rate=2)),
        "Both see the same strings. Steps that are too large run over what they look for: one learns to judge the "
        "strings, the other does not. Watch the loss and the score of either, and what becomes of its gates.",
        _too_large,
    ),
    "one_unit": Preset(
        "One unit that must count",
        (_COUNT, replace(_COUNT, units=1)),
        "To judge brackets, something must hold how many are open. Watch one unit’s memory become a staircase: up at "
        "each bracket that opens, down at each that closes. Beside it one unit, all alone, tries the same.",
        _counts,
    ),
}
"""By name, in the order of the menu."""
