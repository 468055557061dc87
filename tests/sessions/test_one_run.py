"""A session has one run at a time: Streamlit keeps no two of them from changing its state together."""

import asyncio

from benchmarks.visitors import Visitor
from tests.apart import run_apart
from tests.driving import ROOT, serve


async def asked_twice(url: str) -> list[str]:
    """Open a page twice within a moment → what it says."""
    visitor = await Visitor(url).come()
    await asyncio.gather(visitor.open(""), visitor.open(""))
    await visitor.leave()
    assert not visitor.errors
    return visitor.texts


def test_a_run_that_is_asked_for_while_another_goes_on_does_not_begin_beside_it() -> None:
    with serve(ROOT / "tests" / "sessions" / "one_run_app.py", warm=True) as server:
        assert run_apart(asked_twice(server.url)) == ["At most 1"]
        assert not server.tracebacks()
