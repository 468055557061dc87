"""A widget shows what the figures use, for any setting that a link can hold."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.kinds import NUMBER_LIMIT, Number
from lstm_viz.ui.settings.link import from_query
from lstm_viz.ui.settings.settings import KINDS, Settings
from lstm_viz.ui.widgets import long_work
from lstm_viz.ui.widgets.charts import parts

ROOT = Path(__file__).parents[3]
NUMBERS = ("factor", "power", "length", "radius", "forget_bias", "hidden", "seed", "clip")
"""Settings that Vanishing gradient has a slider or a field for."""


@pytest.fixture(autouse=True)
def _found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # A harness runs a page once, and asks for no news of its long work.
    monkeypatch.setattr(long_work, "WAIT", 60.0)


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.query_params.update({"step": "0", "unit": "0", **query})
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def shown(app: AppTest) -> dict[str, Any]:
    """Setting → what its widget shows."""
    widgets = [*app.slider, *app.number_input]
    return {str(each.key).removeprefix("control_"): each.value for each in widgets if each.key}


@pytest.mark.parametrize(
    "query",
    [
        {"radius": "3.7", "seed": "123456", "clip": "0.005", "length": "997", "forget_bias": "0.7", "hidden": "7"},
        {"radius": "0", "seed": str(NUMBER_LIMIT), "clip": "1000", "length": "10", "factor": "1.337", "hidden": "1"},
        {"radius": "4", "seed": "0", "clip": "0.001", "power": "100", "forget_bias": "-5", "length": "11"},
        {"radius": "99", "seed": "-3", "clip": "0", "power": "1000", "forget_bias": "11", "hidden": "500"},
    ],
)
def test_every_widget_shows_what_the_figures_use(query: dict[str, str]) -> None:
    settings, _ = from_query({"step": "0", "unit": "0", **query})
    app = opened("vanishing_gradient", **query)
    found = shown(app)
    assert found == {name: pytest.approx(getattr(settings, name)) for name in NUMBERS}
    drawn: dict[str, Any] = {}
    for component in app.get("bidi_component"):
        header, arrays = unpack(component.proto.bytes)
        drawn |= {chart["name"]: (chart, arrays) for chart in header.get("charts", [])}
    own, values = parts(Vanishing.of(settings).clipping())
    header, arrays = drawn["clipping"]
    assert header["caption"] == own["caption"]
    for name, line in values.items():
        np.testing.assert_allclose(arrays[name], np.asarray(line, np.float32), rtol=1e-5)


@pytest.mark.parametrize("length", ["10", "13", "1999", "2000"])
def test_the_length_of_a_made_sequence_is_the_one_shown(length: str) -> None:
    app = opened("rnn_lstm_gru", length=length)
    assert shown(app) == {"length": int(length)}
    charts = [unpack(each.proto.bytes)[0] for each in app.get("bidi_component")]
    (over_time,) = [chart for header in charts for chart in header.get("charts", []) if chart["xRange"][0] < 2][:1]
    assert over_time["xRange"][1] - over_time["xRange"][0] == int(length) - 1


def test_a_length_past_what_a_page_takes_is_shown_as_what_it_uses() -> None:
    app = opened("vanishing_gradient", length="1999", hidden="2")
    assert shown(app)["length"] == Vanishing.of(Settings(length=1999)).length == 1000


def test_moving_a_widget_changes_that_setting_and_no_other() -> None:
    app = opened("vanishing_gradient", radius="3.7", hidden="2", length="20")
    app.slider(key="control_forget_bias").set_value(4.0).run()
    assert not app.exception
    found = shown(app)
    assert (found["forget_bias"], found["radius"], found["hidden"], found["length"]) == (4.0, 3.7, 2, 20)


def test_every_number_has_a_step_within_its_range() -> None:
    for name in NUMBERS:
        kind = KINDS[name]
        if isinstance(kind, Number):
            assert 0 < kind.step <= kind.high - kind.low
