"""What is said of answers that are probabilities: where they move, where they end, and what one other word would do."""

from lstm_viz.analysis.seen import Seen
from lstm_viz.tasks.points import After, Complete, End, Follow, Leaders, Move, Right, Swap, Throughout, Verdict, Where
from lstm_viz.words.alike import alike, arrow, moved
from lstm_viz.words.answers import LIKELY, probability
from lstm_viz.words.phrases import count, listing, number, place, quoted
from lstm_viz.words.points.said import Said, capital, name_of

SURE = 0.9
"""A network is sure of a class that has at least this probability; of one with less than half, it is not."""


def move(point: Move, seen: Seen) -> Said:
    """A probability before and after a token."""
    step, column, name = seen.step(point.at), seen.column(point.of), name_of(seen, point.of)
    where = place(seen.trace.labels, step)
    after = float(seen.values[step, column])
    if not step:
        return Said(f"After {where}, {name} is {number(after)}.", f"{name} after {where}", number(after))
    before = float(seen.values[step - 1, column])
    return Said(f"At {where}, {name} {moved(before, after)}.", f"{name} at {where}", arrow(before, after))


def after(point: After, seen: Seen) -> Said:
    """A probability after some tokens."""
    steps, name = [seen.step(at) for at in point.at], name_of(seen)
    values = [float(seen.values[step, seen.column()]) for step in steps]
    places = [_when(seen, at) for at in point.at]
    clauses = listing([f"{number(value)} {where}" for value, where in zip(values, places, strict=True)])
    return Said(f"{name} is {clauses}.", f"{name} {listing(places)}", ", ".join(map(number, values)))


def end(point: End, seen: Seen) -> Said:
    """A probability at the end, and the label that it speaks for."""
    name, last = name_of(seen, point.of), float(seen.values[-1, seen.column(point.of)])
    verdict = _verdict(seen, last) if len(seen.model.labels) == 2 else ""
    sentence = f"At the end {name} is {number(last)}{f': {verdict}' if verdict else ''}."
    return Said(sentence, f"{name} at the end", f"{number(last)}{f' ({verdict})' if verdict else ''}")


def swap(point: Swap, seen: Seen) -> Said:
    """The end, had one word been another."""
    other = seen.instead(point.old, point.new)
    old = quoted(point.old)
    change = f"with {quoted(point.new)} in place of {old}" if point.new else f"without {old}"
    if len(seen.model.labels) > 2:
        before, after = _leader(seen, -1), _leader(other, -1)
        same = before[0] == after[0]
        old, new = (f"{quoted(name)} ({probability(share)})" for name, share in (before, after))
        ends = f"it would still end with {new}" if same else f"it would end with {new}, not {old}"
        return Said(f"{capital(change)}, {ends}.", f"The end {change}", new)
    column, name = seen.column(), name_of(seen)
    was, now = float(seen.values[-1, column]), float(other.values[-1, column])
    sentence = f"{capital(change)}, {name} would end at {number(now)}, not {number(was)}."
    if alike(was, now):
        beside = "as it does" if number(was) == number(now) else f"about the same as its {number(was)}"
        sentence = f"{capital(change)}, {name} would end at {number(now)}, {beside}."
    return Said(sentence, f"{name} at the end, {change}", number(now))


def verdict(point: Verdict, seen: Seen) -> Said:
    """Whether the last word is right."""
    column = seen.model.labels.index(point.label)
    last, name = float(seen.values[-1, column]), f"P({point.label})"
    if alike(last, 0.5):
        said = "the network cannot tell"
    else:
        said = "the network agrees" if last > 0.5 else "the network is wrong"
    sentence = f"A reader would say “{point.label}”. {name} ends at {number(last)}: {said}."
    return Said(sentence, f"{name} at the end", number(last))


def leaders(point: Leaders, seen: Seen) -> Said:
    """Which class is likeliest after some tokens."""
    clauses: list[str] = []
    briefs: list[str] = []
    for at in point.at:
        name, share = _leader(seen, seen.step(at))
        clauses.append(f"{_when(seen, at)} {'it' if clauses else 'the network'} {_feeling(name, share)}")
        briefs.append(f"{name} {probability(share)}")
    places = listing([_when(seen, at) for at in point.at])
    return Said(f"{capital(listing(clauses))}.", f"The likeliest kind {places}", ", then ".join(briefs))


