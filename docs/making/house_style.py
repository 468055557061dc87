"""What mkdocstrings is told of every docstring before it reads it."""

from typing import Any

from griffe import Extension

from docs.making.docstrings import told


class HouseStyle(Extension):
    """Rewrites every docstring."""

    def on_object(self, *, obj: Any, **_: Any) -> None:
        """Rewrite that of one module, class, function or attribute."""
        if obj.docstring:
            obj.docstring.value = told(obj.docstring.value)
