"""What a browser gets of a page, for the tests of pages."""

from typing import Any

from lstm_viz.ui.bridge.payload import pack, unpack
from lstm_viz.ui.views.envelope import Parts


def received(parts: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and arrays as they arrive: through JSON, and as float32."""
    return unpack(pack(*parts))


def received_sheet(parts: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same for Inside the cell, with what the browser keeps among what it is told."""
    header, arrays = received(parts)
    return {**header, **header.get("sheet", {})}, arrays


def size(parts: Parts) -> int:
    """How many bytes are sent."""
    return len(pack(*parts))
