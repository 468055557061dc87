"""Sequences that a module is given together: a padded batch, or a packed one, and what lies in it of each sequence."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from torch import Tensor
from torch.nn.utils.rnn import PackedSequence, pack_sequence

from lstm_viz.given import as_inputs, as_tensor, check_finite


@dataclass(frozen=True, eq=False)
class Batch:
    """B sequences as torch's kernels take them.

    Attributes
    ----------
    data : (T, B, I); of packed sequences (N, I), step after step, N the steps of all together
    sizes : of packed sequences, how many reach each step: (T,); else None
    order : of packed sequences, which of the caller's each is: (B,); None where they lie in the caller's order
    """

    data: Tensor
    sizes: Tensor | None = None
    order: Tensor | None = None

    @classmethod
    def of(cls, packed: PackedSequence) -> "Batch":
        """Packed sequences."""
        return cls(packed.data, packed.batch_sizes, packed.sorted_indices)

    def __len__(self) -> int:
        return int(self.sizes[0]) if self.sizes is not None else self.data.shape[1]

    def like(self, tensor: Tensor) -> Tensor:
        """A value a sequence, (…, B, H), from the caller's order into that of the data."""
        return tensor if self.order is None else tensor.index_select(-2, self.order.to(tensor.device))

    def split(self, rows: Tensor) -> list[Tensor]:
        """What lies as the data does, (T, B, ·) or (N, ·), as (T_b, ·) for each sequence, in the caller's order."""
        if self.sizes is None:
            return list(rows.unbind(1))
        found = [rows[places] for places in self._places]
        if self.order is None:
            return found
        of_each = dict(zip(self.order.tolist(), found, strict=True))
        return [of_each[b] for b in range(len(found))]

    @cached_property
    def _places(self) -> list[Tensor]:
        """The rows of each packed sequence, the longest first."""
        assert self.sizes is not None
        first = self.sizes.cumsum(0) - self.sizes
        return [first[self.sizes > k] + k for k in range(len(self))]


def is_batch(inputs: Any) -> bool:
    """Whether it has a batch dimension: packed sequences, three dimensions, or a list of sequences."""
    if isinstance(inputs, (list, tuple)) and not isinstance(inputs, PackedSequence):
        return bool(inputs) and _dimensions(inputs[0]) == 2
    return isinstance(inputs, PackedSequence) or getattr(inputs, "ndim", 0) == 3


def _dimensions(value: Any) -> int:
    """Of an array, or of nested lists by what comes first in each."""
    if isinstance(value, (list, tuple)):
        return 1 + (_dimensions(value[0]) if value else 0)
    return int(getattr(value, "ndim", 0))


def as_batch(module: Any, inputs: Any) -> Batch:
    """What `is_batch`, like the module's weights, and checked; it may be the caller's own memory."""
    if isinstance(inputs, (list, tuple)) and not isinstance(inputs, PackedSequence):
        each = [as_inputs(module, sequence, f"inputs[{b}]") for b, sequence in enumerate(inputs)]
        inputs = pack_sequence(each, enforce_sorted=False)
    packed = isinstance(inputs, PackedSequence)
    data = as_tensor(module, inputs.data if packed else inputs, "inputs", "a batch of numbers")
    if data.shape[-1] != module.input_size or not data.numel():
        axes = "packed sequences of (T, {})" if packed else "(B, T, {})" if module.batch_first else "(T, B, {})"
        of = "inputs has packed steps of shape" if packed else "inputs has shape"
        raise ValueError(
            f"{of} {tuple(data.shape)}; expected {axes.format(module.input_size)} with at least one sequence and step"
        )
    check_finite(data, "inputs")
    if packed:
        return Batch(data, inputs.batch_sizes, inputs.sorted_indices)
    return Batch(data.transpose(0, 1) if module.batch_first else data)


def batch_of(module: Any, inputs: Any) -> Batch | None:
    """What a module is given, as a batch; None where it is one sequence, or nothing that has a batch dimension."""
    if isinstance(inputs, PackedSequence):
        return Batch.of(inputs)
    if isinstance(inputs, Tensor) and inputs.dim() == 3:
        return Batch(inputs.transpose(0, 1) if module.batch_first else inputs)
    return None
