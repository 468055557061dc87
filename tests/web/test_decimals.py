"""The browser gives numbers as many decimals as Python does, on random equations and random numbers."""

from typing import Any

import numpy as np
from numpy.random import Generator

from lstm_viz.analysis.equations.decimals import right_as_shown
from lstm_viz.analysis.equations.evaluation import evaluate
from lstm_viz.analysis.equations.stages import Equation, equation
from lstm_viz.analysis.equations.trees import equation_data
from lstm_viz.cells.expression import Call, Constant, Expression, Symbol, key_of
from tests.web.in_page import InPage

EQUATIONS, PLACES, DEPTH = 1000, 5, 3
WRONG = 7
"""Of every so many equations, one has a result that is not its own, as where a quantity is held."""
SCRIPT = """async (cases) => {
  const { rightAsShown } = await import("/lstm_viz/web/analysis/decimals.js");
  return cases.map(({ equation, values, count }) => {
    const { digits, holds } = rightAsShown(equation, values, count);
    return [digits.map((row) => [...row]), [...holds]];
  });
}"""


def random_expression(random: Generator, depth: int) -> Expression:
    kind = random.integers(0, 6 if depth else 2)
    if kind == 0:
        return Constant(float(random.choice([1, 2, 0.5, -1])))
    if kind == 1 or not depth:
        return Symbol(str(random.choice([*"abcdef"])), bool(random.random() < 0.3))
    one, other = random_expression(random, depth - 1), random_expression(random, depth - 1)
    if kind == 2:
        return Call(str(random.choice(["sigmoid", "tanh", "relu"])), one)
    if kind == 3:
        return one * other
    return one + other if kind == 4 else one - other


def random_case(random: Generator, number: int) -> tuple[Equation, dict[str, Any]]:
    """Make an equation, and numbers for everything in it, as float32 holds them."""
    made = equation("result", random_expression(random, DEPTH))
    leaves = [f"{name}{when}" for name in "abcdef" for when in ("", "-")]
    values: dict[str, Any] = {
        name: (random.standard_normal(PLACES) * 10.0 ** random.integers(-4, 2)).astype(np.float32) for name in leaves
    }
    worked_out = [*(pair for each in made.reductions for pair in each), (Symbol("result"), made.stages[-1])]
    for leaf, part in worked_out:
        values[key_of(leaf)] = np.broadcast_to(evaluate(part, values), PLACES).astype(np.float32)
    if number % WRONG == 0:
        values["result"] = values["result"] + np.float32(0.01)
    return made, values


def test_random_equations(in_page: InPage) -> None:
    random = np.random.default_rng(1)
    cases = [random_case(random, number) for number in range(EQUATIONS)]
    sent = [
        {
            "equation": equation_data(made),
            "values": {name: array.tolist() for name, array in values.items()},
            "count": PLACES,
        }
        for made, values in cases
    ]
    found = in_page.evaluate(SCRIPT, sent)
    held = 0
    for (made, values), (digits, holds) in zip(cases, found, strict=True):
        line = right_as_shown(made, values)
        assert digits == line.digits.tolist(), made
        assert [bool(each) for each in holds] == line.holds.tolist(), made
        held += sum(holds)
    assert 0.5 < held / (EQUATIONS * PLACES) < 0.99, "there are lines of both kinds"
