"""How a trace becomes a live page: `live_page` says so, for a trace is plain data and knows nothing of pages."""

from collections.abc import Callable
from typing import Any

_makers: list[Callable[..., Any]] = []


def made_by(maker: Callable[..., Any]) -> None:
    """Say what makes pages: of a trace and options, something that has a `save`."""
    _makers[:] = [maker]


def page_of(trace: object, options: dict[str, Any]) -> Any:
    """The page of a trace. Whoever has imported any part of the package has imported what makes it."""
    return _makers[0](trace, **options)
