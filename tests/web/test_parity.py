"""Any cell, any shape of network: the browser computes what torch does; and no run depends on the runs before it."""

import base64
import dataclasses
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import Tensor, nn

from lstm_viz.capture import cell_of, layers_of, width_of
from lstm_viz.cells import CELLS, Cell
from lstm_viz.cells.compiler import compiled
from lstm_viz.engine import run_steps
from lstm_viz.module import CellModule
from lstm_viz.sources import Source
from tests.analysis.equations.test_wiring import MADE_UP
from tests.made_sources import made_source
from tests.test_every_cell import RECTIFIED
from tests.web.in_page import WITHIN, InPage, unpacked

ALL = [*CELLS.values(), MADE_UP, RECTIFIED]
TORCHS = ("lstm", "gru", "rnn", "rnn_relu")
RAN = 'async (cases) => (await import("/tests/web/parity.js")).ran(cases)'
EDITED = 'async (asked) => (await import("/tests/web/parity.js")).edited(asked)'

Layers = list[dict[str, np.ndarray]]


@dataclasses.dataclass(frozen=True)
class Case:
    """A network, what arrives at it, where it starts and what is held; and what torch makes of that."""

    module: nn.Module
    inputs: Tensor
    initial: list[dict[str, Tensor]]
    clamps: list[dict[str, Any]]
    expected: Layers

    def __str__(self) -> str:
        return f"{cell_of(self.module).name}, {self.module}, {len(self.inputs)} steps, held: {self.clamps}"

    def asked(self, in_page: InPage) -> dict[str, Any]:
        """The same for parity.js."""
        module: Any = self.module
        head = nn.Linear((module.proj_size or module.hidden_size) * (1 + module.bidirectional), 1)
        weights = {f"recurrent.{name}": part for name, part in module.state_dict().items()}
        weights |= {f"head.{name}": part for name, part in head.state_dict().items()}
        shown = module.proj_size or module.hidden_size
        about = {"cell": in_page.serve(compiled(cell_of(module)), ".js"), "layers": module.num_layers}
        about |= {"bidirectional": module.bidirectional, "inputs": module.input_size, "units": module.hidden_size}
        return {
            "about": {**about, "shown": shown, "vocabulary": None},
            "weights": base64.b64encode(save(weights)).decode(),
            "inputs": self.inputs.tolist(),
            "initials": [{name: part.tolist() for name, part in each.items()} for each in self.initial],
            "clamps": self.clamps,
        }


def module_of(cell: Cell, chance: random.Random) -> Any:
    """A network of a cell; of torch's own cells of any shape."""
    inputs, units = chance.randint(1, 5), chance.randint(1, 9)
    if cell.name not in TORCHS:
        return CellModule(cell, inputs, units, chance.randint(1, 2), chance.random() < 0.5)
    options: dict[str, Any] = {"num_layers": chance.randint(1, 3), "bidirectional": chance.random() < 0.5}
    options["bias"] = chance.random() < 0.8
    if cell.name == "lstm":
        options["proj_size"] = chance.choice([0, 0, *range(1, units)])
        return nn.LSTM(inputs, units, **options)
    if cell.name == "gru":
        return nn.GRU(inputs, units, **options)
    return nn.RNN(inputs, units, nonlinearity=cell.name.replace("rnn_relu", "relu").replace("rnn", "tanh"), **options)


def case_of(cell: Cell, seed: int) -> Case:
    """A random case. Weights are of any size, as in float32, and torch runs them in float64."""
    chance = random.Random(f"{cell.name} {seed}")
    torch.manual_seed(chance.randrange(2**31))
    module = module_of(cell, chance)
    with torch.no_grad():
        for part in module.parameters():
            part.mul_(chance.choice([0.3, 1, 2]))
    inputs, layers = torch.randn(chance.randint(1, 12), module.input_size), layers_of(module)
    exact = module.double()
    initial = [_initial(cell, layer.weights, chance) for layer in layers_of(exact)]
    units, steps = module.hidden_size, len(inputs)
    clamps = []
    for _ in range(chance.choice([0, 0, 1, 3])):
        first = chance.randrange(steps)
        some = chance.sample(range(units), chance.randint(1, units))
        place = chance.choice([(layer.index, layer.direction) for layer in layers] + [(None, None)])
        clamps.append({
            "quantity": chance.choice(cell.recorded).name,
            "value": chance.choice([0.0, 0.25, 1.0, chance.random()]),
            "units": chance.choice([None, some]),
            "steps": chance.choice([None, [[first, chance.randrange(first, steps)]]]),
            "layer": place[0],
            "direction": place[1],
        })  # fmt: skip
    expected = _expected(cell, exact, inputs.double(), initial, clamps)
    return Case(module.float(), inputs, initial, clamps, expected)


