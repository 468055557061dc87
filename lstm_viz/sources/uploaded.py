"""A network from a file that someone gave: for one session, in memory alone, as a source."""

import hashlib
import re
from secrets import token_hex
from typing import Any
from weakref import WeakKeyDictionary

from lstm_viz.files.found import ModelFile
from lstm_viz.sources.remembered import Remembered
from lstm_viz.sources.source import Source
from lstm_viz.tasks.uploaded import CUTS, NAME, RUN_BYTES, Choices, uploaded_model

DIGITS = 8
"""Digits of a file's digest that a link holds."""
LONGEST = 160
"""Most characters that a link says of a file."""
LISTED = 60
"""Symbols of a vocabulary that a call lists; a longer one is read from a file."""
_calls: WeakKeyDictionary[Source, tuple[str, dict[str, Any]]] = WeakKeyDictionary()
RUNS = Remembered(2 * RUN_BYTES)
"""Runs of all uploads, in bytes: apart from those of the shipped networks, which one long run would push out."""


def uploaded(file: ModelFile, choices: Choices = Choices()) -> Source:  # noqa: B008 - it is frozen
    """A file as a source; see `uploaded_model`. Nothing but what is returned keeps the model.

    Raises
    ------
    ValueError
        in a sentence fit for the file's owner.
    """
    model = uploaded_model(file, choices)
    said = hashlib.sha256(repr((file.name, choices)).encode(errors="replace"))
    if choices.held is not None:
        said.update(choices.held.rows.tobytes())
    # What is found of it beside the pages is found under its name, and is no other reader's.
    source = Source((NAME, file.digest, said.hexdigest()[:16], token_hex(8)), model, private=True, runs=RUNS)
    _calls[source] = (file.name, call_for(choices))
    return source


def call_of(source: Source) -> tuple[str, dict[str, Any]]:
    """The name of an upload's file, and the options with which `lstm_viz.read_model` opens it in the same way."""
    return _calls[source]


def call_for(choices: Choices) -> dict[str, Any]:
    """What is chosen of a file as options of `lstm_viz.read_model`; what is too long for a call, as a file's name.

    Examples
    --------
    >>> call_for(Choices(embedding=0, vocabulary=("a", "b")))
    {'layer': 0, 'embedding': 0, 'head': False, 'vocabulary': ['a', 'b']}
    """
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


def about(source: Source, described: str = "") -> str:
    """What a link says of an upload: the beginning of its digest, its name, and what it is; never more."""
    said = f"{source.name[1][:DIGITS]} {source.task.title}, {described}".rstrip(", ")
    return re.sub(r"[^ -~\u00a0-\uffff]+", " ", said)[:LONGEST]


def is_of(source: Source, said: str) -> bool:
    """Whether what a link says is of this source; one that says nothing is of any.

    Examples
    --------
    A link that begins with ``3fa94c21`` is of the file whose digest begins so, whatever that is called now.
    """
    return not said or said[:DIGITS] == source.name[1][:DIGITS]


def wanted(said: str) -> str:
    """What a link says of an upload, without the digest: “model.pt, PyTorch: LSTM, 2 layers …”."""
    return said[DIGITS:].strip()
