"""The examples in the docstrings print what they say, and every public name has one."""

import doctest
import importlib

import pytest

import lstm_viz
from docs.making.reference import examples_of, public
from lstm_viz import figures
from tests.test_project import PYTHON, TEXTS

MODULES = [
    name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for name in PYTHON
    if name.startswith(("lstm_viz/", "docs/")) and ">>> " in TEXTS[name]
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    ran = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert ran.attempted > 0
    assert ran.failed == 0


def test_every_public_name_has_an_example() -> None:
    named = {name: getattr(lstm_viz, name) for name in public()}
    named |= {f"figures.{name}": getattr(figures, name) for name in figures.__all__}
    assert {name for name, value in named.items() if ">>> " not in examples_of(value)} == set()
