"""`read_model`: a model file of one's own, in code, as the page "Your model" opens it."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lstm_viz import arguments
from lstm_viz.arguments import given
from lstm_viz.files import LIMIT, ModelFile, read_file
from lstm_viz.files.limits import megabytes
from lstm_viz.tasks.choosing import embeddings, first_choices, heads, revised, running
from lstm_viz.tasks.model import Model
from lstm_viz.tasks.readers.vocabulary_file import LONGEST, read_vocabulary
from lstm_viz.tasks.trained import as_upload, model_of
from lstm_viz.tasks.uploaded import CUTS, NAME, Choices, plain_name, uploaded_model

_LISTED = 10  # modules that an error names
_A_NAME = "a name, or a position counted from 0"


def read_model(
    path: str | os.PathLike[str],
    layer: str | int | None = None,
    *,
    cell: str | None = None,
    below: Sequence[str | int] | None = None,
    embedding: str | int | bool | None = None,
    vocabulary: str | os.PathLike[str] | Iterable[str] | None = None,
    tokenizer: str | os.PathLike[str] = "words",
    head: str | int | bool | None = None,
    labels: Iterable[str] = (),
    checkpoint: int | None = None,
) -> Model:
    """A model of your own from its file, with what `load_model` gives: `.trace`, `.predict`, `.predictions`.

    Reads ``.safetensors``; PyTorch's ``.pt``, ``.pth`` and ``.ckpt`` that hold weights, by ``weights_only`` alone;
    ONNX; Keras. Nothing in a file is ever run. What is left open is chosen as the page "Your model" chooses it. A file
    that the page "Watch it learn" saved says all of it by itself, and what its network reads and answers.

    Parameters
    ----------
    path : of the file, of at most 200 MB
    layer : the recurrent module to look at, by its name in the file; needed only where there are several
    cell : what it is, where its shapes fit several: ``"rnn_relu"``, say; see `Model.card` for what was found
    below : the modules that run before it, in order; by default those that feed it, as far as the file says
    embedding : the table that tokens are looked up in; False where the model reads numbers
    vocabulary : the symbol of each row of that table; or the path of a file that lists them, one a line, as JSON, or in
        a ``tokenizer.json``. Without an embedding, the symbols of one-hot inputs.
    tokenizer : how a text becomes symbols: ``"words"``, ``"spaces"``, ``"characters"``, or the path of a
        ``tokenizer.json``, for which the package tokenizers is needed
    head : the linear layer that answers; False for none. Where several fit and the labels do not tell, none is chosen.
    labels : of its outputs, one each; two for a single output that says how likely the second is
    checkpoint : of a file that "Watch it learn" saved, the state after so many updates; None for the end

    Returns
    -------
    Model
        One that reads numbers takes them as a (T, numbers a step) array, one that reads tokens takes a text. Its
        answers are what the head makes of the hidden states of one step: a model that pools its steps answers
        otherwise, and weights do not tell.

    Raises
    ------
    FileNotFoundError
        where there is no such file.
    TypeError, ValueError
        saying what was given, what was expected and what to do; for a file with several recurrent modules, which.

    Examples
    --------
    >>> import tempfile, torch, lstm_viz
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     torch.save(torch.nn.LSTM(3, 8, num_layers=2).state_dict(), f"{folder}/model.pt")
    ...     model = lstm_viz.read_model(f"{folder}/model.pt")
    >>> trace = model.trace(torch.randn(5, 3))
    >>> [layer.forget_gate.shape for layer in trace.layers]
    [(5, 8), (5, 8)]
    """
    file = _file(path)
    choices = first_choices(file)
    chosen = (layer, cell, below, embedding, vocabulary, head)
    if checkpoint is not None:
        checkpoint = arguments.whole(checkpoint, "checkpoint")
    if checkpoint is not None or (choices.told and chosen == (None,) * 6 and (tokenizer, labels) == ("words", ())):
        return as_upload(model_of(file, checkpoint), plain_name(file.name), NAME)
    choices = revised(file, choices, recurrent=_layer(file, layer))
    if below is not None:
        listed = arguments.at_most(below, len(file.recurrent), "below", "names of recurrent modules of the file")
        places = tuple(_place(each, file.recurrent, "below", "recurrent module") for each in listed)
        choices = revised(file, choices, below=places)
    choices = _reading(file, choices, embedding, vocabulary, tokenizer)
    choices = _answering(file, choices, head, _texts(labels, "labels", "texts, one an output"))
    if cell is not None:
        choices = replace(choices, cell=arguments.choice(cell, "cell", file.recurrent[choices.recurrent].could_be))
    return uploaded_model(file, choices)


def _file(path: Any) -> ModelFile:
    arguments.expect(path, (str, os.PathLike), "path", "the path of a model file")
    if "\0" in os.fspath(path):
        raise ValueError(f"path: got {given(path)}; expected the path of a model file")
    where = Path(path)
    if where.is_dir():
        raise ValueError(f"path: {given(str(path))} is a folder; expected a model file")
    if (size := where.stat().st_size) > LIMIT:
        raise ValueError(f"path: the file has {megabytes(size)}; at most {megabytes(LIMIT)} are read")
    return read_file(where.name, where.read_bytes())


def _layer(file: ModelFile, layer: Any) -> int:
    """The place of the module to look at; ValueError, listing them, where there are several and none is named."""
    if layer is not None:
        return _place(layer, file.recurrent, "layer", "recurrent module")
    if len(file.recurrent) == 1:
        return 0
    some = [f"{given(each.name)} ({each.describe()})" for each in file.recurrent[:_LISTED]]
    more = f"; and {len(file.recurrent) - _LISTED} more" if len(file.recurrent) > _LISTED else ""
    number, listed = len(file.recurrent), f"{'; '.join(some)}{more}"
    raise ValueError(f"layer: {file.name} has {number} recurrent modules; name the one to look at: {listed}")


def _place(chosen: Any, there: Sequence[Any], name: str, noun: str) -> int:
    """The position of what is named, or whose position is given, in one of the file's lists."""
    names = [each.name for each in there]
    if not isinstance(chosen, str):
        try:
            return arguments.whole(chosen, name, 0, len(there) - 1)
        except TypeError:
            raise TypeError(f"{name}: got {given(chosen)}; expected {_A_NAME}") from None
    if chosen not in names:
        some = ", ".join(map(given, names[:_LISTED])) + (" …" if len(names) > _LISTED else "")
        raise ValueError(f"{name}: there is no {noun} {given(chosen)}; the file has {some or 'none'}")
    return names.index(chosen)


