"""One table of environment variables: each is read as it says, and a bad value is refused in a sentence."""

import re
from pathlib import Path

import pytest

from lstm_viz.ui.server import options
from lstm_viz.ui.server.options import FRAME_ANCESTORS, LESSON_HOSTS, LOG, METRICS, OPTIONS, REDIS, Option

ROOT = Path(__file__).parents[3]


def test_no_other_variable_is_read_anywhere() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "lstm_viz").rglob("*.py")]
    named = {name for text in texts for name in re.findall(rf"\b{options.PREFIX}[A-Z_]+\b", text)}
    assert named <= {option.name for option in OPTIONS}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_an_option_may_be_unset_and_takes_its_example(option: Option[object]) -> None:
    unset = option.value({})
    assert option.value({option.name: ""}) == unset
    assert option.value({option.name: f" {option.example} "}) != unset
    assert option.meaning.endswith(".")


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (METRICS, "yes"),
        (LOG, "xml"),
        (REDIS, "my.host:6379"),
        (LESSON_HOSTS, "https://any.host/lessons"),
        (FRAME_ANCESTORS, "'none' https://any.host"),
        (FRAME_ANCESTORS, "https://any.host; script-src *"),
        (FRAME_ANCESTORS, "https://any.host\r\nSet-Cookie: a=b"),
    ],
)
def test_a_bad_value_is_refused_in_a_sentence(option: Option[object], text: str) -> None:
    (said,) = options.check({option.name: text})
    assert said.startswith(f"{option.name} is set to ")
    assert "expected" in said
    assert said.endswith(".")
    assert (repr(text) in said) is not option.secret


def test_a_password_is_in_no_sentence() -> None:
    assert "hunter2" not in "".join(options.check({REDIS.name: "redis:/:hunter2@any.host"}))


def test_a_misspelt_variable_is_noticed_and_those_of_kubernetes_are_not() -> None:
    given = {"LSTM_VIZ_METRIC": "on", "LSTM_VIZ_PORT": "tcp://10.0.0.1:80", "LSTM_VIZ_SERVICE_HOST": "10.0.0.1"}
    assert options.misspelt(given) == {"LSTM_VIZ_METRIC": "LSTM_VIZ_METRICS"}