def throughout(point: Throughout, seen: Seen) -> Said:
    """Whether one class leads from the start."""
    column = seen.model.labels.index(point.label)
    shares, first = seen.values[:, column], place(seen.trace.labels, 0)
    leads = (seen.values.argmax(axis=1) == column).tolist()
    name = f"P({point.label})"
    lowest = probability(shares.min())
    if all(leads):
        sentence = f"{quoted(point.label)} leads from {first} to the last word, never below {lowest}: {first} decides."
    else:
        sentence = f"{quoted(point.label)} leads at {sum(leads)} of {count(len(leads), 'step')}; after {first}, "
        sentence += f"{name} is {probability(shares[0])}."
    return Said(sentence, f"{name} at its lowest", lowest)


def complete(point: Complete, seen: Seen) -> Said:
    """Where a string is taken for complete, and where it is."""
    shares = seen.values[:, seen.model.labels.index("complete")]
    right = sorted(step % len(shares) for step in point.right)
    passes = [step for step, share in enumerate(shares) if share >= LIKELY]
    highest, last = number(shares.max()), len(shares) - 1
    if not right:
        end = f"stays below {LIKELY:g}, as it should (at most {highest})"
        if passes:
            end = f"passes {LIKELY:g} at {_steps(passes, last)}, though the string is complete nowhere"
    elif passes == right:
        end = f"passes {LIKELY:g} only at {_steps(right, last)}, where the string is complete"
    elif not passes:
        end = f"never passes {LIKELY:g} (at most {highest}), though the string is complete at {_steps(right, last)}"
    else:
        end = f"passes {LIKELY:g} at {_steps(passes, last)}; the string is complete at {_steps(right, last)}"
    brief = f"at {_steps(passes, last)}" if passes else f"nowhere (at most {highest})"
    return Said(f"P(complete) {end}.", f"P(complete) passes {LIKELY:g}", brief)


def follow(point: Follow, seen: Seen) -> Said:
    """What may follow at the end."""
    names, shares = seen.model.task.followers, seen.model.may_follow(seen.trace)[-1]
    if point.symbol:
        share = float(shares[names.index(point.symbol)])
        knows = "and the network expects it" if share >= LIKELY else "but the network does not expect it"
        said = f"A {quoted(point.symbol)} is missing, {knows}: that it may follow has {probability(share)}."
        return Said(said, f"P({quoted(point.symbol)} may follow) at the end", probability(share))
    share, name = float(shares.max()), quoted(names[int(shares.argmax())])
    knows = "and the network knows it" if share < LIKELY else "but the network has not noticed"
    sentence = f"At the end nothing may follow, {knows}: the likeliest, {name}, has {probability(share)}."
    return Said(sentence, "The likeliest to follow", f"{name} {probability(share)}")


def right(point: Right, seen: Seen) -> Said:
    """After how many tokens the likeliest label is the right one, of those after which there is one."""
    task = seen.model.task
    assert task.right is not None
    wanted = {step: label for step, label in enumerate(task.right(seen.tokens)) if label}
    wrong = [step for step, label in wanted.items() if _leader(seen, step)[0] != label]
    subject = "Right answers"
    if not wanted:
        return Said("Nothing is asked here: the text is too short.", subject, "none is asked for")
    of = f"{len(wanted) - len(wrong):,} of {len(wanted):,}" if wrong else f"all {len(wanted):,}"
    if not wrong:
        return Said(f"The answer is right after {of} {task.reader.noun}.", subject, of)
    first = place(seen.trace.labels, wrong[0])
    sentence = f"The answer is right after {of} {task.reader.noun}; the first wrong one is after {first}."
    return Said(sentence, subject, of)


def _verdict(seen: Seen, share: float) -> str:
    """What a probability of one of two labels comes to."""
    if alike(share, 0.5):
        return "undecided"
    labels, column = seen.model.labels, seen.column()
    return labels[column] if share > 0.5 else labels[1 - column]


def _leader(seen: Seen, step: int) -> tuple[str, float]:
    row = seen.values[step]
    return seen.model.labels[int(row.argmax())], float(row.max())


def _when(seen: Seen, at: Where) -> str:
    return "at the end" if at == -1 else f"after {place(seen.trace.labels, seen.step(at))}"


def _feeling(name: str, share: float) -> str:
    if share < LIKELY:
        return f"is unsure (most likely is {quoted(name)}, {probability(share)})"
    return f"{'is sure of' if share >= SURE else 'leans to'} {quoted(name)} ({probability(share)})"


def _steps(steps: list[int], last: int) -> str:
    """``the last step``, ``step 9``, ``steps 9 and 15``, or how many."""
    if steps == [last]:
        return "the last step"
    if len(steps) > 3:
        return f"{len(steps)} steps"
    return f"step{'s' * (len(steps) > 1)} {listing([str(step) for step in steps])}"
