"""What was found in a model file, in words."""

from dataclasses import replace

from lstm_viz.files import ModelFile, Table
from lstm_viz.tasks.choosing import running
from lstm_viz.tasks.uploaded import Choices, unknown_row
from lstm_viz.words.phrases import count

MOST_LISTED = 50
"""Tensors that could not be placed, of which each is named."""


def layer_name(file: ModelFile, k: int) -> str:
    """What a recurrent layer is called: as the file names it, or by its place there."""
    return file.recurrent[k].name or ("the recurrent layer" if len(file.recurrent) == 1 else f"recurrent layer {k}")


def table_name(tables: tuple[Table, ...], k: int, noun: str) -> str:
    """What an embedding or a head is called."""
    return tables[k].name or f"{noun} {k}"


def embedding_title(file: ModelFile, k: int) -> str:
    """An embedding in a menu."""
    rows, width = file.embeddings[k].weight.shape
    return f"{table_name(file.embeddings, k, 'embedding')}: {rows:,} tokens, {count(width, 'number')} each"


def head_title(file: ModelFile, k: int) -> str:
    """A head in a menu."""
    outputs, reads = file.heads[k].weight.shape
    return f"{table_name(file.heads, k, 'head')}: {count(outputs, 'output')} from {count(reads, 'number')}"


def found(file: ModelFile) -> str:
    """What there is in the file, in a line."""
    kinds = ((file.recurrent, "recurrent layer"), (file.embeddings, "embedding"), (file.heads, "head"))
    return f"Found: {', '.join(count(len(parts), noun) for parts, noun in kinds if parts)}"


def shown(file: ModelFile, choices: Choices) -> str:
    """What of the file is on show."""
    name = file.recurrent[choices.recurrent].name
    return f"{name}: {_described(file, choices, choices.recurrent)}".removeprefix(": ")


def reads(file: ModelFile, choices: Choices) -> str:
    """What the first layer reads, in a line."""
    width = file.recurrent[running(choices)[0]].input_size
    if choices.input != "tokens":
        return f"It reads {count(width, 'number')} a step"
    return f"It reads tokens, {'with' if choices.vocabulary else 'without'} a vocabulary"


def layers(file: ModelFile, choices: Choices) -> list[tuple[str, str]]:
    """Of each recurrent layer its name, and what is said of it: what it is here, what it is at all, what it reads."""
    return [
        (layer_name(file, k), f"{_use(choices, k)}: {_described(file, choices, k)}, from {_reads(file, choices, k)}")
        for k in range(len(file.recurrent))
    ]


def _described(file: ModelFile, choices: Choices, k: int) -> str:
    """What a layer is, with the cell that was chosen for it where it is on show."""
    layer = file.recurrent[k]
    cell = choices.cell if k == choices.recurrent else None
    return replace(layer, cell=cell or layer.cell).describe()


def _reads(file: ModelFile, choices: Choices, k: int) -> str:
    chain = running(choices)
    if k in chain:
        place = chain.index(k)
        if place:
            return layer_name(file, chain[place - 1])
        return "its input" if choices.embedding is None else table_name(file.embeddings, choices.embedding, "embedding")
    return file.feeds[k] or "its input"


def _use(choices: Choices, k: int) -> str:
    if k == choices.recurrent:
        return " (shown)"
    return " (runs before it)" if k in choices.below else ""


def left_over(file: ModelFile) -> str:
    """The tensors that could not be placed, in a line each."""
    listed = [f"{name}, {' × '.join(f'{size:,}' for size in shape) or 'one number'}" for name, shape in file.unplaced]
    more = len(listed) - MOST_LISTED
    return "\n".join([*listed[:MOST_LISTED], *([f"and {more:,} more"] if more > 0 else [])])


def vocabulary(choices: Choices, rows: int) -> str:
    """Which vocabulary the tokens have, and what becomes of a symbol that it lacks."""
    symbols = choices.vocabulary
    if not symbols:
        return (
            f"Without a vocabulary, tokens are the numbers of their rows, 0 to {rows - 1:,}: give it, and type words."
        )
    if len(symbols) == rows:
        said = f"The vocabulary has {rows:,} symbols, one for each row."
    else:
        names = f"row {len(symbols)}" + (" and so on" if rows - len(symbols) > 1 else "")
        said = (
            f"The vocabulary has {count(len(symbols), 'symbol')}, and the table {rows:,} rows; the others are called "
            f"{names}."
        )
    place = unknown_row(symbols)
    if place is None:
        return f"{said} It has none for what it lacks, which is read as zeros."
    return f"{said} What it lacks is read as row {place}, “{symbols[place]}”."
