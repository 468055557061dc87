"""What the model reads: tokens with their vocabulary, or numbers of a file."""

from typing import Any

import streamlit as st

from lstm_viz.files import ModelFile
from lstm_viz.tasks.choosing import embeddings, running
from lstm_viz.tasks.readers import Held, Table
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.bridge.session import plain
from lstm_viz.ui.pages.yours import keeping, words
from lstm_viz.ui.pages.yours.found import menu, pasted
from lstm_viz.ui.pages.yours.given_text import CUTS, vocabulary_choices
from lstm_viz.ui.pages.yours.number_files import LIMIT, read_numbers
from lstm_viz.ui.pages.yours.upload import uploader

IN_EDITOR = 3_000
"""Numbers of a file up to which they stand in the editor, where they can be changed; more stay in the file."""
ONE_HOT = "one-hot"


def show(file: ModelFile, choices: Choices) -> None:
    """What the first layer reads, and what is needed for that."""
    first = running(choices)[0]
    width = file.recurrent[first].input_size
    tables = {k: f"Tokens, through {words.embedding_title(file, k)}" for k in embeddings(file, first)}
    kinds: dict[Any, str] = {
        "numbers": "Numbers",
        **tables,
        ONE_HOT: f"Tokens, one-hot: one of {width:,} symbols at each step",
    }
    if width == 1 and not tables:
        del kinds[ONE_HOT]
    if len(kinds) > 1:
        now = "numbers" if choices.input != "tokens" else ONE_HOT if choices.embedding is None else choices.embedding
        menu("reads", "What it reads", kinds, now, _reads)
    if choices.input == "tokens":
        _tokens(file, choices, width)
    else:
        _numbers(choices, width)


def _reads(kind: str | int) -> None:
    if kind in ("numbers", ONE_HOT):
        keeping.choose(embedding=None, **({"input": "tokens"} if kind == ONE_HOT else {}))
    else:
        keeping.choose(embedding=kind)


def _numbers(choices: Choices, width: int) -> None:
    each = f"{width:,} number{'s' * (width > 1)}"
    uploader(
        "A file of numbers, CSV or NPY",
        lambda name, content: _take_numbers(name, content, width),
        key="numbers",
        most=LIMIT,
    )
    st.caption(
        f"One row a time step, {each} in each, scaled as in training; columns of text, such as dates, are left out. Or "
        "paste them below. Without any, the model reads a made sequence: an impulse, a step, a sine, noise."
    )


def _take_numbers(name: str, content: bytes, width: int) -> None:
    try:
        rows, names = read_numbers(content, width)
    except ValueError as error:
        keeping.refuse(f"{name}: {error}")
        return
    if rows.size <= IN_EDITOR:
        table = Table(width)
        # A line of names that the editor would read otherwise stays out of it.
        head = "".join(f"{'_'.join(name.split())}, " for name in names).removesuffix(", ") + "\n"
        keeping.choose(text=head * bool(table.names(head)) + table.text(rows.tolist()), held=None)
    else:
        keeping.choose(text="", held=Held(name, rows))


def _tokens(file: ModelFile, choices: Choices, width: int) -> None:
    rows = width if choices.embedding is None else len(file.embeddings[choices.embedding].weight)
    st.caption(plain(words.vocabulary(choices, rows)))
    uploader("Vocabulary", lambda _, content: _take_vocabulary(_text(content)), key="vocabulary", most=LIMIT)
    pasted("vocabulary", "or pasted", _take_vocabulary)
    st.caption(
        f"Its {rows:,} symbols in the order of the rows: one a line, a JSON list or map, or a Hugging Face vocab.json "
        "or tokenizer.json."
    )
    if choices.vocabulary and choices.tokenizer in CUTS:
        menu("tokenizer", "Where texts are cut", CUTS, choices.tokenizer)


def _take_vocabulary(text: str) -> None:
    try:
        changes = vocabulary_choices(text)
    except ValueError as error:
        keeping.refuse(str(error))
        return
    keeping.choose(**changes)


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace")
