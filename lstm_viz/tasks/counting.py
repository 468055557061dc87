"""Strings that can only be judged by counting: aⁿbⁿ, and brackets that match."""

from lstm_viz.tasks.answers import Sigmoid
from lstm_viz.tasks.readers import Characters
from lstm_viz.tasks.task import Example, Task

SYMBOLS = ("a", "b", "(", ")")
"""All symbols of the two languages."""

COUNTING = Task(
    name="counting",
    title="Counting",
    question="Is the string complete, and what may follow?",
    output="The probability that the string is complete: as many b’s as a’s, or every bracket closed. Also, for each "
    "symbol, the probability that it may come next.",
    labels=("complete", "incomplete"),
    reader=Characters(skips_space=True),
    answers=Sigmoid(),
    limit=1000,
    examples=(
        Example(
            "As many b’s as a’s",
            "aaaaaaaabbbbbbbb",
            "One unit’s cell state moves by one at every a and back by one at every b (its correlation with the a’s "
            "still open is at least 0.99). P(complete) passes 0.8 only at the last b.",
        ),
        Example(
            "One short",
            "aaaaaaaabbbbbbb",
            "P(complete) stays below 0.2, and the network knows what is missing: P(b may follow) ends above 0.8.",
        ),
        Example(
            "One too many",
            "aaaabbbbb",
            "P(complete) is above 0.8 at the fourth b and below 0.3 at the fifth. After that nothing may follow.",
        ),
        Example(
            "Brackets",
            "((()())())((()))",
            "One unit’s cell state follows the depth of the brackets (correlation at least 0.95). The string is "
            "complete wherever the depth is 0.",
        ),
        Example(
            "Further than it was trained",
            "a" * 65 + "b" * 65,
            "The longest training string had 50 a’s. At 65, P(complete) still passes 0.5 at the last b, and only "
            "there. The GRU, as large and trained alike, has lost count: it stays below 0.5.",
        ),
        Example(
            "Mixed up",
            "aab(",
            "A string has letters or brackets, never both: at the bracket, each symbol’s chance to follow falls below "
            "0.3.",
        ),
    ),
    favoured=0,
    followers=SYMBOLS,
)
