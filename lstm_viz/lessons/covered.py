"""Which shipped lesson puts which claim of lecture notes right, and where it teaches what such notes teach."""

from collections.abc import Mapping

FOUR = "1-four-calculations"
FORGET = "2-why-rnns-forget"
CELLS = "3-three-cells"
READING = "4-reading-a-trained-network"
BREAK = "5-break-and-mend"

Places = tuple[tuple[str, str], ...]
"""Lessons, each with the title of its step."""

COVERED: Mapping[str, Places] = {
    "forget_one": ((FOUR, "A worked example: forget"), (BREAK, "Never forget")),
    "between": ((READING, "Shut, but never quite"), (FOUR, "Your turn: the candidate")),
    "one_number": ((FOUR, "Every unit has gates of its own"), (READING, "A gate for every unit")),
    "chance": ((FOUR, "Your turn: forget"), (FORGET, "A line with nothing in its way")),
    "passes_unchanged": ((BREAK, "Carry it through"),),
    "blocks": ((BREAK, "Know it, and not show it"),),
    "not_a_sum": ((FOUR, "A worked example: remember"), (BREAK, "Carry it through")),
    "shown": ((FOUR, "Your turn: use"), (BREAK, "Know it, and not show it")),
    "ignores": ((READING, "The word that makes room"),),
    "dot_product": ((READING, "A gate for every unit"),),
    "use_gives_output": ((FOUR, "A worked example: use"), (BREAK, "The Use gate as printed")),
    "short_and_long": ((FOUR, "Your turn: the output gate"), (FORGET, "What to take along")),
    "past_one": ((READING, "A unit that counts"),),
    "two_against_three": ((CELLS, "And the output gate?"), (CELLS, "One gate for two jobs")),
    "gradients_die": ((FORGET, "It is the gate, not the name"),),
    "explodes": ((FORGET, "Growing is another matter"),),
    "holds_a_value": ((FORGET, "Nearly 1 is not 1"),),
    "differentiable": ((FORGET, "Learning walks the same way back"),),
    "three": ((FOUR, "Three gates or four?"), (CELLS, "One sum, four, or three")),
    "layers": ((CELLS, "One sum, four, or three"),),
    "unrolled": ((CELLS, "One sum, four, or three"),),
    "reset": ((CELLS, "What the reset gate does not do"),),
    "update": ((CELLS, "Which way round is z?"),),
}
"""Claim of `lstm_viz.claims` → where it is put right, the fullest place first."""
NOT_COVERED: Mapping[str, str] = {
    "a_mean": "what attention is comes after these lessons; the Memory ledger draws a memory as a row of it",
    "cannot_alternate": "the successors come after these lessons; the Variant lab has a part on them",
}
"""Claim → why no lesson covers it."""

TAUGHT: Mapping[str, Places] = {
    "LTM and STM": ((FOUR, "Two memories"),),
    "learn": ((FOUR, "A worked example: learn"),),
    "forget": ((FOUR, "A worked example: forget"),),
    "remember": ((FOUR, "A worked example: remember"),),
    "use": ((FOUR, "A worked example: use"), (BREAK, "The Use gate as printed")),
    "the walk through f, i, C̃, C, o and h": ((FOUR, "Three gates or four?"), (FOUR, "The whole sentence")),
    "how a GRU differs": ((CELLS, "A GRU has one state"), (CELLS, "Which way round is z?")),
    "the vanishing gradient": ((FORGET, "Learning walks the same way back"), (FORGET, "Does learning reach back now?")),
    "the exercise on temperature": ((CELLS, "Tomorrow’s temperature"),),
    "the exercise on sentiment": ((READING, "Not good"), (READING, "But")),
    "the exercise on text classification": ((READING, "What kind of answer?"),),
}
"""What study notes teach → where the lessons walk through it."""
