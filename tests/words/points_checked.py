"""Each point of an example worked out once more, in another way: the numbers and words that its sentence must have."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from lstm_viz.analysis.seen import Seen
from lstm_viz.learning.data.counting import judge
from lstm_viz.tasks import Model
from lstm_viz.tasks import points as kinds
from lstm_viz.trace import Trace
from lstm_viz.words.alike import ALIKE
from lstm_viz.words.points import SAY

CLOSE = 0.0051
"""How far a number with two decimals may be from what it was rounded from."""


class Wanted(NamedTuple):
    """The numbers that a sentence must give, in order, the words that it must use, and those that it must not."""

    numbers: list[float]
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def numbers_in(sentence: str) -> list[float]:
    """The numbers of a sentence, percentages as shares; not those within quotation marks, nor how near 0 or 1."""
    said = re.sub(r"“[^”]*”|“””", "", sentence)
    found = re.findall(r"(−?\d[\d,]*(?:\.\d+)?)(%?)", said)
    return [float(text.replace("−", "-").replace(",", "")) / (100 if share else 1) for text, share in found]


def moves(before: float, after: float, span: float = 1.0) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that fit a change, and those that do not."""
    change = round(after, 2) - round(before, 2)
    every = {"stays at": change == 0, "hardly moves": 0 < abs(change) <= ALIKE * span + 1e-9}
    every["rises from"] = change > ALIKE * span + 1e-9
    every["falls from"] = change < -ALIKE * span - 1e-9
    return tuple(word for word, fits in every.items() if fits), tuple(word for word, fits in every.items() if not fits)


def unlike(before: float, after: float) -> list[float]:
    """Both, or one where they look the same."""
    return [after] if round(before, 2) == round(after, 2) else [before, after]


@lru_cache(maxsize=8)
def run(model: Model, tokens: tuple[str, ...]) -> Trace:
    """One run, which several points of an example are read from."""
    return model.trace_tokens(tokens)


class Here:
    """A model and a text, read anew."""

    def __init__(self, model: Model, text: str) -> None:
        self.model, self.text = model, text
        self.tokens = model.task.tokenize(text)
        trace = run(model, tuple(self.tokens))
        self.values, self.layer = model.predictions(trace), trace.layers[0]

    def step(self, at: str | int) -> int:
        return self.tokens.index(at) if isinstance(at, str) else range(len(self.tokens))[at]

    @property
    def yes(self) -> int:
        """The column that is followed."""
        return self.model.task.favoured if len(self.model.labels) == 2 else 0

    def of(self, label: str = "") -> list[float]:
        labels = self.model.labels
        return self.values[:, labels.index(label) if label else self.yes].tolist()

    def best(self) -> list[float]:
        """The best guess at the sum after every step."""
        numbers = [(float(token.rstrip("*")), token.endswith("*")) for token in self.tokens]
        sums = [[value for value, marked in numbers[: k + 1] if marked] for k in range(len(numbers))]
        return [sum(each) + 0.5 * max(0, 2 - len(each)) for each in sums]


def move(point: kinds.Move, here: Here) -> Wanted:
    step, line = here.step(point.at), here.of(point.of)
    words, never = moves(line[step - 1], line[step])
    return Wanted(unlike(line[step - 1], line[step]), words, never)


def after(point: kinds.After, here: Here) -> Wanted:
    return Wanted([here.of()[here.step(at)] for at in point.at])


def end(point: kinds.End, here: Here) -> Wanted:
    last, (first, second) = here.of()[-1], here.model.labels
    sure = abs(round(last, 2) - 0.5) > ALIKE + 1e-9
    yes = here.model.labels[here.model.task.favoured]
    verdict = (yes if last > 0.5 else first if yes == second else second) if sure else "undecided"
    return Wanted([last], (f": {verdict}.",))


def swap(point: kinds.Swap, here: Here) -> Wanted:
    other = Here(here.model, re.sub(r"\s+", " ", here.text.replace(point.old, point.new, 1)))
    if len(here.model.labels) > 2:
        old, new = (here.model.labels[each.values[-1].argmax()] for each in (here, other))
        shares = [float(other.values[-1].max())] + ([float(here.values[-1].max())] if old != new else [])
        return Wanted(shares, (f"“{new}”",), () if old == new else ("still",))
    was, now = here.of()[-1], other.of()[-1]
    alike = abs(round(was, 2) - round(now, 2)) <= ALIKE + 1e-9
    return Wanted(unlike(was, now)[::-1], () if alike else (", not ",), (", not ",) if alike else ("about the same",))


