"""What Watch it learn tells its browser beside the news. No Streamlit here."""

from typing import Any

from lstm_viz.figures.style import THEMES
from lstm_viz.live_page.terms import TERMS
from lstm_viz.tasks.task import Task

WORDS = {
    "changed": "The choices above are others than those of this training. Train begins anew with them, and gives this "
    "one back.",
    "lost": "No news from the server: it does not answer. What was learnt is kept there for a while; this page goes on "
    "by itself when it answers.",
    "then": "As it was after update {update}.",
    "save": "Save it (.safetensors)",
}
"""What the page says of itself."""
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Learning rates that are offered on the way."""


def probe_of(task: Task) -> dict[str, Any]:
    """The sequence on which the gates are shown, and those to begin with."""
    return {
        "about": f"{task.question} It never trains on this sequence, which only shows what becomes of the gates: type "
        "another one.",
        "examples": [(each.title, each.text) for each in task.examples if len(each.text) < PROBE],
    }


PROBE = 600
"""Characters of an example past which it is too long to look at."""


def first_probe(task: Task, length: int) -> str:
    """The sequence that a page opens with, of symbols no more than the network is trained on."""
    text = task.examples[0].text
    return "".join(task.read(text).tokens[:length]) if task.editor == "characters" else text


def constant() -> dict[str, Any]:
    """What never changes."""
    return {
        "words": WORDS,
        "muted": {name: theme.muted for name, theme in THEMES.items()},
        "glossary": TERMS,
    }
