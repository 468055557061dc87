"""The parts of a cell as a graph: what is computed, and what each part reads, found in the definition's expressions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lstm_viz.cells import Cell
from lstm_viz.cells.expression import (
    Call,
    Constant,
    Expression,
    Largest,
    MatrixProduct,
    Parameter,
    Product,
    Ratio,
    Sum,
    Symbol,
    WeightedSum,
    expression_of,
    key_of,
    names_in,
    parts_of,
    plain_number,
    without_projection,
)

FUNCTION_LABELS: Mapping[str, str] = {
    "sigmoid": "σ",
    "hard_sigmoid": "hard σ",
    "tanh": "tanh",
    "relu": "ReLU",
    "exp": "exp",
    "log_sigmoid": "log σ",
    "project": "project",
}
CONCATENATE = "concatenate"
INPUTS = "inputs"


@dataclass(frozen=True)
class Node:
    """A part that computes something, or a place where something enters or leaves.

    Attributes
    ----------
    kind, label, owner, expression : as of `lstm_viz.analysis.equations.wiring.Part`
    feeds : names of the parts that it reads
    """

    kind: str
    label: str
    owner: str
    feeds: list[str]
    expression: Expression | None = None


Graph = dict[str, Node]


def graph_of(cell: Cell) -> Graph:
    """The parts of a cell by name, in an order in which a step can compute them.

    Examples
    --------
    >>> from lstm_viz.cells import LSTM
    >>> graph_of(LSTM)["cell_state"].feeds
    ['forget_gate * cell_state-', 'input_gate * candidate']
    """
    found: Graph = {f"{each.name}-": Node("enter", each.label, each.name, []) for each in cell.carried}
    found[INPUTS] = Node("enter", "Input", INPUTS, [])
    if cell.recurrent:
        found[CONCATENATE] = Node("concatenate", "", INPUTS, ["hidden_state-", INPUTS])
    for quantity in cell.quantities:
        _add(found, without_projection(expression_of(cell, quantity.name)), quantity.name, quantity.name)
    for state in cell.states:
        found[f"{state.name}+"] = Node("leave", state.label, state.name, [state.name])
    return found


def _add(found: Graph, expression: Expression, owner: str, key: str = "") -> str:
    """Add the part that an expression needs, after the parts it reads; return its key."""
    if isinstance(expression, Symbol) and not key:
        return key_of(expression)
    key = key or key_of(expression)
    if key in found:
        return key
    feeds: list[str] = []
    match expression:
        case WeightedSum(_, part) if CONCATENATE in found:
            kind, label, feeds = "layer", {"input": "W·x", "hidden": "W·h"}.get(part, "Σ"), [CONCATENATE]
        case WeightedSum():
            kind, label, feeds = "layer", "Σ", [INPUTS]
        case MatrixProduct(_, argument):
            kind, label, feeds = "layer", "W", [_add(found, argument, owner)]
        case Call(function, argument) if _is_layer(argument, "all" if CONCATENATE in found else "input"):
            kind, label, feeds = "layer", FUNCTION_LABELS[function], _layer_feeds(found, argument, owner)
        case Call(function, argument):
            kind, label, feeds = "function", FUNCTION_LABELS[function], [_add(found, argument, owner)]
        case Ratio(over, under):
            kind, label, feeds = "ratio", "÷", [_add(found, part, owner) for part in (over, under)]
        case Largest(parts):
            kind, label, feeds = "function", "max", [_add(found, part, owner) for part in parts]
        case Product(factors):
            kind, label = "product", "×"
            feeds = [_add(found, factor, owner) for factor in factors if not isinstance(factor, Constant | Parameter)]
        case Sum(terms):
            rest = [(sign, term) for sign, term in _begun(found, terms) if not isinstance(term, Constant)]
            kind, label = "sum", "−" if [sign for sign, _ in rest] == [1, -1] else "+"
            if len(rest) == 1 and len(terms) == 2 and rest[0][0] < 0:
                constant = next(term.value for _, term in terms if isinstance(term, Constant))
                kind, label = "complement", f"{plain_number(constant)} −"
            feeds = [_add(found, term, owner) for _, term in rest]
        case Symbol():
            kind, label, feeds = "same", "", [key_of(expression)]
        case _:
            kind, label = "function", key_of(expression)
    found[key] = Node(kind, label, owner, feeds, expression)
    return key


def _begun(found: Graph, terms: tuple[tuple[int, Expression], ...]) -> list[tuple[int, Expression]]:
    """The terms of a sum, of which the first are one where another part has added them up already."""
    there = [node.expression.terms for node in found.values() if isinstance(node.expression, Sum)]
    most = max((len(each) for each in there if each == terms[: len(each)] and len(each) < len(terms)), default=0)
    return [(1, Sum(terms[:most])), *terms[most:]] if most else list(terms)


def _terms(argument: Expression) -> list[Expression]:
    return [term for _, term in argument.terms] if isinstance(argument, Sum) else [argument]


def _is_layer(argument: Expression, whole: str) -> bool:
    """Whether it is a whole weighted sum or a further matrix's, perhaps with more terms that weigh no other unit.

    Parameters
    ----------
    whole : which part a weighted sum is whole with, "input" in a cell whose weights see nothing else
    """
    terms = _terms(argument)
    sums = [term.part for term in terms if isinstance(term, WeightedSum)]
    weigh = [term for term in terms if isinstance(term, WeightedSum | MatrixProduct)]
    rest = [term for term in terms if term not in weigh]
    return bool(weigh) and sums in ([], [whole]) and not any(_has_weights(term) for term in rest)


def _has_weights(expression: Expression) -> bool:
    weighs = isinstance(expression, WeightedSum | MatrixProduct)
    return weighs or any(_has_weights(part) for part in parts_of(expression))


def _layer_feeds(found: Graph, argument: Expression, owner: str) -> list[str]:
    """What a layer reads: one list of all that it weighs over all units, and what it weighs unit by unit."""
    terms = _terms(argument)
    arriving = CONCATENATE if CONCATENATE in found else INPUTS
    joined = [arriving] if any(isinstance(term, WeightedSum) for term in terms) else []
    joined += [_add(found, term.argument, owner) for term in terms if isinstance(term, MatrixProduct)]
    if len(joined) > 1:
        joint = ", ".join(joined)
        found.setdefault(joint, Node("concatenate", "", INPUTS, joined))
        joined = [joint]
    single = [term for term in terms if not isinstance(term, MatrixProduct)]
    return [*joined, *sorted(key_of(symbol) for term in single for symbol in names_in(term))]


def weighs_what_arrives(graph: Graph, key: str) -> bool:
    """Whether a part weighs the inputs, alone or joined with more."""
    part = graph[key]
    return part.kind == "layer" and any(name == INPUTS or graph[name].kind == "concatenate" for name in part.feeds)


def behind(graph: Graph, keys: tuple[str, ...]) -> Iterator[str]:
    """Some parts and all that they need, what is needed first."""
    for key in keys:
        if key in graph:
            yield from behind(graph, tuple(graph[key].feeds))
            yield key