def verdict(point: kinds.Verdict, here: Here) -> Wanted:
    last = here.of(point.label)[-1]
    words = {"cannot tell": abs(round(last, 2) - 0.5) <= ALIKE + 1e-9}
    words |= {"agrees": not words["cannot tell"] and last > 0.5, "is wrong": not words["cannot tell"] and last < 0.5}
    return Wanted([last], tuple(w for w in words if words[w]), tuple(w for w in words if not words[w]))


def leaders(point: kinds.Leaders, here: Here) -> Wanted:
    rows = [here.values[here.step(at)] for at in point.at]
    feelings = {"is unsure": 0, "leans to": 0, "is sure of": 0}
    for row in rows:
        feelings["is unsure" if row.max() < 0.5 else "leans to" if row.max() < 0.9 else "is sure of"] += 1
    words = tuple(word for word, times in feelings.items() if times)
    names = tuple(f"“{here.model.labels[row.argmax()]}”" for row in rows)
    return Wanted([float(row.max()) for row in rows], words + names, tuple(set(feelings) - set(words)))


def throughout(point: kinds.Throughout, here: Here) -> Wanted:
    line, leads = here.of(point.label), here.values.argmax(1) == here.model.labels.index(point.label)
    if leads.all():
        return Wanted([min(line)], ("decides",))
    return Wanted([int(leads.sum()), len(leads), line[0]], (), ("decides",))


def complete(point: kinds.Complete, here: Here) -> Wanted:
    line = here.of("complete")
    truth = [step for step, (is_complete, *_) in enumerate(judge(here.text)) if is_complete]
    assert truth == sorted(here.step(step) for step in point.right)
    passes, last = [step for step, share in enumerate(line) if share >= 0.5], [len(line) - 1]

    def named(steps: list[int]) -> list[float]:
        return [] if steps == last else [len(steps)] if len(steps) > 3 else [float(step) for step in steps]

    if passes == truth:
        return Wanted(
            [0.5, *(named(truth) or ([] if truth else [max(line)]))], ("only at" if truth else "as it should",)
        )
    if not passes:
        return Wanted([0.5, max(line), *named(truth)], ("never passes",))
    return Wanted([0.5, *named(passes), *named(truth)], (), ("never", "only", "as it should"))


def follow(point: kinds.Follow, here: Here) -> Wanted:
    shares, names = here.model.may_follow(here.text)[-1], here.model.task.followers
    right = dict(zip(names, judge(here.text)[-1][1:], strict=True))
    if point.symbol:
        assert right[point.symbol]
        share = float(shares[names.index(point.symbol)])
        return Wanted([share], ("and" if share >= 0.5 else "but",))
    assert not any(right.values())
    likeliest = f"“{names[int(shares.argmax())]}”"
    return Wanted([float(shares.max())], ("and" if shares.max() < 0.5 else "but", likeliest))


def right(point: kinds.Right, here: Here) -> Wanted:
    odd, wrong = False, []
    for step, token in enumerate(here.tokens):
        odd ^= token == "1"
        if (here.values[step, 0] > here.values[step, 1]) != odd:
            wrong.append(step)
    steps = len(here.tokens)
    if not wrong:
        return Wanted([steps], ("right after all",))
    token = here.tokens[wrong[0]]
    alone = here.tokens.count(token) == 1 and token != str(wrong[0])
    return Wanted([steps - len(wrong), steps, *([] if alone else [wrong[0]])], ("the first wrong one",))


def unknown(point: kinds.Unknown, here: Here) -> Wanted:
    strange = here.model.unknown(here.text)
    words = [token for token, new in zip(here.tokens, strange, strict=True) if new]
    if here.model.vocabulary:
        vectors = here.model.inputs(here.text)[np.array(strange)]
        assert (vectors == vectors[:1]).all()
        return Wanted([], tuple(f"“{word}”" for word in words))
    return Wanted([*here.model.training_range], tuple(f"“{word}”" for word in words))


