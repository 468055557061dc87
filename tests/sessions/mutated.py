"""``python -m tests.sessions.mutated NAME run app.py``: a server on which sessions are not apart, in one way by name.

A test that cannot find these finds nothing.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any


def text() -> None:
    """What was read and run last is given for any text as long."""
    from lstm_viz.sources.remembered import Remembered

    by = Remembered.by

    def forgetful(self: Any, owner: object, make: Any, size: Any) -> Any:
        made: dict[Any, Any] = {}
        found = by(self, owner, make, size)
        return lambda key: found(made.setdefault(len(key), key))

    Remembered.by = forgetful  # type: ignore[method-assign]


def owner() -> None:
    """What one reader's own network gave is given for another's that is asked the same."""
    from lstm_viz.sources.remembered import Remembered

    made: dict[Any, Any] = {}

    def forgetful(self: Any, owner: Any, make: Any, size: Any) -> Any:
        def find(key: Any) -> Any:
            which = owner.name[0] if owner.private else owner.name
            place = (id(self), which, getattr(make, "__qualname__", ""), key)
            if place not in made:
                made[place] = make(key)
            return made[place]

        return find

    Remembered.by = forgetful  # type: ignore[method-assign]


def job() -> None:
    """All jobs of a name are one."""
    from lstm_viz.ui.jobs import Jobs, Work

    look = Jobs.look

    def forgetful(self: Jobs, work: Work) -> Any:
        first = self.__dict__.setdefault("first", {}).setdefault(work.name, work)
        return look(self, first)

    Jobs.look = forgetful  # type: ignore[method-assign]


def address() -> None:
    """A reader's own files lie where their names say."""
    from lstm_viz.ui.bridge import served

    served.__dict__["token_urlsafe"] = lambda _: "own"


def own() -> None:
    """Whoever asks for a network of the reader's own is given the one that anybody opened last."""
    from lstm_viz.ui.bridge import uploads
    from lstm_viz.ui.views import chosen

    last: list[Any] = []
    show = uploads._show

    def shown(source: Any) -> None:
        last[:] = [source]
        show(source)

    uploads._show = shown
    chosen.look_in("yours", lambda: tuple(last))


def prediction() -> None:
    """What was predicted is kept for all."""
    from lstm_viz.ui.pages.lessons import answers

    kept: dict[str, Any] = {}
    answers.marks = lambda lesson: kept.setdefault(lesson.digest, {})


def state() -> None:
    """There is one state, whoever changes it."""
    from lstm_viz.ui.bridge import session
    from lstm_viz.ui.doing.state import State

    kept = {"state": State()}

    def found() -> State:
        return kept["state"]

    def keep(new: State, heard: Any = None) -> None:
        kept["state"] = new

    session._state = found
    session._keep = keep


def secret() -> None:
    """Trainings are found by a secret that all of them have."""
    from lstm_viz.ui import courses

    courses.__dict__["token_urlsafe"] = lambda _: "A" * 43


MUTANTS: Mapping[str, Callable[[], None]] = {
    each.__name__: each for each in (text, owner, job, address, own, prediction, state, secret)
}

if __name__ == "__main__":
    MUTANTS[sys.argv.pop(1)]()
    from streamlit.web import cli

    sys.argv[0] = "streamlit"
    cli.main()
