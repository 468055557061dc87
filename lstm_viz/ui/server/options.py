"""Every environment variable that LSTM Viz reads, in one table: what it means, what it is without, and what it may be.

A variable with a bad value stops the server before it starts, with a sentence; see `check`.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

from lstm_viz.rooms.here import VARIABLE

PREFIX = "LSTM_VIZ_"
Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True)
class Option(Generic[Value]):
    """A setting of the server.

    Attributes
    ----------
    name : of the environment variable
    meaning : what it is for, in words for whoever runs the server, with what it may be
    without : what holds where it is not set, in words
    read : from its text to its value; ValueError with the rest of a sentence that says what was expected
    example : a value that it may have
    secret : whether its text may hold a password, so that no sentence repeats it
    """

    name: str
    meaning: str
    without: str
    read: Callable[[str], Value]
    example: str
    secret: bool = False

    def value(self, environment: Mapping[str, str] = os.environ) -> Value:
        """What it is set to.

        Raises
        ------
        ValueError
            in a sentence that says what was given, what was expected, and what to do.
        """
        text = environment.get(self.name, "").strip()
        try:
            return self.read(text)
        except ValueError as error:
            given = "a value that is kept back, for it may hold a password" if self.secret else repr(text[:100])
            raise ValueError(f"{self.name} is set to {given}; expected {error}. Change it, or unset it.") from None


def _one_of(*words: str) -> Callable[[str], str]:
    """The first of these stands for none."""

    def read(text: str) -> str:
        if text and text not in words:
            raise ValueError(" or ".join(words))
        return text or words[0]

    return read


def _on(text: str) -> bool:
    return _one_of("off", "on")(text) == "on"


def _redis(text: str) -> str:
    if text and not re.match(r"(rediss?|unix)://\S", text):
        raise ValueError("the address of a Redis, such as redis://any.host:6379/0")
    return text


def _hosts(text: str) -> tuple[str, ...]:
    names = tuple(name for each in text.split(",") if (name := each.strip().lower()))
    if not all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", name) for name in names):
        raise ValueError("names of hosts with commas between them, without https:// and without a path")
    return names


SOURCE = re.compile(r"'self'|'none'|https?:|(https?://)?(\*\.)?[\w-]+(\.[\w-]+)*(:(\d+|\*))?")
"""A source of a content security policy: where a page may stand that frames this one."""


def _ancestors(text: str) -> tuple[str, ...]:
    found = tuple(text.split())
    if not all(map(SOURCE.fullmatch, found)) or ("'none'" in found and len(found) > 1):
        raise ValueError(
            "'none', or addresses with spaces between them, such as 'self' https://moodle.any.host https://*.any.host"
        )
    return found


REDIS = Option(
    VARIABLE,
    "The Redis in which several processes share the rooms of a show of hands, as `redis://host:6379/0`, with "
    "`rediss://` for TLS or `unix://` for a socket.",
    "rooms live in the memory of the one process",
    _redis,
    "redis://any.host:6379/0",
    secret=True,
)
LESSON_HOSTS = Option(
    f"{PREFIX}LESSON_HOSTS",
    "The hosts from which a lesson at an address may be fetched, with commas between them.",
    "no lesson is fetched from any address",
    _hosts,
    "raw.githubusercontent.com,any.host",
)
METRICS = Option(
    f"{PREFIX}METRICS",
    "`on` for `/metrics`, on the port of the app, for a Prometheus that asks this process itself; what comes through a "
    "proxy is refused.",
    "nothing is counted, and there is no `/metrics`",
    _on,
    "on",
)
LOG = Option(
    f"{PREFIX}LOG",
    "How a fact is written to the log, one on a line: `logfmt` or `json`. `everything` is for your own machine: logs "
    "and tracebacks as Python writes them, which may hold what was typed.",
    "`logfmt`",
    _one_of("logfmt", "json", "everything"),
    "json",
)
FRAME_ANCESTORS = Option(
    f"{PREFIX}FRAME_ANCESTORS",
    "Which pages may have the app in a frame: `'none'`, or addresses with spaces between them, such as `'self' "
    "https://moodle.any.host https://*.any.host`.",
    "any page may, for views are made to be embedded",
    _ancestors,
    "'self' https://moodle.any.host",
)
OPTIONS: tuple[Option[object], ...] = (REDIS, LESSON_HOSTS, METRICS, LOG, FRAME_ANCESTORS)
"""All of them."""


def check(environment: Mapping[str, str] = os.environ) -> list[str]:
    """What is wrong with the environment, a sentence each; nothing where all is well."""
    wrong = []
    for option in OPTIONS:
        try:
            option.value(environment)
        except ValueError as error:
            wrong.append(str(error))
    return wrong


def set_ones(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The names of those that are set."""
    return [option.name for option in OPTIONS if environment.get(option.name, "").strip()]


def misspelt(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Variables that are set and that nothing reads → the one that they are nearly called."""
    names = [option.name for option in OPTIONS]
    given = [name for name in environment if name.startswith(PREFIX) and name not in names]
    near = {name: get_close_matches(name, names, n=1, cutoff=0.85) for name in given}
    return {name: found[0] for name, found in near.items() if found}
