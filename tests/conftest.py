"""Settings that every test shares: one thread, and the same random examples on every machine."""

import os

import hypothesis
import pytest

# Before torch is imported: more threads than cores make small products slower, and sums come out in another order.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# No examples are too slow: how long they take says how busy the machine is.
hypothesis.settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _seeded() -> None:
    """Start every test from the same random state."""
    import numpy as np
    import torch

    torch.manual_seed(0)
    np.random.seed(0)  # noqa: NPY002 -- the global generator is what a careless library would draw from
