"""What an edit of a text is, and what it changed: the browser finds the same as Python."""

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from torch import nn

from lstm_viz.analysis.aggregate import columns
from lstm_viz.analysis.change.alignment import Alignment, align
from lstm_viz.figures.edit_effect import edit_effect_data
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.sources import Source, shipped
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.made_sources import made_source
from tests.web.in_page import InPage, unpacked

DEEP: dict[str, Any] = {"num_layers": 2, "bidirectional": True}
SOURCES: dict[str, Callable[[], Source]] = {
    "sentiment": lambda: shipped("sentiment"),
    "two directions": lambda: made_source(nn.GRU, **DEEP),
    "projection": lambda: made_source(nn.LSTM, proj_size=4, **DEEP),
    "peepholes": lambda: made_source("peepholes"),
}
WORDS = ["a", "warm", "and", "funny", "film", ",", "but", "not", "zxqwy"]


def as_sent(found: Alignment) -> dict[str, Any]:
    """An alignment as JavaScript has it."""
    return {
        "pairs": found.pairs.tolist(),
        "removed": [*found.removed],
        "inserted": [*found.inserted],
        "beforeSpan": [*found.before_span],
        "afterSpan": [*found.after_span],
        "isIdentity": found.is_identity,
    }


def some_tokens(rng: random.Random, most: int) -> list[str]:
    return rng.choices(WORDS[: rng.randrange(1, len(WORDS))], k=rng.randrange(most + 1))


def edited(rng: random.Random, tokens: Sequence[str]) -> list[str]:
    """The same with a few tokens put in, taken out or replaced."""
    found = [*tokens]
    for _ in range(rng.randrange(1, 4)):
        first = rng.randrange(len(found) + 1)
        found[first : first + rng.randrange(3)] = some_tokens(rng, 2)
    return found


def test_the_smallest_edit_between_two_lists_is_the_same(in_page: InPage) -> None:
    rng = random.Random(0)
    pairs = [(before := some_tokens(rng, 12), edited(rng, before)) for _ in range(2000)]
    pairs += [(some_tokens(rng, most), some_tokens(rng, most)) for most in (3, 20, 99, 110, 150) for _ in range(20)]
    script = 'async (pairs) => (await import("/tests/web/doing.js")).aligned(pairs)'
    for (before, after), there in zip(pairs, in_page.evaluate(script, pairs), strict=True):
        assert there == as_sent(align(before, after)), (before, after)


@pytest.mark.parametrize("name", SOURCES)
def test_what_an_edit_changed_is_the_same(in_page: InPage, name: str) -> None:
    source, rng = SOURCES[name](), random.Random(name)
    script = 'async (asked) => (await import("/tests/web/doing.js")).changed(asked)'
    seen = 0
    for size in [4] * 15 + [12] * 15 + [400]:
        before = some_tokens(rng, size)
        text, was = (" ".join(tokens) for tokens in (edited(rng, before), before))
        for place in source.places:
            settings = Settings(text=text, before=was, layer=place.index, direction=place.direction)
            view = View(source, settings)
            there = in_page.evaluate(script, {"about": in_page.about(source), "settings": asdict(settings)})
            if view.edit is None:
                assert there is None
                continue
            seen += 1
            axis = TokenAxis(view.run.labels, columns(len(view.run)))
            effect = edit_effect_data(view.edit, axis)
            change = effect.change
            assert there["marks"] == [asdict(mark) | {"tokens": [*mark.tokens]} for mark in effect.marks]
            assert there["alignment"] == as_sent(view.edit.alignment)
            np.testing.assert_allclose(unpacked(there["array"]), change.values, atol=1e-5)
            assert there["largest"] <= change.limits[1] + 1e-5
    assert seen > 10
