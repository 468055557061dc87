"""A network from a file that someone gave: for one session, in memory alone, as a source."""

import hashlib
import re
from secrets import token_hex
from typing import Any

from lstm_viz.files.found import ModelFile
from lstm_viz.sources.own import Own
from lstm_viz.sources.remembered import Remembered
from lstm_viz.sources.source import Source
from lstm_viz.tasks.uploaded import CUTS, NAME, RUN_BYTES, Choices, uploaded_model

DIGITS = 8
"""Digits of a file's digest that a link holds."""
LONGEST = 160
"""Most characters that a link says of a file."""
LISTED = 60
"""Symbols of a vocabulary that a call lists; a longer one is read from a file."""
RUNS = Remembered(2 * RUN_BYTES)
"""Runs of all uploads, in bytes: apart from those of the shipped networks, which one long run would push out."""


def uploaded(
    file: ModelFile,
    choices: Choices = Choices(),  # noqa: B008 - it is frozen
    described: str = "",
) -> Source:
    """A file as a source; see `uploaded_model`. Nothing but what is returned keeps the model.

    Parameters
    ----------
    described : what a link says of it beside its digest and name, such as “PyTorch: LSTM, 2 layers”

    Raises
    ------
    ValueError
        in a sentence fit for the file's owner.
    """
    model = uploaded_model(file, choices)
    said = hashlib.sha256(repr((file.name, choices)).encode(errors="replace"))
    if choices.held is not None:
        said.update(choices.held.rows.tobytes())
    own = Own(about(file.digest, model.task.title, described), file.name, call_for(choices))
    # What is found of it beside the pages is found under its name, and is no other reader's.
    return Source((NAME, file.digest, said.hexdigest()[:16], token_hex(8)), model, own, RUNS)


def call_for(choices: Choices) -> dict[str, Any]:
    """What is chosen of a file as options of `lstm_viz.read_model`; what is too long for a call, as a file's name.

    Examples
    --------
    >>> call_for(Choices(embedding=0, vocabulary=("a", "b")))
    {'layer': 0, 'embedding': 0, 'head': False, 'vocabulary': ['a', 'b']}
    """
    if choices.told:
        return {}
    options: dict[str, Any] = {"layer": choices.recurrent}
    if choices.cell is not None:
        options["cell"] = choices.cell
    if choices.below:
        options["below"] = list(choices.below)
    options["embedding"] = False if choices.embedding is None else choices.embedding
    options["head"] = False if choices.head is None else choices.head
    if choices.vocabulary:
        options["vocabulary"] = list(choices.vocabulary) if len(choices.vocabulary) <= LISTED else "vocabulary.txt"
    if choices.tokenizer != Choices.tokenizer:
        options["tokenizer"] = choices.tokenizer if choices.tokenizer in CUTS else "tokenizer.json"
    if choices.labels:
        options["labels"] = list(choices.labels)
    return options


def weight_bytes(source: Source) -> int:
    """What the weights of an upload take in memory, with the copy that it is run in."""
    network = source.model.network
    kept = sum(part.nbytes for part in network.parameters())
    run = source.model.run_in
    return kept + (0 if run is network.recurrent else sum(part.nbytes for part in run.parameters()))


def about(digest: str, title: str, described: str = "") -> str:
    """What a link says of an upload: the beginning of its digest, its name, and what it is; never more."""
    said = f"{digest[:DIGITS]} {title}, {described}".rstrip(", ")
    return re.sub(r"[^ -~\u00a0-\uffff]+", " ", said)[:LONGEST]
