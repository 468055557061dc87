"""Which shipped lesson puts which claim of lecture notes right, and where it teaches what such notes teach."""

from collections.abc import Mapping

FORGET = "2-why-rnns-forget"
CELLS = "3-three-cells"
READING = "4-reading-a-trained-network"
BREAK = "5-break-and-mend"

COVERED: Mapping[str, tuple[str, str]] = {
    "forget_one": (BREAK, "Never forget"),
    "between": (READING, "Shut, but never quite"),
    "one_number": (READING, "A gate for every unit"),
    "chance": (FORGET, "A line with nothing in its way"),
    "passes_unchanged": (BREAK, "Carry it through"),
    "blocks": (BREAK, "Know it, and not show it"),
    "not_a_sum": (BREAK, "Carry it through"),
    "shown": (BREAK, "Know it, and not show it"),
    "ignores": (READING, "The word that makes room"),
    "dot_product": (READING, "A gate for every unit"),
    "use_gives_output": (BREAK, "The Use gate as printed"),
    "short_and_long": (FORGET, "What to take along"),
    "past_one": (READING, "A unit that counts"),
    "two_against_three": (CELLS, "And the output gate?"),
    "gradients_die": (FORGET, "It is the gate, not the name"),
    "explodes": (FORGET, "Growing is another matter"),
    "holds_a_value": (FORGET, "Nearly 1 is not 1"),
    "differentiable": (FORGET, "Learning walks the same way back"),
    "three": (CELLS, "One sum, four, or three"),
    "layers": (CELLS, "One sum, four, or three"),
    "unrolled": (CELLS, "One sum, four, or three"),
    "reset": (CELLS, "What the reset gate does not do"),
    "update": (CELLS, "Which way round is z?"),
}
"""Claim of `lstm_viz.claims` → the lesson and the title of its step. All are covered; a claim that none covers would
stand in `NOT_COVERED`."""
NOT_COVERED: Mapping[str, str] = {}
"""Claim → why no lesson covers it."""
