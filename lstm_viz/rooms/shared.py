"""Rooms in a Redis, which several processes share. All of a room ends by itself there, whatever becomes of the app.

A room is a hash, its answers a hash beside it; a sorted set of codes by their ends says how many there are. What must
not be torn apart is a script, which Redis runs whole.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from redis import Redis
from redis.exceptions import RedisError

from lstm_viz.rooms.errors import Unreachable
from lstm_viz.rooms.store import Added, Now, Put

PREFIX = "lstm_viz:room"
PATIENCE = 2.0
"""Seconds that Redis has for an answer."""

# KEYS: the room, its answers, the codes. Times are in milliseconds.
_ADD = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local code, key, question, life, most = unpack(ARGV)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
if redis.call('EXISTS', KEYS[1]) == 1 then return 'taken' end
if redis.call('ZCARD', KEYS[3]) >= tonumber(most) then return 'full' end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[1], 'key', key, 'question', question, 'asking', 1, 'revealed', 0)
redis.call('PEXPIRE', KEYS[1], life)
redis.call('ZADD', KEYS[3], now + life, code)
if redis.call('PTTL', KEYS[3]) < tonumber(life) then redis.call('PEXPIRE', KEYS[3], life) end
return 'kept'
"""
_NOW = """
local room = redis.call('HMGET', KEYS[1], 'asking', 'revealed')
if not room[1] then return false end
return {room[1], redis.call('HLEN', KEYS[2]), room[2], ARGV[1] == '1' and redis.call('HGET', KEYS[1], 'question') or ''}
"""
_ASK = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('DEL', KEYS[2])
redis.call('HINCRBY', KEYS[1], 'asking', 1)
redis.call('HSET', KEYS[1], 'question', ARGV[1], 'revealed', 0)
return 1
"""
_PUT = """
local asking, who, answer, most = unpack(ARGV)
local room = redis.call('HMGET', KEYS[1], 'asking', 'revealed')
if not room[1] then return 'no room' end
if room[1] ~= asking then return 'other question' end
if room[2] == '1' then return 'revealed' end
if redis.call('HEXISTS', KEYS[2], who) == 0 and redis.call('HLEN', KEYS[2]) >= tonumber(most) then return 'full' end
redis.call('HSET', KEYS[2], who, answer)
redis.call('PEXPIRE', KEYS[2], redis.call('PTTL', KEYS[1]))
return 'kept'
"""
_REVEAL = """
if redis.call('HGET', KEYS[1], 'asking') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'revealed', 1)
return 1
"""
_CLOSE = """
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('ZREM', KEYS[3], ARGV[1])
return 1
"""


class Shared:
    """See `Store`.

    Parameters
    ----------
    url : of the Redis, as `redis.Redis.from_url` reads it
    prefix : with which its keys begin

    Raises
    ------
    Unreachable
        by any of its methods, where Redis does not answer
    """

    def __init__(self, url: str, prefix: str = PREFIX) -> None:
        try:
            self._redis = Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
        except ValueError as error:
            message = "LSTM_VIZ_REDIS names no Redis: expected an address such as redis://host:6379/0."
            raise Unreachable(message) from error
        self._prefix = prefix
        scripts = {"add": _ADD, "now": _NOW, "ask": _ASK, "put": _PUT, "reveal": _REVEAL, "close": _CLOSE}
        self._scripts: dict[str, Callable[..., Any]] = {
            name: self._redis.register_script(text) for name, text in scripts.items()
        }

    def reach(self) -> None:
        """See `Store`."""
        with _told():
            self._redis.ping()

    def add(self, code: str, key: bytes, question: bytes, *, life: float, most: int) -> Added:
        """See `Store`."""
        return cast(Added, self._run("add", code, code, key, question, int(1000 * life), most).decode())

    def count(self) -> int:
        """See `Store`."""
        with _told():
            seconds, millionths = self._redis.time()
            return self._redis.zcount(self._keys("")[2], 1000 * seconds + millionths // 1000, "+inf")

    def key(self, code: str) -> bytes | None:
        """See `Store`."""
        with _told():
            return cast(bytes | None, self._redis.hget(self._keys(code)[0], "key"))

    def now(self, code: str) -> Now | None:
        """See `Store`."""
        found = self._run("now", code, 0)
        return _now(found) if found else None

    def question(self, code: str) -> tuple[Now, bytes] | None:
        """See `Store`."""
        found = self._run("now", code, 1)
        return (_now(found), found[3]) if found else None

    def ask(self, code: str, question: bytes) -> bool:
        """See `Store`."""
        return bool(self._run("ask", code, question))

    def put(self, code: str, asking: int, who: str, answer: bytes, *, most: int) -> Put:
        """See `Store`."""
        return cast(Put, self._run("put", code, asking, who, answer, most).decode())

    def own(self, code: str, who: str) -> bytes | None:
        """See `Store`."""
        with _told():
            return cast(bytes | None, self._redis.hget(self._keys(code)[1], who))

    def reveal(self, code: str, asking: int) -> bool:
        """See `Store`."""
        return bool(self._run("reveal", code, asking))

    def answers(self, code: str) -> list[bytes]:
        """See `Store`."""
        with _told():
            return sorted(cast(list[bytes], self._redis.hvals(self._keys(code)[1])))

    def close(self, code: str) -> None:
        """See `Store`."""
        self._run("close", code, code)

    def _keys(self, code: str) -> list[str]:
        return [f"{self._prefix}:{code}", f"{self._prefix}:{code}:answers", f"{self._prefix}s"]

    def _run(self, name: str, code: str, *arguments: object) -> Any:
        with _told():
            return self._scripts[name](keys=self._keys(code), args=arguments)


def _now(found: list[Any]) -> Now:
    asking, answers, revealed, _ = found
    return Now(int(asking), int(answers), revealed == b"1")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        message = "The rooms cannot be reached: their Redis does not answer. The rest of the app works; try again soon."
        raise Unreachable(message) from error
