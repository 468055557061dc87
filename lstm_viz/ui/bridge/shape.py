"""The structure of a message as data, made from the `TypedDict` that describes it, so that both sides can check it.

A structure is ``"number"``, ``"text"``, ``"flag"``, ``"any"``, ``["…"]`` for a list, ``{"*": …}`` for a mapping, or
field → structure; a name that ends in ``?`` may be absent, a structure in ``{"null": …}`` may be null.
`web/live/shape.js` checks the same.
"""

import types
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NotRequired, Required, Union, get_args, get_origin, get_type_hints, is_typeddict

Shape = Any


@cache
def shape_of(kind: Any) -> Shape:
    """The structure of a type: a `TypedDict`, or what can be a field of one."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        fields = get_type_hints(kind)
        return {name + ("" if name in kind.__required_keys__ else "?"): shape_of(t) for name, t in fields.items()}
    if origin in (NotRequired, Required):
        return shape_of(arguments[0])
    if origin in (Union, types.UnionType) and type(None) in arguments:
        rest = [each for each in arguments if each is not type(None)]
        return {"null": shape_of(rest[0]) if len(rest) == 1 else "any"}
    if origin in (list, Sequence):
        return [shape_of(arguments[0])]
    if origin in (dict, Mapping):
        return {"*": shape_of(arguments[1])}
    return {str: "text", bool: "flag", int: "number", float: "number"}.get(kind, "any")


def problems(value: Any, shape: Shape, where: str = "header") -> list[str]:
    """What in a value is not as its structure says, a sentence each."""
    match shape:
        case "any":
            return []
        case str(name):
            kinds: dict[str, Any] = {"text": str, "flag": bool, "number": (int, float)}
            fits = isinstance(value, kinds[name]) and (name == "flag" or not isinstance(value, bool))
            return [] if fits else [f"{where} is {type(value).__name__}, expected {name}"]
        case [inner]:
            if not isinstance(value, (list, tuple)):
                return [f"{where} is {type(value).__name__}, expected a list"]
            return [said for k, each in enumerate(value) for said in problems(each, inner, f"{where}[{k}]")]
        case {"null": inner}:
            return [] if value is None else problems(value, inner, where)
    if not isinstance(value, Mapping):
        return [f"{where} is {type(value).__name__}, expected named fields"]
    if "*" in shape:
        return [said for key, each in value.items() for said in problems(each, shape["*"], f"{where}.{key}")]
    found = []
    for name, inner in shape.items():
        plain = name.removesuffix("?")
        if plain in value:
            found += problems(value[plain], inner, f"{where}.{plain}")
        elif plain == name:
            found.append(f"{where}.{plain} is missing")
    return found
