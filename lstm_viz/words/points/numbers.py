"""What is said of answers that are numbers: beside the best guess, the numbers just read, and those to come."""

import numpy as np

from lstm_viz.analysis.answers.lengths import best_guess
from lstm_viz.analysis.seen import Seen
from lstm_viz.tasks.points import Ahead, Beside, Jump, Marks, Peaks, Rises, Unknown
from lstm_viz.words.alike import apart, arrow, moved, span_of
from lstm_viz.words.phrases import count, listing, number, quoted_list
from lstm_viz.words.points.said import Said, degrees


def unknown(point: Unknown, seen: Seen) -> Said:
    """Which tokens are outside the training data; words, or numbers."""
    strange = seen.unknown
    subject, brief = "Outside the training data", f"{len(strange)}"
    named = quoted_list(strange) if strange else ""
    plural = len(strange) > 1
    if not seen.model.vocabulary:
        low, high = (degrees(seen, end) for end in seen.model.training_range)
        if not strange:
            return Said(f"All numbers lie within {low} to {high}, as in training.", subject, brief)
        verb = "lie" if plural else "lies"
        return Said(f"{named} {verb} outside the training range, {low} to {high}.", subject, brief)
    if not strange:
        return Said("The network knows every word of it.", subject, brief)
    same = ": the same vector arrives for each" if plural else ""
    return Said(f"{named} {'are' if plural else 'is'} unknown to the network{same}.", subject, brief)


def marks(point: Marks, seen: Seen) -> Said:
    """The guess at the sum beside the best one, at the end of a stretch."""
    reader, guesses = seen.model.task.reader, seen.values[:, 0].astype(np.float64)
    best = best_guess(np.asarray(reader.encode(seen.tokens, ()), dtype=float))
    places = reader.marked(seen.tokens)  # type: ignore[attr-defined]
    ends = [*places[point.seen :], len(guesses)]
    step = max(ends[0] - 1, 0)
    guess, right = float(guesses[step]), float(best[step])
    off, said, there = number(apart(guess, right)), number(guess), number(right)
    if not places:
        sentence = f"There is nothing to add. The best guess is the average sum, {there}; at the end it is {said}."
        return Said(sentence, f"The guess at the end (best: {there})", said)
    if not point.seen:
        sentence = f"Before a mark the best guess is the average sum, {there}; the network’s comes to {said}."
        return Said(sentence, f"The guess before a mark (best: {there})", said)
    if ends[0] < len(guesses):
        stretch = slice(places[point.seen - 1], ends[0])
        most = number(np.abs(guesses[stretch] - best[stretch]).max())
        between = count(ends[0] - places[point.seen - 1], "step")
        sentence = f"Between the marks, {between} apart, the best guess is {there}, the first number plus 0.5. "
        sentence += f"The network’s is off by {most} at most."
        return Said(sentence, "Furthest from the best guess between the marks", most)
    since = count(step - places[-1], "step")
    sentence = f"At the end, {since} after the last mark, the guess is {said} and the sum {there}: off by {off}."
    return Said(sentence, f"The guess at the end (the sum is {there})", f"{said}, off by {off}")


def jump(point: Jump, seen: Seen) -> Said:
    """How far the guess follows one day that stands out."""
    guesses, day = seen.values[:, 0], float(seen.given[point.at])
    before, after, later = (float(guesses[k]) for k in (point.at - 1, point.at, point.at + point.later))
    verb = "rises" if after > before else "falls"
    short = "less than the day itself: some of the heat should pass" if after < day else "no less than the day itself"
    sentence = (
        f"On the day of {degrees(seen, day)} the guess {verb} from {number(before)} to {degrees(seen, after)}, "
        f"{short}. After {count(point.later, 'more day')} it is {degrees(seen, later)}."
    )
    return Said(sentence, f"The guess on the day of {degrees(seen, day)}", arrow(before, after))


def beside(point: Beside, seen: Seen) -> Said:
    """A series that goes on, and a guess that does not."""
    days, guesses = seen.given, seen.values[:, 0]
    onward, last = float(2 * days[-1] - days[-2]), float(guesses[-1])
    below = int((guesses < days).sum())
    sentence = (
        f"To carry on the series would give {degrees(seen, onward)}; the network says {degrees(seen, last)}. On "
        f"{below} of {count(len(days), 'day')} its guess for tomorrow is below today."
    )
    return Said(sentence, f"The last guess (to carry on: {degrees(seen, onward)})", degrees(seen, last))


def peaks(point: Peaks, seen: Seen) -> Said:
    """What comes after the largest numbers, as the network has it."""
    days = seen.given
    hottest = np.argsort(-days, kind="stable")[: point.most]
    lower = (days - seen.values[:, 0])[hottest]
    least, most = float(lower.min()), float(lower.max())
    unit = seen.model.task.unit
    if least < 0:
        change = f"between {number(-least)} {unit} higher and {number(most)} {unit} lower"
        if most <= 0:
            change = f"{number(-most)} to {number(-least)} {unit} higher"
    elif number(least) == number(most):
        change = f"{number(most)} {unit} lower"
    else:
        change = f"{number(least)} to {number(most)} {unit} lower"
    subject = f"After each of the {point.most} hottest days"
    return Said(f"{subject} the guess for tomorrow is {change} than that day.", f"{subject}, the guess", change)


def ahead(point: Ahead, seen: Seen) -> Said:
    """The forecast."""
    task = seen.model.task
    values = seen.model.forecast(task.reader.text(seen.given.tolist()))  # type: ignore[attr-defined]
    first, last = values[0], values[-1]
    change = moved(first, last, task.unit, span_of(seen.model))
    sentence = f"Fed its own guesses, the network goes on: over {count(len(values), 'day')} the forecast {change}."
    return Said(sentence, f"The forecast over {count(len(values), 'day')}", arrow(first, last, task.unit))


def rises(point: Rises, seen: Seen) -> Said:
    """How far the guess rises while the numbers rise evenly."""
    unit, steps = seen.model.task.unit, np.diff(seen.values[:, 0].astype(np.float64))
    each, shrink = np.diff(seen.given), bool((np.diff(steps) < 0).all())
    rise = listing([number(step) for step in steps])
    sentence = f"Each day rises by {number(each.mean())} {unit}, the guess by {rise} {unit}"
    subject = "Over the last day, the guess moves by"
    return Said(f"{sentence}{': less and less' if shrink else ''}.", subject, f"{number(steps[-1])} {unit}")
