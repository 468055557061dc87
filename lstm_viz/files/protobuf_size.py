"""How many parts a protobuf file of ONNX has, counted before a library makes an object of each.

Two bytes can ask for one, so that a file of an allowed size could ask for all memory there is.
"""

from collections.abc import Mapping

MOST_PARTS = 400_000
"""A large model of 10,000 nodes has about 200,000."""

_INSIDE: Mapping[str, Mapping[int, str]] = {
    "model": {7: "graph", 8: "other", 14: "other", 20: "other", 25: "function"},
    "graph": {1: "node", 5: "tensor", 11: "other", 12: "other", 13: "other", 15: "other", 16: "other"},
    "function": {7: "node", 9: "other", 11: "attribute", 12: "other"},
    "node": {5: "attribute", 9: "other"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph"},
    "tensor": {13: "other"},
    "other": {},
}
"""Message → number of a field → the message in it, after onnx.proto; what has no large parts is "other"."""

_NUMBERS = {"tensor": (1, 5, 7, 11), "attribute": (8,)}
"""Fields of packed whole numbers, each of which may take one byte here and eight in memory."""

_PLAIN = {"tensor": (4, 9, 10)}
"""Fields of which as many bytes are kept as there are."""


def too_many_parts(content: bytes) -> bool:
    r"""Whether a file asks for more than `MOST_PARTS`; ValueError for what is no protobuf.

    Examples
    --------
    >>> too_many_parts(b"\x08\x0a")
    False
    """
    view, parts = memoryview(content), 0
    waiting = [("model", 0, len(content))]
    while waiting:
        message, at, end = waiting.pop()
        while at < end:
            parts += 1
            if parts > MOST_PARTS:
                return True
            tag, at = _varint(view, at, end)
            number, kind = tag >> 3, tag & 7
            if kind == 0:
                _, at = _varint(view, at, end)
            elif kind in (1, 5):
                at += 8 if kind == 1 else 4
            elif kind == 2:
                length, at = _varint(view, at, end)
                if length > end - at:
                    raise ValueError("a part is longer than what is left")
                inner = _INSIDE[message].get(number)
                if inner:
                    waiting.append((inner, at, at + length))
                elif number in _NUMBERS.get(message, ()):
                    parts += length
                elif number not in _PLAIN.get(message, ()):
                    parts += length // 64
                at += length
            else:
                raise ValueError(f"a part is of the kind {kind}, which there is none of")
        if at > end:
            raise ValueError("a part ends behind its whole")
    return False


def _varint(view: memoryview, at: int, end: int) -> tuple[int, int]:
    """A whole number of seven bits a byte, and where it ends."""
    if at < end and view[at] < 128:
        return view[at], at + 1
    value, shift = 0, 0
    while at < end and shift < 70:
        byte = view[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
    raise ValueError("a number does not end")