def _reading(file: ModelFile, choices: Choices, embedding: Any, vocabulary: Any, tokenizer: Any) -> Choices:
    """What a step reads: numbers, or tokens with their symbols."""
    if embedding is False:
        choices = revised(file, choices, embedding=None)
    elif embedding is not None:
        choices = revised(file, choices, embedding=_place(embedding, file.embeddings, "embedding", "embedding"))
    if vocabulary is not None:
        symbols = _vocabulary(vocabulary)
        table = choices.embedding
        if table is None and embedding is None:
            table = next(iter(embeddings(file, running(choices)[0])), None)
        choices = replace(choices, input="tokens", embedding=table, vocabulary=symbols)
    if not (isinstance(tokenizer, str) and tokenizer in CUTS):
        tokenizer = _text(tokenizer, "tokenizer", f"one of {', '.join(CUTS)}, or the path of a tokenizer.json")
    return replace(choices, tokenizer=tokenizer)


def _answering(file: ModelFile, choices: Choices, head: Any, labels: tuple[str, ...]) -> Choices:
    """Which head answers, and what its outputs are called."""
    if head is False:
        choices = revised(file, choices, head=None)
    elif head is not None:
        choices = revised(file, choices, head=_place(head, file.heads, "head", "linear layer"))
    elif labels:  # the likeliest that has so many outputs, or one for two labels
        fits = {len(labels), 1} if len(labels) == 2 else {len(labels)}
        likely = [k for k in heads(file, choices.recurrent) if len(file.heads[k].weight) in fits]
        choices = revised(file, choices, head=next(iter(likely), choices.head))
    if labels and choices.head is None:
        fitting = [file.heads[k] for k in heads(file, choices.recurrent)][:_LISTED]
        there = ", ".join(f"{given(each.name)} has {len(each.weight)}" for each in fitting) or "it has none that fits"
        raise ValueError(f"labels: got {len(labels)}, and no head of the file has as many outputs: {there}")
    return replace(choices, labels=labels)


def _vocabulary(vocabulary: Any) -> tuple[str, ...]:
    if isinstance(vocabulary, (str, os.PathLike)):
        return read_vocabulary(_text(vocabulary, "vocabulary", "symbols, or the path of a file that lists them"))
    return _texts(vocabulary, "vocabulary", "symbols, or the path of a file that lists them")


def _texts(values: Any, name: str, expected: str) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"{name}: got {given(values)}; expected a list of {expected}")
    listed = arguments.at_most(values, LONGEST, name, expected)
    if len(listed) > LONGEST:
        raise ValueError(f"{name}: has more than {LONGEST:,}; {LONGEST:,} can be read")
    return tuple(arguments.text(each, name, expected) for each in listed)


def _text(path: Any, name: str, expected: str) -> str:
    """What is written in a file."""
    arguments.expect(path, (str, os.PathLike), name, expected)
    try:
        where = Path(path)
        if where.stat().st_size > LIMIT:
            raise ValueError(f"{name}: the file has more than {megabytes(LIMIT)}")
        return where.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        said = problem.strerror if isinstance(problem, OSError) and problem.strerror else type(problem).__name__
        raise ValueError(f"{name}: got {given(str(path))}; expected {expected} (it cannot be read: {said})") from None
