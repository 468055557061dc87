"""A model file and what its owner says of it → a `Model` like those that ship, with a task made for it."""

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

from lstm_viz.arguments import given
from lstm_viz.cells import CELLS
from lstm_viz.files.found import ModelFile, Recurrent, Table
from lstm_viz.tasks import readers
from lstm_viz.tasks.answers import Answers, Scaled, Sigmoid, Softmax
from lstm_viz.tasks.model import Model
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.readers import Held, Reader, Symbols
from lstm_viz.tasks.readers.reader import UNKNOWN
from lstm_viz.tasks.readers.table import LIMIT
from lstm_viz.tasks.readers.tokenizer import tokenizer_reader
from lstm_viz.tasks.task import Example, Task
from lstm_viz.tasks.trained import as_upload, model_of

NAME = "yours"
"""What settings call it."""
CUTS = ("words", "spaces", "characters")
"""How a text is cut into the symbols of a vocabulary: words and marks, what stands between spaces, characters."""
RUN_BYTES = 160_000_000
"""What one run may take in memory; a file that would take more in `LIMIT` steps reads fewer."""
UNKNOWN_NAMES = ("<unk>", "[unk]", "unk", "<oov>", "[oov]", "<unknown>")
"""What vocabularies call the symbol that stands for all that they lack."""
POOLED = (
    "It reads the hidden states of one step at a time. A model that pools its steps, by attention or a mean, or joins "
    "the last states of two directions, answers otherwise: a file of weights does not tell."
)
"""What a reader of answers must know: which step or steps a head reads stands in the code, not in the weights."""
TITLE = 40
"""Most characters of a file's name on screen."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the owner of a file says of it; every number is a place in the file's lists.

    Attributes
    ----------
    recurrent : the module on show
    cell : its cell, where its shapes leave a choice; None for the one found
    below : the recurrent modules that run before it, in order
    embedding : the table that tokens are looked up in; None for numbers, or for one-hot symbols
    vocabulary : the symbol of each row; empty for the rows' own numbers
    tokenizer : one of `CUTS`, or the text of a ``tokenizer.json``
    head : the output layer; None for none
    labels : of its outputs; empty for “output 0” and so on, and for the symbols of a network that guesses the next one
    classifier : whether its outputs are turned into probabilities; None for what its size and labels suggest
    input : "numbers", "tokens" or "probe"
    text : what stands in the editor first; "" for a probe, or a few symbols
    held : numbers of another file, too many for an editor
    told : whether all of this is as the card in the file says, and nothing is left to choose
    """

    recurrent: int = 0
    cell: str | None = None
    below: tuple[int, ...] = ()
    embedding: int | None = None
    vocabulary: tuple[str, ...] = ()
    tokenizer: str = "words"
    head: int | None = None
    labels: tuple[str, ...] = ()
    classifier: bool | None = None
    input: str = "numbers"
    text: str = ""
    held: Held | None = field(default=None, repr=False)
    told: bool = False


def uploaded_model(file: ModelFile, choices: Choices = Choices()) -> Model:
    """A file as a model.

    Raises
    ------
    ValueError
        in a sentence fit for its owner, naming the choice that does not fit.
    """
    if choices.told:
        return as_upload(model_of(file), plain_name(file.name), NAME)
    shown: Recurrent = _chosen(file.recurrent, choices.recurrent, "recurrent", "recurrent modules")
    if choices.cell is not None and choices.cell not in shown.could_be:
        raise ValueError(f"cell: {_named(shown)} can be {', '.join(shown.could_be)}; got {given(choices.cell)}")
    cell = choices.cell or shown.cell
    module: Any = shown.module(cell)
    dtype = module.weight_ih_l0.dtype
    lower: list[Recurrent] = [_chosen(file.recurrent, k, "below", "recurrent modules") for k in choices.below]
    below = [each.module().to(dtype) for each in lower]
    width = _through([*below, module])
    vocabulary, table = _symbols(file, choices, width, dtype)
    head = _head(file, choices, module, dtype)
    network = Network.of(cell, module, embedding=table, below=below, head=head)
    reader = _reader(choices, width, vocabulary)
    task = _task(file, choices, network, reader, vocabulary)
    card = {"rows": _card(file, choices, shown, network), "findings": {}, "made_rows": int(bool(vocabulary))}
    return Model(task, network, vocabulary, card)


def plain_name(name: str) -> str:
    """A file's name as it can be shown and linked: short, without characters that leave no ink."""
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in name)
    kept = re.sub(r" +", " ", kept.replace("\\", "/").rsplit("/", 1)[-1]).strip() or "a file without a name"
    return kept if len(kept) <= TITLE else f"{kept[: TITLE - 12]}…{kept[-11:]}"


