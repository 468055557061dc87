"""What to show of a model file: what is chosen until its reader says otherwise, and what can be chosen instead."""

from dataclasses import replace
from typing import Any

from lstm_viz.files import ModelFile
from lstm_viz.tasks.uploaded import Choices

MOST_ANSWERS = 1_000
"""Outputs up to which a head is chosen unasked: drawing more takes long."""


def first_choices(file: ModelFile) -> Choices:
    """What is shown of a file at once, without another question: of one with a card, what that says."""
    if file.card is not None:
        symbols = Choices(embedding=0, input="tokens") if file.embeddings else Choices()
        return replace(symbols, head=0, told=True)
    return _rewired(file, Choices(recurrent=0), runs_before(file, 0))


def revised(file: ModelFile, choices: Choices, **changes: Any) -> Choices:
    """Choices after one of them was changed; those that rest on it are made anew."""
    after = replace(choices, told=False, **changes)
    if "recurrent" in changes:
        return _rewired(file, replace(after, cell=None, labels=()), runs_before(file, after.recurrent))
    if "below" in changes:
        return _rewired(file, after, after.below)
    if "embedding" in changes:
        reads = changes.get("input", "numbers" if after.embedding is None else "tokens")
        return replace(after, input=reads, vocabulary=(), tokenizer="words", text="", held=None)
    if "head" in changes:
        return replace(after, labels=(), classifier=None)
    return after


def _rewired(file: ModelFile, choices: Choices, below: tuple[int, ...]) -> Choices:
    """Choices with other layers below: what they read, and whether an answer is read from them, follows."""
    wired = replace(choices, below=below)
    table = embedding_of(file, running(wired)[0])
    # Of several, one may weigh the steps for another, as attention does: which one answers, the file does not say.
    fitting = heads(file, wired.recurrent)
    head = fitting[0] if len(fitting) == 1 else None
    feeds_on = file.recurrent[wired.recurrent].name in [name for name in file.feeds if name]
    if head is not None and (feeds_on or len(file.heads[head].weight) > MOST_ANSWERS):
        head = None
    return revised(file, replace(wired, head=head), embedding=table)


def running(choices: Choices) -> tuple[int, ...]:
    """The layers that run, in order, the one on show last."""
    return (*choices.below, choices.recurrent)


def runs_before(file: ModelFile, k: int) -> tuple[int, ...]:
    """The layers that run before recurrent `k`, in order, as far as the file says."""
    found: list[int] = []
    place = _feeding(file, k)
    while place is not None and place != k and place not in found:
        found.insert(0, place)
        place = _feeding(file, place)
    return tuple(found)


def may_feed(file: ModelFile, choices: Choices, place: int) -> list[int]:
    """The layers that the one at a place of `running` may read from: they hand on what it reads, and run once."""
    chain = running(choices)
    above = chain[place:]
    width = file.recurrent[chain[place]].input_size
    return [j for j, each in enumerate(file.recurrent) if each.output_size == width and j not in above]


def fed_by(file: ModelFile, choices: Choices, place: int, layer: int | None) -> tuple[int, ...]:
    """`below` once the layer at a place of `running` reads from another; from no layer where that is None."""
    above = running(choices)[place:-1]
    if layer is None:
        return above
    before = runs_before(file, layer)
    kept = () if set(before) & {*above, choices.recurrent} else before
    return (*kept, layer, *above)


def embeddings(file: ModelFile, first: int) -> list[int]:
    """The embeddings whose rows are as wide as what the first layer to run reads."""
    width = file.recurrent[first].input_size
    return [k for k, each in enumerate(file.embeddings) if each.weight.shape[1] == width]


def embedding_of(file: ModelFile, first: int) -> int | None:
    """The embedding that feeds the first layer to run, as far as the file says."""
    return next((k for k in embeddings(file, first) if file.embeddings[k].name == file.feeds[first]), None)


def heads(file: ModelFile, k: int) -> list[int]:
    """The heads that read as many numbers as recurrent `k` hands on."""
    width = file.recurrent[k].output_size
    return [j for j, each in enumerate(file.heads) if each.weight.shape[1] == width]


def _feeding(file: ModelFile, k: int) -> int | None:
    """The layer that the file says feeds recurrent `k`."""
    feed = file.feeds[k]
    return next((j for j, each in enumerate(file.recurrent) if feed and each.name == feed), None)
