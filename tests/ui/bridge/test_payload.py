"""A message's bytes: what was put together comes apart again, and what the browser holds is left out."""

import numpy as np

from lstm_viz.live_page.lasting import digest
from lstm_viz.ui.bridge.payload import pack, unpack


def test_a_message_comes_apart_as_it_was_put_together():
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.zeros((0, 4), np.float32)}
    header, found = unpack(pack({"text": "naïve 🎬 \u0000"}, arrays))
    assert header == {"text": "naïve 🎬 \u0000"}
    for name in arrays:
        np.testing.assert_array_equal(found[name], arrays[name])


def test_half_of_a_surrogate_pair_is_no_error():
    header, _ = unpack(pack({"id": "a\ud800"}, {}))
    assert header == {"id": "a?"}
    assert digest("a\ud800") == digest("a?") != digest("a")