def marks(point: kinds.Marks, here: Here) -> Wanted:
    places = [step for step, token in enumerate(here.tokens) if token.endswith("*")]
    line, best = here.of("sum"), here.best()
    step = ([*places, len(line)][point.seen :] or [len(line)])[0] - 1
    if not places:
        return Wanted([best[-1], line[-1]], ("nothing to add",))
    if not point.seen:
        return Wanted([best[step], line[step]])
    if point.seen < len(places):
        stretch = range(places[point.seen - 1], step + 1)
        return Wanted([len(stretch), best[step], 0.5, max(abs(line[k] - best[k]) for k in stretch)])
    return Wanted([step - places[-1], line[-1], best[-1], abs(round(line[-1], 2) - round(best[-1], 2))])


def jump(point: kinds.Jump, here: Here) -> Wanted:
    line, day = here.of(), float(here.tokens[point.at])
    guesses = [line[point.at - 1], line[point.at]]
    words = ("rises" if guesses[1] > guesses[0] else "falls", "less than" if guesses[1] < day else "no less")
    return Wanted([day, *guesses, point.later, line[point.at + point.later]], words)


def beside(point: kinds.Beside, here: Here) -> Wanted:
    days, line = [float(token) for token in here.tokens], here.of()
    below = sum(guess < day for guess, day in zip(line, days, strict=True))
    return Wanted([days[-1] + days[-1] - days[-2], line[-1], below, len(days)])


def peaks(point: kinds.Peaks, here: Here) -> Wanted:
    days = [float(token) for token in here.tokens]
    hottest = sorted(range(len(days)), key=lambda k: -days[k])[: point.most]
    drops = [days[k] - here.of()[k] for k in hottest]
    low, high = min(drops), max(drops)
    words = ("higher", "lower") if low < 0 < high else ("lower",) if low >= 0 else ("higher",)
    ends = [-low, high] if low < 0 < high else sorted([abs(low), abs(high)])
    return Wanted([point.most, *ends], words)


def ahead(point: kinds.Ahead, here: Here) -> Wanted:
    first, *_, last = forecast = here.model.forecast(here.text)
    words, never = moves(first, last, here.model.task.reader.spread)  # type: ignore[attr-defined]
    return Wanted([len(forecast), *unlike(first, last)], words, never)


def rises(point: kinds.Rises, here: Here) -> Wanted:
    days, steps = [float(token) for token in here.tokens], np.diff(here.of())
    shrinks = all(after < before for before, after in pairwise(steps))
    each = (days[-1] - days[0]) / (len(days) - 1)
    return Wanted([each, *steps], ("less and less",) if shrinks else (), () if shrinks else ("less and less",))


def keeping(point: kinds.Keeping, here: Here) -> Wanted:
    gates = [gate.name for gate in here.layer.definition.gates]
    name = next((name for name in ("forget_gate", "update_gate") if name in gates), None)
    if name is None:
        return Wanted([], (here.layer.definition.summary,))
    shares, step = here.layer[name].mean(1), here.step(point.at)
    rest = float(np.delete(shares, step).mean())
    change = float(shares[step]) - rest
    each = here.layer[name]
    others = np.delete(each, step, axis=0).mean(0)
    alike = abs(round(float(shares[step]), 2) - round(rest, 2)) <= ALIKE + 1e-9
    word = "about as much" if alike else "make room" if change < 0 else "hold on"
    against = not alike and any((each[step] - others) * change < 0)
    said = (word, "averaged over all units", here.layer.definition[name].label.lower())
    otherwise = ("a single unit may do otherwise",)
    return Wanted([float(shares[step]), rest], said + otherwise * against, () if against else otherwise)


def bounds(point: kinds.Bounds, here: Here) -> Wanted:
    layer, gated = here.layer, bool(here.layer.definition.gates)
    for gate in layer.definition.gates:
        assert 0 <= layer[gate.name].min() <= layer[gate.name].max() <= 1
    size = {state.name: float(np.abs(layer[state.name]).max()) for state in layer.definition.states}
    assert size["hidden_state"] <= 1
    free = [most for name, most in size.items() if name == "cell_state"]
    return Wanted([*([0, 1] if gated else []), -1, 1, size["hidden_state"], *free], (), () if gated else ("gate",))


