"""Strings that can only be judged by counting: aⁿbⁿ, first a's and then as many b's, and brackets that match."""

from lstm_viz.tasks.answers import Sigmoid
from lstm_viz.tasks.points import Complete, Follow, Tracks
from lstm_viz.tasks.readers import Characters
from lstm_viz.tasks.task import Example, Task

SYMBOLS = ("a", "b", "(", ")")
"""All symbols of the two languages."""

COUNTING = Task(
    name="counting",
    title="Counting",
    question="Is the string complete, and what may follow?",
    output="The probability that the string is complete: first a’s, then as many b’s; or brackets, each closed. Also, "
    "for each symbol, the probability that it may come next.",
    labels=("complete", "incomplete"),
    reader=Characters(skips_space=True),
    answers=Sigmoid(),
    limit=1000,
    examples=(
        Example(
            "First a’s, then as many b’s",
            "aaaaaaaabbbbbbbb",
            (Complete((-1,)), Tracks("a's without a b")),
        ),
        Example(
            "One short",
            "aaaaaaaabbbbbbb",
            (Complete(), Follow("b")),
        ),
        Example(
            "One too many",
            "aaaabbbbb",
            (Complete((7,)), Follow()),
        ),
        Example(
            "Brackets",
            "((()())())((()))",
            (Complete((9, 15)), Tracks("open brackets")),
        ),
        Example(
            "Further than it was trained",
            "a" * 65 + "b" * 65,
            (Complete((-1,)), Tracks("a's without a b")),
        ),
        Example(
            "Mixed up",
            "aab(",
            (Follow(), Complete()),
        ),
    ),
    favoured=0,
    followers=SYMBOLS,
)
