"""The browser's readers against Python's: the same tokens, places and numbers, whatever is typed."""

import json
import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pytest

from lstm_viz.sources import shipped, shown_tasks
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers, Reader
from lstm_viz.words.answers import probability
from tests.web.in_page import InPage
from tests.web.texts import every_character, nasty_numbers, nasty_text

TEXTS = 1_500
"""For each reader; more than ten thousand in all."""
MODELS = {task: shipped(task).model for task in shown_tasks()} | {"in °F": shipped("temperature", degrees="F").model}


def in_browser(in_page: InPage, function: str, given: Any) -> Any:
    """What a function of readings.js makes of a value."""
    script = f'async (given) => (await import("/tests/web/readings.js")).{function}(given)'
    return json.loads(in_page.evaluate(script, json.dumps(given)))


def read_in_browser(in_page: InPage, model: Model, texts: Sequence[str], limit: int | None) -> list[dict[str, Any]]:
    """For each text a reading, with places in UTF-16, the numbers that the network reads, and what is shown."""
    asked = {
        "data": model.task.reader.data(),
        "vocabulary": model.vocabulary or None,
        "known": model.training_range,
        "limit": limit,
        "texts": texts,
    }
    found: list[dict[str, Any]] = in_browser(in_page, "readings", asked)
    return found


def read(model: Model, text: str) -> dict[str, Any]:
    """The same, made by Python."""
    reading, reader = model.task.read(text), model.task.reader
    # JavaScript counts a character past U+FFFF as two.
    places = list(accumulate((2 if character > "\uffff" else 1 for character in text), initial=0))
    return {
        "tokens": list(reading.tokens),
        "spans": [[places[start], places[stop]] for start, stop in reading.spans],
        "readable": bool(reading.tokens),
        "read": reader.encode(reading.tokens, model.vocabulary).tolist(),
        "unknown": [bool(new) for new in reader.unknown(reading.tokens, model.vocabulary or model.training_range)],
        "shown": [reader.show(token) for token in reading.tokens],
    }


def made_text(reader: Reader, rng: random.Random) -> str:
    """A text for a reader."""
    if not isinstance(reader, Numbers):
        return nasty_text(rng)
    return nasty_numbers(rng, ["", "*" if reader.marks else "", *reader.units, *(f" °{unit}" for unit in reader.units)])


def written(text: str) -> list[str]:
    """A text's characters by code, so that a failure can be read."""
    return [f"{ord(character):04X}" for character in text]


@pytest.mark.parametrize("name", MODELS)
def test_every_text_is_read_as_python_reads_it(in_page: InPage, name: str) -> None:
    model, rng = MODELS[name], random.Random(name)
    # JSON, as a link does, makes one character of two halves that meet.
    texts = ["", *(json.loads(json.dumps(made_text(model.task.reader, rng))) for _ in range(TEXTS - 1))]
    read_here = read_in_browser(in_page, model, texts, model.task.limit)
    wrong = [text for text, there in zip(texts, read_here, strict=True) if there != read(model, text)]
    assert not wrong, (len(wrong), min(wrong, key=len), written(min(wrong, key=len)))
    readable = sum(each["readable"] for each in read_here)
    assert TEXTS * 0.3 < readable < TEXTS  # both kinds are there


@pytest.mark.parametrize("name", MODELS)
def test_a_text_past_the_limit_is_read_up_to_it(in_page: InPage, name: str) -> None:
    model = MODELS[name]
    texts = ["1 a 👍 " * model.task.limit, "1 " * (model.task.limit + 1)]
    assert read_in_browser(in_page, model, texts, model.task.limit) == [read(model, text) for text in texts]


@pytest.mark.parametrize("name", ["sentiment", "counting"])
def test_every_character_is_what_it_is_in_python(in_page: InPage, name: str) -> None:
    """Whether it belongs to a word, is space, or leaves no ink."""
    model, reader = MODELS[name], MODELS[name].task.reader
    known = sorted(set(every_character()) - set(in_browser(in_page, "unassigned", every_character())))
    assert len(known) > 140_000
    texts = [" ".join(f"{c}x" for c in known[k : k + 500]) for k in range(0, len(known), 500)]
    for text, there in zip(texts, read_in_browser(in_page, model, texts, None), strict=True):
        tokens = [token.text for token in reader.cut(text)]
        assert (there["tokens"], there["shown"]) == (tokens, [reader.show(token) for token in tokens])


def test_digits_of_every_script_are_numbers(in_page: InPage) -> None:
    """Where Python and this browser both know them."""
    lacking = set(in_browser(in_page, "unassigned", every_character()))
    digits = [character for character in every_character() if character.isdecimal() and character not in lacking]
    text = " ".join(digits)
    (there,) = read_in_browser(in_page, MODELS["temperature"], [text], None)
    assert there["tokens"] == [str(int(digit)) for digit in digits]


def test_six_digits_are_those_of_python(in_page: InPage) -> None:
    rng = random.Random(0)
    values = [rng.uniform(-1, 1) * 10 ** rng.uniform(-12, 8) for _ in range(5000)]
    # Halves of the sixth digit, which are exact, and what is next to them.
    values += [(2 * rng.randrange(10**5, 10**6) + 1) / 2 * 2.0 ** rng.choice([0, 0, -1, -4]) for _ in range(5000)]
    assert in_browser(in_page, "written", values) == [f"{value:.6g}" for value in values]


def test_a_probability_is_written_alike(in_page: InPage) -> None:
    shares = [random.Random(k).random() ** (1 + k % 9) for k in range(2000)]
    shares += [0.0, 1e-12, 0.005, 0.0049999, 0.995, 0.9949999, 1 - 1e-12, 1.0, *(1 - share for share in shares)]
    script = 'async (all) => all.map((await import("/lstm_viz/web/core/format.js")).probability)'
    assert in_page.evaluate(script, shares) == [probability(share) for share in shares]
