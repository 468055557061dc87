"""What came of the cells of 2024 beside the LSTM, the GRU and the RNN, in sentences made from the results."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.phrases import count, listing, percent

Floats = NDArray[np.floating]
Named = Mapping[str, Floats]
"""Title of a cell → (seeds,)."""

GUESSING = 0.6
"""A median share of right answers below this is told as guessing, for which it is about one half."""
SOLVED = 0.99
"""A seed that is right as often as this has learnt parity."""


def describe_parity(right: Named, length: int) -> str:
    """Which cells keep the parity of a long string, and which guess.

    Examples
    --------
    >>> describe_parity({"LSTM": np.array([1.0, 1.0]), "minGRU": np.array([0.5, 0.52])}, 500)
    'After 500 symbols the LSTM is right with every seed. The minGRU guesses: 51% right.'
    """
    every = [title for title, values in right.items() if (values >= SOLVED).all()]
    guess = {title: values for title, values in right.items() if np.median(values) < GUESSING}
    some = {title: values for title, values in right.items() if title not in every and title not in guess}
    said = []
    if every:
        said.append(f"After {length:,} symbols {_the(every)} {_are(every)} right with every seed.")
    if some:
        each = [f"the {title} with {(v >= SOLVED).sum()} of {count(len(v), 'seed')}" for title, v in some.items()]
        said.append(f"Right with some seeds: {listing(each)}.")
    if guess:
        shares = listing([percent(float(np.median(values))) for values in guess.values()])
        said.append(f"{_capital(_the([*guess]))} guess{'' if len(guess) > 1 else 'es'}: {shares} right.")
    return " ".join(said)


def describe_counting(longest: Named, trained: int, tried: int) -> str:
    """How far each counts: the median over the seeds.

    Examples
    --------
    >>> describe_counting({"LSTM": np.array([20.0, 30.0]), "minGRU": np.array([0.0, 1.0])}, 10, 100)
    'Trained up to n = 10 and tried up to 100, they count up to a median n of 25 (LSTM) and 0.5 (minGRU).'
    """
    each = listing([f"{np.median(values):.3g} ({title})" for title, values in longest.items()])
    return f"Trained up to n = {trained} and tried up to {tried}, they count up to a median n of {each}."


def describe_errors(errors: Mapping[str, tuple[Floats, Floats]], lengths: tuple[int, int]) -> str:
    """The median error at two lengths, best first.

    Examples
    --------
    >>> describe_errors({"LSTM": (np.array([0.01]), np.array([0.02]))}, (30, 60))
    'Median error on 30 numbers and on 60, best first: LSTM 0.01 and 0.02.'
    """
    best = sorted(errors.items(), key=lambda item: float(np.median(item[1][0])))
    each = "; ".join(f"{title} {np.median(first):.2g} and {np.median(second):.2g}" for title, (first, second) in best)
    return f"Median error on {lengths[0]} numbers and on {lengths[1]}, best first: {each}."


def describe_theory(
    one: Mapping[str, Mapping[int, Floats]],
    two: Mapping[str, Mapping[int, Floats]],
    lengths: tuple[int, int, int],
    updates: int,
) -> str:
    """What is proven of memories with factors from 0 to 1, and what these networks did at three lengths, by layers."""
    shortest, trained, far = lengths
    proven = (
        "It is proven that a linear recurrence whose factors lie between 0 and 1 cannot keep parity at every length, "
        "however it is trained (Grazzi et al. 2024, arXiv 2411.12537; Merrill et al. 2024, arXiv 2404.08819): to turn "
        "a bit over takes a factor below 0. Short strings are not ruled out by that. "
    )
    said = []
    for layers, found in (("one layer", one), ("two layers", two)):
        if found:
            parts = [
                f"{title} {', '.join(percent(float(np.median(v[n]))) for n in lengths)}" for title, v in found.items()
            ]
            said.append(f"with {layers} {listing(parts)}")
    medians = [float(np.median(v[shortest])) for found in (one, two) for v in found.values()]
    short = (
        f"So after {updates:,} updates they do not know even strings of {shortest}. The theory does not say that: "
        "it is what this training came to."
        if max(medians) < SOLVED
        else f"Some of them know strings of {shortest}, as the theory allows."
    )
    numbers = f"Here they were right after {shortest}, {trained} and {far} symbols, {'; '.join(said)} (medians)."
    return f"{proven}{numbers} {short}"


def describe_parallel(parallel: Mapping[str, bool]) -> str:
    """Which cells compute all steps at once, and why, by what their definitions read.

    Examples
    --------
    >>> describe_parallel({"LSTM": False, "minGRU": True})[:59]
    'Of the minGRU all steps can be computed at once: its gates '
    """
    yes, no = ([title for title, is_so in parallel.items() if is_so == wanted] for wanted in (True, False))
    its = "their" if len(yes) > 1 else "its"
    return (
        f"Of {_the(yes)} all steps can be computed at once: {its} gates and candidate see only the input, so they are "
        "one product for all steps, and what is left, keep times the old state plus what comes in, is put together "
        f"two steps at a time, in about log₂ T rounds instead of T. In {_the(no)} weights see the hidden state of the "
        "step before, so each step waits for the last."
    )


def describe_gain(
    parity: Named,
    longest: Named,
    errors: Named,
    *,
    parameters: Mapping[str, int],
    steps: int,
    over_own_loop: float,
    over_lstm: float,
    over_torch: float,
) -> str:
    """Both sides of the trade in one paragraph; every number is of the results.

    Parameters
    ----------
    parity, longest, errors : share right on long strings; longest n; error at the trained length
    parameters : of the recurrent layer
    steps : the longest sequence that was timed
    over_own_loop, over_lstm, over_torch : how many times as long as the minGRU's scan its own loop takes there, the
        LSTM's, and PyTorch's own LSTM
    """
    middle = {title: float(np.median(values)) for title, values in parity.items()}
    gave = [title for title, share in middle.items() if share < GUESSING]
    kept = [title for title in middle if title not in gave]
    far = max(float(np.median(longest[title])) for title in kept)
    lost = listing([f"{np.median(longest[title]):.3g}" for title in gave]) if gave else ""
    neither = [title for title in kept if np.median(longest[title]) < 1]
    too = f" (on this budget {_the(neither)} did not learn it either)" if neither else ""
    error = listing([f"{np.median(errors[title]):.2g} ({title})" for title in (*gave, "LSTM")])
    least = min(middle[title] for title in kept)
    first = (
        f"**Given up.** {_capital(_the(gave))} cannot turn a bit over: on long strings "
        f"{listing([percent(middle[title]) for title in gave])} right, where {_the(kept)} "
        f"{_are(kept)} at {percent(least)}{'' if least == 1 else ' or more'}. Nor do they count: up to a median n "
        f"of {lost}, the best of the others up to {far:.3g}{too}. On adding, which asks for no more than to let "
        f"in what is marked, their median error is {error}."
        if gave
        else "**Given up.** Nothing that these tasks show."
    )
    quick = f"{over_own_loop:.2g} times as quick as its own loop and {over_lstm:.2g} times as quick as the LSTM’s"
    torch = (
        f"{over_torch:.2g} times as quick as PyTorch’s own LSTM"
        if over_torch >= 1
        else f"yet PyTorch’s own LSTM, a loop in compiled code, takes {over_torch:.2g} of its time"
    )
    smaller = parameters["LSTM"] / parameters["minGRU"]
    second = (
        f"**Gained.** No weights see the step before. A training step of the minGRU on {steps:,} steps is {quick}, and "
        f"{torch}; and its layer has {smaller:.2g} times fewer parameters than the LSTM’s."
    )
    return f"{first}\n\n{second}"


def _the(titles: list[str]) -> str:
    return listing([f"the {title}" for title in titles])


def _are(titles: list[str]) -> str:
    return "are" if len(titles) > 1 else "is"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
