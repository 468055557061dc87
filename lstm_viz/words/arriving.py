"""Sentences on how what was typed becomes the numbers that a layer reads; the browser fills in a step's own numbers."""

from lstm_viz.words.phrases import quoted

NOUNS = {"words": "word", "characters": "character", "plain_words": "word", "tokenizer": "piece"}
"""What a token is called that has a row in an embedding table, by the kind of its reader."""


def describe_row(noun: str, rows: int, size: int) -> tuple[str, str]:
    """What a token with a row in the embedding table becomes, with ``{row}`` for its row; and one without.

    Examples
    --------
    >>> describe_row("word", 10090, 48)[0]
    'Row {row} of the 10,090 of the embedding table: 48 numbers for this word, found in training like all weights. They are the same wherever the word stands.'
    """  # noqa: E501 - a sentence
    numbers = f"{size} numbers" if size > 1 else "one number"
    they = "They are" if size > 1 else "It is"
    return (
        f"Row {{row}} of the {rows:,} of the embedding table: {numbers} for this {noun}, found in training like all "
        f"weights. {they} the same wherever the {noun} stands.",
        f"The network does not know this {noun}. It reads row {{row}} of the {rows:,} of the embedding table, which "
        f"stands for every {noun} that it does not know: {numbers}, found in training like all weights.",
    )


def describe_lacking(noun: str, read_as: tuple[int, str] | None) -> str:
    """What a token becomes that the vocabulary of a file lacks.

    Parameters
    ----------
    read_as : the row that stands for it, and that row's symbol; None where there is none

    Examples
    --------
    >>> describe_lacking("word", (1, "<unk>"))
    'The vocabulary lacks this word: it is read as “<unk>”, row 1 of the embedding table.'
    """
    if read_as is None:
        return f"The vocabulary lacks this {noun}, and has no symbol for what it lacks: it is read as zeros."
    row, symbol = read_as
    return f"The vocabulary lacks this {noun}: it is read as {quoted(symbol)}, row {row:,} of the embedding table."


def describe_number(centre: float, spread: float, *, marks: bool) -> tuple[str, str]:
    """What a number becomes; and the calculation, with ``{number}`` and ``{x}``, "" where it stays as it is.

    Examples
    --------
    >>> describe_number(15, 10, marks=False)
    ('The number, less 15 and divided by 10, so that usual ones lie near 0.', '({number} − 15) / 10 = {x}')
    >>> describe_number(0, 1, marks=True)
    ('The number itself, and its mark: 1 where it is marked, 0 where it is not.', '')
    """
    mark = ", and its mark: 1 where it is marked, 0 where it is not" if marks else ""
    if (centre, spread) == (0, 1):
        return f"The number itself{mark}.", ""
    return (
        f"The number, less {centre:g} and divided by {spread:g}, so that usual ones lie near 0{mark}.",
        f"({{number}} − {centre:g}) / {spread:g} = {{x}}",
    )


def describe_table(features: int, size: int, *, through: int) -> str:
    """What a row of numbers becomes; `through`: how many modules below the one on show it goes through.

    Examples
    --------
    >>> describe_table(3, 3, through=0)
    'The 3 numbers of this step, as they stand in the input.'
    >>> describe_table(1, 16, through=1)
    'What one module below makes of the number of this step and of those before it: 16 numbers.'
    """
    row = f"the {features:,} numbers" if features > 1 else "the number"
    if not through:
        return f"{row.capitalize()} of this step, as {'they stand' if features > 1 else 'it stands'} in the input."
    below = f"{through} modules below make" if through > 1 else "one module below makes"
    return f"What {below} of {row} of this step and of those before it: {size:,} numbers."


def describe_below(index: int, size: int) -> str:
    """What a layer above another reads.

    Examples
    --------
    >>> describe_below(0, 96)
    'What layer 0 shows at this step: its 96 numbers.'
    """
    return f"What layer {index} shows at this step: its {size} numbers."