def tracks(point: kinds.Tracks, here: Here) -> Wanted:
    text, layer = here.text, here.layer
    if point.what == "position in the line":
        target = [len(text[: k + 1].rpartition("\n")[2]) for k in range(len(text))]
    elif point.what == "an odd number of ones":
        target = [text[: k + 1].count("1") % 2 for k in range(len(text))]
    else:
        target = [
            sum(text[: k + 1].count(c) for c in "a(") - sum(text[: k + 1].count(c) for c in "b)")
            for k in range(len(text))
        ]
    state, unit, *_ = Seen.of(here.model, text).tracking(point.what)
    course = layer[state][:, unit].astype(float)
    likeness = float(np.corrcoef(course, target)[0, 1]) if course.std() > 0 else 0.0
    size = abs(round(likeness, 2))
    way = "hardly" if size < 0.5 else "falls as" if likeness < 0 else "follows"
    word = "roughly" if 0.5 <= size < 0.9 else way
    named = [u for u in here.model.card["findings"].get("units", ()) if u["property"] == point.what]
    if named:
        assert (state, unit) == (named[0]["quantity"], named[0]["unit"])
    else:
        others = [np.corrcoef(each, target)[0, 1] for each in layer[state].T.astype(float) if each.std() > 0]
        assert abs(likeness) >= max(map(abs, others), default=0) - 1e-6
    ends = [] if size < 0.5 else [float(course.min()), float(course.max())]
    return Wanted([unit, likeness, *ends], (word, way), tuple({"hardly", "roughly", "falls as"} - {word, way}))


def came(point: kinds.Came, here: Here) -> Wanted:
    places = [k for match in re.finditer(point.pattern, here.text) for k in range(*match.span(1))]
    given = [here.of(here.tokens[k])[k - 1] for k in places]
    assert places
    if len(given) == 1 or min(given) >= 0.9:
        return Wanted([min(given)])
    return Wanted([float(np.mean(given)), min(given)], ("on average",))


def line_end(point: kinds.LineEnd, here: Here) -> Wanted:
    read = here.text[: here.text.index(point.at) + 1]
    share = here.of("\n")[len(read) - 1]
    counts = round(share, 2) <= ALIKE
    return Wanted([read.count("(") - read.count(")"), share], () if counts else ("does not count",))


CHECKS: dict[type, Callable[[Any, Here], Wanted]] = {
    kinds.Move: move,
    kinds.After: after,
    kinds.End: end,
    kinds.Swap: swap,
    kinds.Verdict: verdict,
    kinds.Leaders: leaders,
    kinds.Throughout: throughout,
    kinds.Complete: complete,
    kinds.Follow: follow,
    kinds.Right: right,
    kinds.Unknown: unknown,
    kinds.Marks: marks,
    kinds.Jump: jump,
    kinds.Beside: beside,
    kinds.Peaks: peaks,
    kinds.Ahead: ahead,
    kinds.Rises: rises,
    kinds.Keeping: keeping,
    kinds.Bounds: bounds,
    kinds.Tracks: tracks,
    kinds.Came: came,
    kinds.LineEnd: line_end,
}


def check(point: Any, model: Model, text: str) -> str:
    """Hold one sentence against the run that it speaks of."""
    seen = Seen(model, tuple(model.task.tokenize(text)), partial(run, model))
    said = SAY[type(point)](point, seen).sentence
    wanted = CHECKS[type(point)](point, Here(model, text))
    found = numbers_in(said)
    assert len(found) == len(wanted.numbers), said
    for shown, value in zip(found, wanted.numbers, strict=True):
        beyond = (shown == 0.01 and value < shown) or (shown == 0.99 and value > shown)
        assert abs(shown - value) <= CLOSE or beyond, (said, shown, value)
    assert all(word in said for word in wanted.words), (said, wanted.words)
    assert not any(word in said for word in wanted.never), (said, wanted.never)
    assert not re.search(r"(?<![\d.,])(−?\d[\d.,]*) → \1(?!\d)|from (−?\d[\d.,]*) to \2(?!\d)", said), said
    return said
