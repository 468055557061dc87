"""What makes a network its reader's alone: how links name it, and how Python opens its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Own:
    """Of a network that is in one session's memory alone: an upload, or one that was trained there.

    Attributes
    ----------
    said : what a link says of it; its first word is its `key`, the rest is for people
    file : name of the file from which `lstm_viz.read_model` opens it
    options : with which
    saved : gives that file's bytes, where it was made here; None for a file that its reader has
    """

    said: str
    file: str
    options: Mapping[str, Any] = field(default_factory=dict)
    saved: Callable[[], bytes] | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """What tells it from others of its kind; networks of one key are the same."""
        return key_of(self.said)

    def is_of(self, said: str) -> bool:
        """Whether what a link says is of this network; one that says nothing is of any.

        Examples
        --------
        >>> Own("3fa94c21 model.pt, PyTorch: LSTM", "model.pt").is_of("3fa94c21 copy of model.pt")
        True
        """
        return not said or key_of(said) == self.key


def key_of(said: str) -> str:
    """The part of what a link says that counts; "" of nothing."""
    return said.split(" ", 1)[0]


def described(said: str) -> str:
    """The rest of it, for people: “model.pt, PyTorch: LSTM, 2 layers …”."""
    return said.partition(" ")[2].strip()
