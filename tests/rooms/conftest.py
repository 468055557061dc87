"""Stores of rooms: in memory, and in a real Redis."""

import os
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from redis import Redis

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


@pytest.fixture(autouse=True)
def _connections_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test has opened, which whoever collects garbage at the end would complain of."""
    opened: list[Redis] = []
    from_url = Redis.from_url

    def noted(*address: Any, **options: Any) -> Redis:
        opened.append(from_url(*address, **options))
        return opened[-1]

    monkeypatch.setattr(Redis, "from_url", noted)
    yield
    for each in opened:
        each.close()
        each.connection_pool.disconnect()


@pytest.fixture(params=["memory", "redis"])
def new_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Return a function that gives a store as one process has it: all that it gives have the same rooms."""
    if request.param == "memory":
        store = Memory()
        return lambda: store
    url, prefix = request.getfixturevalue("redis_url"), f"test:{secrets.token_hex(8)}"
    return lambda: Shared(url, prefix)