def _initial(cell: Cell, weights: Any, chance: random.Random) -> dict[str, Tensor]:
    if chance.random() < 0.5:
        return {}
    sizes = {each.name: weights.units(cell) for each in cell.carried} | {"hidden_state": weights.shown(cell)}
    return {name: torch.rand(size).double() for name, size in sizes.items()}


def _expected(cell: Cell, module: Any, inputs: Tensor, initial: list[Any], clamps: list[Any]) -> Layers:
    """Every layer by `run_steps`, with what is held given to it as masks."""
    found: Layers = []
    layers, width, arriving = layers_of(module), 1 + module.bidirectional, inputs
    for start in range(0, len(layers), width):
        for layer, begin in zip(layers[start : start + width], initial[start : start + width], strict=True):
            overrides: dict[str, Any] = {}
            for clamp in clamps:
                if clamp["layer"] not in (None, layer.index) or clamp["direction"] not in (None, layer.direction):
                    continue
                wide = width_of(cell, layer, clamp["quantity"])
                units = [unit for unit in clamp["units"] or range(wide) if unit < wide]
                mask = torch.zeros(len(inputs), wide, dtype=torch.bool)
                for first, last in clamp["steps"] or [[0, len(inputs) - 1]]:
                    mask[first : last + 1, units] = True
                mask = mask.flip(0) if layer.direction == "backward" else mask
                where, values = overrides.get(clamp["quantity"], (mask & False, mask.double()))
                overrides[clamp["quantity"]] = (where | mask, torch.where(mask, clamp["value"], values))
            back = layer.direction == "backward"
            with torch.no_grad():
                values = run_steps(cell, layer.weights, arriving.flip(0) if back else arriving, begin, overrides)
            found.append({name: (part.flip(0) if back else part).numpy() for name, part in values.items()})
        arriving = torch.cat([torch.from_numpy(each["hidden_state"]) for each in found[start:]], dim=1)
    return found


@pytest.mark.parametrize("cell", ALL, ids=lambda cell: cell.name)
def test_any_network_is_run_as_torch_runs_it(in_page: InPage, cell: Cell) -> None:
    cases = [case_of(cell, seed) for seed in range(80 if cell.name in TORCHS else 30)]
    seen = in_page.evaluate(RAN, [case.asked(in_page) for case in cases])
    for case, layers in zip(cases, seen, strict=True):
        assert len(layers) == len(case.expected)
        for mine, theirs in zip(case.expected, layers, strict=True):
            assert mine.keys() == theirs.keys()
            for name, values in mine.items():
                found = unpacked(theirs[name])
                assert found.shape == values.shape
                np.testing.assert_allclose(found, values, rtol=WITHIN / 10, atol=WITHIN / 10, err_msg=f"{name}: {case}")


def edits_of(source: Source, count: int = 40) -> Iterator[dict[str, Any]]:
    """Texts as they follow from each other by typing, and what is held in them."""
    chance = random.Random(str(source.name))
    vocabulary = source.model.vocabulary[1:200] or [f"{value / 10:g}" for value in range(300)]
    tokens = chance.choices(vocabulary, k=12)
    clamps: list[dict[str, Any]] = []
    held = [quantity.name for quantity in source.cell.recorded]
    for _ in range(count):
        place = chance.randrange(len(tokens) + 1)
        tokens[place : place + chance.choice([0, 0, 1, 2])] = chance.choices(vocabulary, k=chance.choice([0, 1, 1, 3]))
        tokens = tokens or chance.choices(vocabulary, k=3)
        if chance.random() < 0.3:
            first = chance.randrange(len(tokens))
            clamp = {"quantity": chance.choice(held), "value": chance.random(), "units": [chance.randrange(5)]}
            clamps = [{**clamp, "steps": [[first, first + 2]]}, *clamps][: chance.randint(0, 2)]
        yield {"tokens": [*tokens], "clamps": clamps}


@pytest.mark.parametrize(
    "source",
    [
        made_source(nn.LSTM),
        made_source(nn.LSTM, num_layers=3, task="counting"),
        made_source(nn.GRU, num_layers=2, bidirectional=True),
        made_source(nn.LSTM, num_layers=2, bidirectional=True, task="temperature"),
        made_source("full_gate_recurrence", task="python"),
    ],
    ids=lambda source: repr(source.model),
)
def test_what_is_taken_from_an_earlier_run_changes_no_bit(in_page: InPage, source: Source) -> None:
    assert in_page.evaluate(EDITED, {"about": in_page.about(source), "edits": list(edits_of(source))}) == []
