"""The examples in the docstrings print what they say."""

import doctest
import importlib
import pkgutil

import pytest

from lstm_viz import analysis, figures, words

MODULES = [
    module.name
    for package in (analysis, figures, words)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
