"""What a model file may be at most, and how what is in it is named to the user."""

import unicodedata

LIMIT = 200 * 2**20
"""Bytes of a file, and of what it unpacks to."""

ENDINGS = {
    "safetensors": (".safetensors",),
    "PyTorch": (".pt", ".pth", ".ckpt"),
    "ONNX": (".onnx",),
    "Keras": (".keras", ".h5"),
}
"""How the names of files end, by the format; which format a file has, its bytes say."""

MOST_TENSORS = 10_000
LONGEST_NAME = 80
"""Characters of a name as it is shown; of a longer one, the middle is left out."""


class Refused(ValueError):
    """A file that is not read, with a sentence fit for the user. Nothing else leaves `read_file`."""


CONVERTER = 'from safetensors.torch import save_file; save_file(model.state_dict(), "model.safetensors")'
"""What to do with a file that is refused, where the model was made."""


def megabytes(size: int) -> str:
    """A number of bytes as a text: "12.3 MB"."""
    return f"{size / 2**20:.1f} MB"


def shown(name: str) -> str:
    r"""A name from a file as it can be shown: one line, no control characters, not longer than `LONGEST_NAME`.

    Markup in it stays as it is: whoever draws it draws text.

    Examples
    --------
    >>> shown("encoder\n.rnn")
    'encoder�.rnn'
    """
    half = LONGEST_NAME // 2
    text = name if len(name) <= LONGEST_NAME else f"{name[: half - 1]}…{name[-half:]}"
    return "".join("�" if unicodedata.category(letter)[0] in "CZ" and letter != " " else letter for letter in text)


def check_size(name: str, content: bytes) -> None:
    """Refuse a file that is empty or larger than `LIMIT`."""
    if not content:
        raise Refused(f"{shown(name)}: the file is empty; give a file of weights")
    if len(content) > LIMIT:
        raise Refused(
            f"{shown(name)}: the file has {megabytes(len(content))}; at most {megabytes(LIMIT)} are read. "
            "Save the recurrent part alone, without the optimiser and the other layers"
        )
