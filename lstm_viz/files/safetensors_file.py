"""The safetensors format: a length, a header in JSON, numbers. There is nothing in it that could run."""

import json
import struct

from safetensors import SafetensorError
from safetensors.torch import load

from lstm_viz.files.finding import find
from lstm_viz.files.found import ModelFile
from lstm_viz.files.limits import MOST_TENSORS, Refused, shown
from lstm_viz.files.with_card import card_in, read_with_card

LONGEST_HEADER = 4 * 2**20
"""Bytes; that of 10,000 tensors has about 1 MB."""


def read_safetensors(name: str, content: bytes, digest: str) -> ModelFile:
    """What is in a safetensors file; the header is looked at before a library is given it."""
    (length,) = struct.unpack("<Q", content[:8])
    if length > len(content) - 8:
        raise Refused(
            f"{shown(name)}: its header should have {length} bytes and the whole file has {len(content)}: it is cut "
            "off or damaged; copy or save it again"
        )
    if length > LONGEST_HEADER:
        raise Refused(f"{shown(name)}: its header has {length} bytes; at most {LONGEST_HEADER} are read")
    header = json.loads(content[8 : 8 + length])
    if len(header) > MOST_TENSORS:
        raise Refused(f"{shown(name)}: it holds {len(header)} tensors; at most {MOST_TENSORS} are read")
    card = card_in(header)
    del header
    try:
        if card is not None:
            return read_with_card(name, load(content), digest, card)
        return find(name, "safetensors", load(content), digest)
    except SafetensorError as problem:
        raise Refused(
            f"{shown(name)}: its header does not fit what follows ({shown(str(problem))}): it is damaged; save it again"
        ) from None
