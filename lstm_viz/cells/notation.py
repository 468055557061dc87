"""The three notations a reader can switch between, and how a symbol becomes LaTeX or HTML."""

import re
from collections.abc import Mapping
from functools import lru_cache

NOTATIONS: Mapping[str, str] = {"textbook": "Textbook", "pytorch": "PyTorch", "udacity": "Udacity"}
"""Code name → name on screen. Every quantity has a symbol in each, in this order."""

_LATEX = {"C̃": r"\tilde{C}", "h̃": r"\tilde{h}", "Γ": r"\Gamma", "tanh": r"\tanh"}


def to_latex(symbol: str, *, before: bool = False) -> str:
    r"""``C̃_t`` → ``\tilde{C}_{t}``; with `before`, the symbol at the step before, ``\tilde{C}_{t-1}``."""
    for plain, latex in _LATEX.items():
        symbol = symbol.replace(plain, latex)
    # Letters that stand together in an index are the letters of two quantities, not a word.
    symbol = re.sub(r"(?<!\{)\b([A-Z]{2,})", r"\\mathrm{\1}", symbol)
    return re.sub(r"_(\w)", lambda m: "_{t-1}" if before and m[1] == "t" else f"_{{{m[1]}}}", symbol)


@lru_cache(maxsize=1024)
def to_html(symbol: str, *, before: bool = False) -> str:
    """``C̃_t`` → ``C̃<sub>t</sub>``; with `before`, ``C̃<sub>t−1</sub>``. A longer index stands in braces."""

    def lowered(match: re.Match[str]) -> str:
        index = match[1].strip("{}")
        return f"<sub>{'t−1' if before and index == 't' else index}</sub>"

    return re.sub(r"_(\{[^}]*\}|\w)", lowered, symbol)
