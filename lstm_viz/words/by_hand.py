"""What is said of a unit that is built by hand: sentences with places for numbers, which the browser fills in."""

from collections.abc import Mapping, Sequence

from lstm_viz.words.phrases import listing

MISS: Mapping[str, str] = {
    "above": "at least {low}",
    "below": "at most {high}",
    "between": "between {low} and {high}",
    "where": "First miss: trial {trial} (“{name}”), step {step}. The {reads} is {value}, and should be {wanted}.",
    "own": "In your sequence, first miss at step {step}: the {reads} is {value}, and should be {wanted}.",
    "gates": "There: {gates}.",
    "unread": "It is not a number: a sum has grown past all bounds.",
}
"""Where a unit fails first, and by how much; `above`, `below`, `between` are what {wanted} may be."""

COUNT = "{rows} calculations × ({inputs} + 1 from the unit’s own hidden state + 1 bias) = {count} weights"
"""How many weights a unit has, worked out from the cell's definition."""

UNREAD = (
    "The goal looks at the cell state, which the output gate does not change: it matters here only where a weight "
    "on h is not 0."
)
"""Why a gate can be left alone."""

OWN_STATE = {
    "right": "Your sequence is right at every step.",
    "nothing": "Nothing is asked of this sequence yet.",
    "empty": "The sequence is empty: write something, or choose a trial.",
    "strange": "“{token}” is not a number from −1 to 1, such as 0.5, or 0.5* where it is marked; it counts as 0.",
}
"""What is said of a sequence of the reader's own."""

UNABLE = "This browser could not load the cell, so nothing can be built here. Reload the page to try again."
"""Where the cell's file cannot be had."""


def weight_count(rows: int, inputs: int, count: int) -> str:
    """How many weights a unit has.

    Examples
    --------
    >>> weight_count(4, 1, 12)
    '4 calculations × (1 input + 1 from the unit’s own hidden state + 1 bias) = 12 weights'
    """
    return COUNT.format(rows=rows, inputs=f"{inputs} input{'s' if inputs > 1 else ''}", count=count)


def cut_words(cuts: Sequence[tuple[str, int]]) -> str:
    """Gates that are shut, in words.

    Examples
    --------
    >>> cut_words((("input_gate", 2), ("input_gate", 6)))
    'the input gate of unit 2 and the input gate of unit 6'
    """
    return listing([f"the {gate.replace('_', ' ')} of unit {unit}" for gate, unit in cuts])


BREAKING_WORDS: Mapping[str, str] = {
    "title": "Break the counter",
    "task": "The other way round: here is the trained network that counts, with {units} units. Shut gates, each held "
    "at 0, until it cannot count any more, with as few gates as you can.",
    "strings": "It is tried on {strings} strings: aⁿbⁿ, brackets, and strings that are one too short or one too long. "
    "A string counts as right where the network is right after every symbol: whether the string is complete, and "
    "what may follow. By itself it is right on {own}.",
    "state": "{count} shut: right on {right} of {strings} strings.",
    "goal": "Leave {amount} right",
    "most": "at most {allowed}",
    "none": "none",
    "reached": "reached with {count}",
    "example": "First string that fails: “{text}”. After symbol {step} it is wrong about {what}.",
    "complete": "whether the string is complete",
    "follow": "whether {symbol} may come next",
    "heading": "What a search found",
    "search": "How few does a search need?",
    "searching": "Searching…",
    "best": "To leave {amount} right it shuts {count}: {words}.",
    "proof": "Every choice of up to {exhaustive} gates was tried, so where it says more, no {exhaustive} do.",
    "idea": "With its input gate at 0 a unit’s memory never leaves 0, for c = f · c + 0 · g: all that this unit kept "
    "is gone at once, while the others go on. With its forget gate at 0 it remembers no longer than one step.",
}
"""What is said of the trained counter, with places for numbers."""
