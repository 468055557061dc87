"""What reading a file takes; that damaged ones are read or refused is in `tests/fuzz`."""

import pytest
from torch import nn

from lstm_viz.files import read_file
from tests.files.making import pytorch, safetensors
from tests.fuzz.process import forget, memory


@pytest.mark.skipif(not memory("VmHWM"), reason="the system does not say how much memory a process took")
def test_reading_takes_less_than_three_times_the_file() -> None:
    weights = nn.LSTM(400, 400, 2).state_dict()
    halves = {name: part.half() for name, part in weights.items()}
    shares = []
    for content in (
        *(safetensors(weights), pytorch(weights), pytorch(weights, old=True)),
        *(safetensors(halves), pytorch(halves)),
    ):
        read_file("warm", pytorch(nn.LSTM(2, 2).state_dict()))
        forget()
        before = memory("VmRSS")
        read_file("a file", content)
        shares.append((memory("VmHWM") - before) / len(content))
    # Memory that was freed before and is taken again does not show.
    assert 0.5 < max(shares) < 3, shares
