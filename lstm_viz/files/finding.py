"""Named tensors → what they are: the recurrent modules among them, and what may stand before and after these."""

from collections.abc import Mapping

from torch import Tensor

from lstm_viz.files.found import ModelFile
from lstm_viz.files.layers import recurrent_modules
from lstm_viz.files.limits import Refused, shown
from lstm_viz.files.names import plain_names, put_together
from lstm_viz.files.tables import find_tables
from lstm_viz.files.wiring import arranged, separate

_LISTED = 4  # tensors that a sentence names


def find(
    name: str,
    format: str,
    tensors: dict[str, Tensor],
    digest: str,
    notes: tuple[str, ...] = (),
    *,
    in_order: bool = False,
) -> ModelFile:
    """What is in a file whose tensors have PyTorch's names and layout.

    Parameters
    ----------
    tensors : by the names of a state dict; emptied, so that what is widened is not held twice
    in_order : whether the tensors come in the order in which their modules were made

    Raises
    ------
    Refused
        where there is no recurrent module, or one whose weights are no finite fractions.
    """
    notes_so_far = list(notes)
    left = put_together(plain_names(tensors), notes_so_far)
    tensors.clear()
    recurrent = recurrent_modules(name, left, notes_so_far)
    if not recurrent:
        raise Refused(_nothing(name, left, notes_so_far))
    embeddings, heads = find_tables(recurrent, left, notes_so_far)
    recurrent, feeds = arranged(recurrent, embeddings, in_order=in_order)
    notes_so_far += separate(recurrent, feeds)
    return ModelFile(
        name=shown(name),
        format=format,
        recurrent=recurrent,
        feeds=feeds,
        embeddings=embeddings,
        heads=heads,
        unplaced=tuple((shown(key), tuple(part.shape)) for key, part in left.items()),
        notes=tuple(notes_so_far),
        digest=digest,
    )


def _nothing(name: str, tensors: Mapping[str, Tensor], notes: list[str]) -> str:
    """The sentence for a file without a recurrent module: what is in it instead."""
    said = " ".join(notes)
    if not tensors:
        return f"{shown(name)}: no weights are in it; expected those of a recurrent layer. {said}".rstrip()
    some = ", ".join(f"{shown(key)} {tuple(part.shape)}" for key, part in list(tensors.items())[:_LISTED])
    more = f" and {len(tensors) - _LISTED} more" if len(tensors) > _LISTED else ""
    return (
        f"{shown(name)}: no recurrent layer was found among its tensors ({some}{more}); expected names and shapes as "
        f"nn.LSTM, nn.GRU, nn.RNN or their cells have them: weight_ih_l0 (4·H, I), weight_hh_l0 (4·H, H) … {said}"
    ).rstrip()
