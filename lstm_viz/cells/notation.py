"""The three notations a reader can switch between: how each writes weights, and how a symbol becomes LaTeX or HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

NOTATIONS: Mapping[str, str] = {"textbook": "Textbook", "pytorch": "PyTorch", "udacity": "Udacity"}
"""Code name → name on screen. Every quantity has a symbol in each, in this order."""


@dataclass(frozen=True)
class WeightSymbols:
    """How a notation writes the weighted sum of a quantity, whose letter stands where ``#`` does.

    Attributes
    ----------
    inputs, hidden : the matrices that weigh what arrives and the last hidden state
    input_bias, hidden_bias : the biases of these two halves
    whole, bias : where the two are joined into one list, the one matrix that weighs it, and its one bias; empty where
        the notation keeps the halves apart
    times : what stands between that matrix and the list
    lower : whether a letter that stands alone is written small in an index
    """

    inputs: str
    hidden: str
    input_bias: str
    hidden_bias: str
    whole: str = ""
    bias: str = ""
    times: str = ""
    lower: bool = False


WEIGHTS: Mapping[str, WeightSymbols] = {
    "textbook": WeightSymbols("W_{#x}", "W_{#h}", "b_{#x}", "b_{#h}", whole="W_#", bias="b_#", times="·"),
    "pytorch": WeightSymbols("W_{i#}", "W_{h#}", "b_{i#}", "b_{h#}"),
    "udacity": WeightSymbols("W_{#,E}", "W_{#,STM}", "b_{#,E}", "b_{#,STM}", whole="W_#", bias="b_#", lower=True),
}
"""Notation → ``W·[h, x] + b`` as Olah, ``W x + b + W h + b`` as PyTorch, ``W [STM, E] + b`` as Udacity writes it."""


def index_of(symbol: str, notation: str) -> str:
    """The letter by which a quantity's weights are told from others: ``f_t`` → ``f``, ``C̃_t`` → ``C``, ``Γ_u`` → ``u``.

    Examples
    --------
    >>> index_of("N_t", "udacity"), index_of("STM_t", "udacity"), index_of("h̃_t", "textbook")
    ('n', 'STM', 'h')
    """
    letter = symbol.removesuffix("_t").replace("\u0303", "").removeprefix("Γ_")
    return letter.lower() if WEIGHTS[notation].lower and len(letter) == 1 else letter


_LATEX = {f"{letter}\u0303": rf"\tilde{{{letter}}}" for letter in "Chif"}
_LATEX |= {"′": "'", "Γ": r"\Gamma", "tanh": r"\tanh", "max": r"\max"}


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
