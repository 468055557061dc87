"""The arithmetic that a cell's definition may use, on NumPy arrays; the engine has the same on torch's."""

from typing import Any

import numpy as np


class Arithmetic:
    """Functions of a definition's ``now``, for values that are known unit by unit, so that nothing is projected."""

    tanh, exp, largest = staticmethod(np.tanh), staticmethod(np.exp), staticmethod(np.maximum)

    @staticmethod
    def log_sigmoid(values: Any) -> Any:
        """The logarithm of the logistic sigmoid, without overflow."""
        return -np.logaddexp(0, -values)

    @staticmethod
    def sigmoid(values: Any) -> Any:
        """The logistic sigmoid, without overflow."""
        return np.exp(-np.logaddexp(0, -values))

    @staticmethod
    def ratio(over: Any, under: Any) -> Any:
        """One over the other, 0 where there is nothing to divide by."""
        nothing = np.equal(under, 0)
        return np.where(nothing, 0, over / np.where(nothing, 1, under))

    @staticmethod
    def hard_sigmoid(values: Any) -> Any:
        """The straight line through (0, ½) with the slope 0.2, cut off at 0 and 1."""
        return np.clip(0.2 * values + 0.5, 0, 1)

    @staticmethod
    def relu(values: Any) -> Any:
        """What is above zero."""
        return np.maximum(values, 0)

    @staticmethod
    def project(values: Any) -> Any:
        """Values as they are."""
        return values
