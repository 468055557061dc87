"""An upload in the browser: the numbers of every page, with an output layer and without, whatever it reads."""

import json
import random
from typing import Any

import pytest
from torch import nn

from lstm_viz.sources import Source
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks.readers import PlainWords, Reader, Table
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.pages.gates.view import gates_numbers
from lstm_viz.ui.pages.ledger.view import ledger_numbers
from lstm_viz.ui.pages.what_if.view import what_if_numbers
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.made_files import made_file
from tests.web.in_page import InPage, assert_same_numbers

PAGES: dict[str, Any] = {"gates": gates_numbers, "ledger": ledger_numbers, "what_if": what_if_numbers}
WORDS = ("the", "film", "is", "[UNK]", "slow", ".")
SOURCES: dict[str, Any] = {
    "nothing said": lambda: uploaded(made_file(nn.LSTM(3, 5, 2, bidirectional=True))),
    "numbers given": lambda: uploaded(made_file(nn.LSTM(1, 4), outputs=3), Choices(head=0)),
    "many numbers given": lambda: uploaded(made_file(nn.GRU(2, 4), outputs=20), Choices(head=0)),
    "classes": lambda: uploaded(made_file(nn.GRU(2, 4), outputs=3), Choices(head=0, labels=("a", "b", "c"))),
    "yes or no": lambda: uploaded(made_file(nn.RNN(2, 4), outputs=1), Choices(head=0, classifier=True)),
    "the next symbol": lambda: uploaded(
        made_file(nn.LSTM(4, 5), outputs=6, symbols=6), Choices(input="tokens", embedding=0, vocabulary=WORDS, head=0)
    ),
    "a projection": lambda: uploaded(made_file(nn.LSTM(2, 5, proj_size=3), outputs=2), Choices(head=0)),
}
TEXTS = {"table": "noise, seed 7, 300 steps", "plain_words": "The film is slow. Very slow zzz."}


@pytest.mark.parametrize("name", SOURCES)
def test_the_numbers_of_every_page(in_page: InPage, name: str) -> None:
    source: Source = SOURCES[name]()
    for text in (source.task.examples[0].text, TEXTS[source.task.editor]):
        for page, numbers in PAGES.items():
            wanted = Settings(task="yours", text=text, step=3, unit=2, clamps="input_gate 0 t2")
            assert_same_numbers(numbers(View(source, wanted)), in_page.numbers(source, page, wanted))


PARTS = {
    "table": (
        " ",
        ",",
        "\n",
        "; ",
        "0.5",
        "-1e2",
        "−3",
        "2e6",
        "nan",
        "a",
        "time",
        "١",
        "\x85",
        "\u2028",
        "-",
        "1.",
        ".5",
    ),
    "probe": (
        "impulse",
        "step",
        "sine",
        "noise",
        " at ",
        "at step 3",
        "60 steps",
        " 12 steps",
        "period 7.5",
        "of period 9",
    ),
    "more": (
        "seed 99999999999",
        "seed 9999999999999999",
        "of 0.03125",
        "size -.15625",
        "period 1e-4",
        "seed 3",
        "feature 1",
        "feature 9",
        "of 2.5",
        "size -3",
        ", ",
        " of ",
        "rows 1",
        "9999 steps",
    ),
    "words": ("the", "The", "'s", "film.", " ", "\n", "naïve", "_", "日本", "e\u0301", "...", "[UNK]", "a-b", "\u00a0"),
}


def texts(kinds: tuple[str, ...], seed: int, many: int = 400) -> list[str]:
    draw = random.Random(seed)
    parts = [part for kind in kinds for part in PARTS[kind]]
    return ["".join(draw.choices(parts, k=draw.randint(0, 9))) for _ in range(many)]


@pytest.mark.parametrize(
    ("reader", "kinds"),
    [
        (Table(1), ("table",)),
        (Table(3), ("table",)),
        (Table(3), ("probe", "more")),
        (Table(1), ("probe", "more")),
        (PlainWords(), ("words",)),
        (PlainWords(marks_apart=False), ("words",)),
    ],
    ids=str,
)
def test_a_text_is_read_alike(in_page: InPage, reader: Reader, kinds: tuple[str, ...]) -> None:
    vocabulary = ("<unk>", *WORDS) if isinstance(reader, PlainWords) else ()
    asked = texts(kinds, 5)
    given = {"data": reader.data(), "vocabulary": vocabulary or None, "known": [], "limit": 5000, "texts": asked}
    script = 'async (given) => (await import("/tests/web/readings.js")).readings(given)'
    found = json.loads(in_page.evaluate(script, json.dumps(given)))
    for text, theirs in zip(asked, found, strict=True):
        try:
            mine = reader.cut(text)
        except ValueError:
            mine = []
        assert theirs["tokens"] == [token.text for token in mine], repr(text)
        assert theirs["spans"] == [[token.start, token.stop] for token in mine], repr(text)
        if mine:
            tokens = [token.text for token in mine]
            assert theirs["read"] == reader.encode(tokens, vocabulary).tolist(), repr(text)
            assert theirs["shown"] == [reader.show(token) for token in tokens], repr(text)
