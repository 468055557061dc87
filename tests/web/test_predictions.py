"""The browser writes and compares predicted values as `words/predictions.py` does."""

import random

from lstm_viz.words.predictions import Scale, furthest
from tests.web.in_page import InPage

SCALES = [Scale(0, 1), Scale(-1.5, 1.5), Scale(-40, 40, decimals=1, unit="°C"), Scale(1e-9, 10, log=True)]
ASK = """async (cases) => {
  const { scaleOf } = await import("/lstm_viz/web/parts/predict/scale.js");
  const { furthest } = await import("/lstm_viz/web/parts/predict/series.js");
  return cases.map(({ asked, drawn, truth }) => {
    const scale = scaleOf(asked);
    return { shown: truth.map(scale.show), furthest: furthest(drawn, truth, scale.distance) };
  });
}"""


def test_values_are_written_alike_and_the_same_place_is_the_furthest(in_page: InPage) -> None:
    chance = random.Random(13)
    cases, wanted = [], []
    for scale in SCALES:
        for _ in range(40):
            truth = [_value(scale, chance) for _ in range(9)]
            drawn = [None if chance.random() < 0.3 else _value(scale, chance) for _ in truth]
            kind = "log" if scale.log else "linear"
            asked = {"range": [scale.low, scale.high], "scale": kind, "decimals": scale.decimals, "unit": scale.unit}
            cases.append({"asked": asked, "drawn": drawn, "truth": truth})
            wanted.append({"shown": [scale.shown(each) for each in truth], "furthest": furthest(drawn, truth, scale)})
    found = in_page.evaluate(ASK, cases)
    assert found == wanted


def _value(scale: Scale, chance: random.Random) -> float:
    """A value as it is predicted or told: rounded as it is shown; some of them alike, some at the ends."""
    if chance.random() < 0.2:
        return chance.choice([scale.low, scale.high, 0.5])
    if scale.log:
        return float(f"{10 ** chance.uniform(-9, 1):.3g}")
    return scale.rounded(chance.uniform(scale.low, scale.high))
