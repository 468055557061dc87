"""The brackets of counting alone: for training on the spot what one unit can do; no network of it ships."""

from dataclasses import replace

from lstm_viz.tasks.counting import COUNTING

BRACKETS = replace(
    COUNTING,
    name="brackets",
    title="Brackets",
    output="The probability that the string is complete: every bracket closed. Also, for each symbol, the probability "
    "that it may come next. In training no bracket closed that was not open, so what is said after one means nothing.",
    examples=tuple(example for example in COUNTING.examples if set(example.text) <= {"(", ")"}),
)