def steps_limit(network: Network) -> int:
    """How many steps a network reads at most, so that a run takes no more than `RUN_BYTES`."""
    recurrent = network.recurrent
    places = recurrent.num_layers * (1 + recurrent.bidirectional)
    numbers = places * len(CELLS[network.cell].recorded) * recurrent.hidden_size + recurrent.input_size
    return max(10, min(LIMIT, RUN_BYTES // (numbers * network.dtype.itemsize)))


def _chosen(there: tuple[Any, ...], place: int, name: str, what: str) -> Any:
    if not isinstance(place, int) or not 0 <= place < len(there):
        raise ValueError(f"{name}: got {given(place)}; the file has {len(there)} {what}, counted from 0")
    return there[place]


def _named(recurrent: Recurrent) -> str:
    return f"“{recurrent.name}”" if recurrent.name else "the recurrent module"


def _width(module: Any) -> int:
    """How many numbers a module shows at a step."""
    return int((module.proj_size or module.hidden_size) * (1 + module.bidirectional))


def _through(modules: list[Any]) -> int:
    """How many numbers the first of some modules reads; ValueError where one does not fit the one below it."""
    for lower, upper in pairwise(modules):
        if _width(lower) != upper.input_size:
            raise ValueError(
                f"below: a module shows {_width(lower)} numbers a step, and the one above it reads {upper.input_size}; "
                "choose modules that fit each other, in the order in which data goes through them"
            )
    return int(modules[0].input_size)


def _symbols(
    file: ModelFile, choices: Choices, width: int, dtype: torch.dtype
) -> tuple[tuple[str, ...], nn.Embedding | None]:
    """The vocabulary, `UNKNOWN` first, and the table with a row for each; neither where numbers are read."""
    if choices.input != "tokens":
        return (), None
    if choices.embedding is None:
        rows: Tensor = torch.eye(width, dtype=dtype)
    else:
        rows = _chosen(file.embeddings, choices.embedding, "embedding", "embeddings").weight.to(dtype)
        if rows.shape[1] != width:
            raise ValueError(f"embedding: has {rows.shape[1]} numbers a row, and the network reads {width} a step")
    listed = choices.vocabulary or tuple(map(str, range(len(rows))))
    if len(listed) > len(rows):
        raise ValueError(
            f"vocabulary: has {len(listed):,} symbols, and the table {len(rows):,} rows; give the vocabulary that the "
            "model was trained with, a symbol a row, in its order"
        )
    listed += tuple(f"row {k}" for k in range(len(listed), len(rows)))
    unknown = unknown_row(listed)
    first = torch.zeros(1, width, dtype=dtype) if unknown is None else rows[unknown : unknown + 1]
    return Symbols((UNKNOWN, *listed)), nn.Embedding.from_pretrained(torch.cat([first, rows]))


def unknown_row(vocabulary: tuple[str, ...]) -> int | None:
    """The row that a vocabulary keeps for symbols that it lacks; None for none."""
    names = [symbol.lower() for symbol in vocabulary]
    return next((names.index(name) for name in UNKNOWN_NAMES if name in names), None)


def _head(file: ModelFile, choices: Choices, module: Any, dtype: torch.dtype) -> nn.Linear | None:
    if choices.head is None:
        return None
    found: Table = _chosen(file.heads, choices.head, "head", "output layers")
    outputs, reads = found.weight.shape
    if reads != _width(module):
        raise ValueError(f"head: reads {reads} numbers, and the module on show gives {_width(module)}")
    head = nn.Linear(reads, outputs, dtype=dtype)
    with torch.no_grad():
        head.weight.copy_(found.weight)
        head.bias.copy_(torch.zeros(outputs) if found.bias is None else found.bias)
    return head


def _reader(choices: Choices, width: int, vocabulary: tuple[str, ...]) -> Reader:
    if choices.input in ("numbers", "probe"):
        if choices.held is not None and choices.held.rows.shape[1] != width:
            raise ValueError(f"held: {choices.held.name} has {choices.held.rows.shape[1]} columns; expected {width}")
        return readers.Table(width, choices.held)
    if choices.input != "tokens":
        raise ValueError(f"input: got {given(choices.input)}; expected numbers, tokens or probe")
    if choices.tokenizer in CUTS:
        if choices.tokenizer == "characters":
            return readers.Characters()
        # Without a vocabulary they are numbers of rows.
        noun = "words" if choices.vocabulary else "tokens"
        return readers.PlainWords(marks_apart=choices.tokenizer == "words", noun=noun)
    return tokenizer_reader(choices.tokenizer)


def _task(file: ModelFile, choices: Choices, network: Network, reader: Reader, vocabulary: tuple[str, ...]) -> Task:
    title = plain_name(file.name)
    labels, answers, classifies = _answers(choices, network, vocabulary)
    limit = steps_limit(network)
    return Task(
        name=NAME,
        title=title,
        question=f"What do the gates of {title} do?",
        output=_output(network, labels, answers, choices),
        labels=labels,
        reader=reader,
        answers=answers,
        limit=limit,
        examples=_examples(choices, reader, vocabulary, limit),
        is_classifier=classifies,
        favoured=0 if isinstance(answers, Sigmoid) else 1,
    )


def _answers(choices: Choices, network: Network, vocabulary: tuple[str, ...]) -> tuple[tuple[str, ...], Answers, bool]:
    """Labels, what is made of the outputs, and whether that is probabilities."""
    if network.head is None:
        return (), Scaled(), False
    outputs, labels = network.head.out_features, choices.labels
    two = outputs == 1 and len(labels) == 2
    if labels and len(labels) != outputs and not two:
        raise ValueError(
            f"labels: got {_count(len(labels), 'label')} for {_count(outputs, 'output')}; give one for each"
        )
    guesses_next = not labels and outputs == len(vocabulary) - 1 and outputs > 1
    classifies = (
        (outputs > 1 and bool(labels)) or two or guesses_next if choices.classifier is None else choices.classifier
    )
    if not classifies:
        return labels if labels and not two else _numbered(outputs), Scaled(), False
    if outputs == 1:
        # The one output speaks for the second of two labels, as where labels are 0 and 1.
        low, high = labels if two else ("no", "yes")
        return (high, low), Sigmoid(), True
    return labels or (() if guesses_next else _numbered(outputs)), Softmax(), True


def _numbered(outputs: int) -> tuple[str, ...]:
    return tuple(f"output {k}" for k in range(outputs))


def _output(network: Network, labels: tuple[str, ...], answers: Answers, choices: Choices) -> str:
    if network.head is None:
        return "No answers are read from this layer: what is shown are its states and gates."
    if isinstance(answers, Softmax) and not labels:
        return "The probability of each symbol of its vocabulary to come next."
    if isinstance(answers, Softmax):
        return f"The probability of each of {len(labels)} labels, after every step."
    if isinstance(answers, Sigmoid):
        return f"The probability of “{labels[0]}”, after every step."
    numbers = "one number, as it is" if len(labels) == 1 else f"{len(labels):,} numbers, as they are"
    return f"What its output layer gives after every step: {numbers}."


def _examples(choices: Choices, reader: Reader, vocabulary: tuple[str, ...], limit: int) -> tuple[Example, ...]:
    own = [("Your input", choices.text)] if choices.text else []
    if choices.held is not None:
        own.append(("Your file", choices.held.text(limit)))
    if isinstance(reader, readers.Table):
        steps = min(60, limit)
        made = [
            ("An impulse", f"impulse at {min(5, steps - 1)}, {steps} steps"),
            ("A step", f"step at {steps // 3}, {steps} steps"),
            ("A sine", f"sine of period 20, {steps} steps"),
            ("Noise", f"noise, seed 1, {steps} steps"),
        ]
    else:
        between = "" if isinstance(reader, readers.Characters) else " "
        some = [symbol for symbol in vocabulary[1:] if symbol.isprintable() and symbol.strip() == symbol != ""]
        plain = [symbol for symbol in some if symbol.isalnum()] or some
        made = [("Some of its symbols", between.join(plain[:12]))] if plain else []
    return tuple(Example(title, text, ()) for title, text in [*own, *made])


def _card(file: ModelFile, choices: Choices, shown: Recurrent, network: Network) -> list[tuple[str, list[str]]]:
    """What the file is, in rows."""
    parameters = sum(part.numel() for part in network.recurrent.parameters())
    rows = [
        ("File", [f"{plain_name(file.name)}, {file.format}; SHA-256 {file.digest[:12]}…"]),
        ("On show", [f"{_capital(_named(shown))}: {shown.describe()}; {parameters:,} parameters."]),
    ]
    if choices.below:
        names = [f"{_capital(_named(file.recurrent[k]))}: {file.recurrent[k].describe()}." for k in choices.below]
        rows.append(("Runs before it", names))
    if network.embedding is not None and choices.input == "tokens":
        rows.append(("Unknown symbols", [_unknown(choices, network)]))
    if network.head is not None and choices.head is not None:
        head = file.heads[choices.head]
        name = f"“{head.name}”" if head.name else "The output layer"
        rows.append(("Output layer", [f"{name}: {network.head.out_features} outputs.", POOLED]))
    if file.notes:
        rows.append(("Notes", list(file.notes)))
    if file.unplaced:
        rows.append(("Not used", [f"{name}: {' × '.join(map(str, shape))}" for name, shape in file.unplaced[:20]]))
    return rows


def _unknown(choices: Choices, network: Network) -> str:
    assert network.embedding is not None
    listed = choices.vocabulary or ()
    place = unknown_row(tuple(listed))
    if place is None:
        return "The vocabulary has no symbol for those that it lacks: they are read as zeros."
    return f"Read as “{listed[place]}”, row {place}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
