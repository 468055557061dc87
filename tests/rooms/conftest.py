"""Stores of rooms: in memory, and in a real Redis."""

import os
import secrets
from collections.abc import Callable, Iterator

import pytest

from lstm_viz.rooms import Memory, Store
from lstm_viz.rooms.shared import Shared
from tests.redis_server import MISSING, find_redis, redis_server


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Start a Redis for the tests, and return its address."""
    if find_redis() is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with redis_server() as url:
        yield url


@pytest.fixture(params=["memory", "redis"])
def new_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Return a function that gives a store as one process has it: all that it gives have the same rooms."""
    if request.param == "memory":
        store = Memory()
        return lambda: store
    url, prefix = request.getfixturevalue("redis_url"), f"test:{secrets.token_hex(8)}"
    return lambda: Shared(url, prefix)
