"""Which recurrent module feeds which, as far as names and sizes say."""

import re
from collections.abc import Sequence

from lstm_viz.files.found import Recurrent, Table

_NUMBER = re.compile(r"\d{1,9}")


def arranged(
    recurrent: Sequence[Recurrent], embeddings: Sequence[Table], *, in_order: bool
) -> tuple[tuple[Recurrent, ...], tuple[str | None, ...]]:
    """The modules in the order in which data goes through them, and the name of what feeds each, or None.

    Parameters
    ----------
    in_order : whether they come in the order in which they were made; else names decide: those with numbers in the
        order of these, encoders before decoders
    """
    modules = list(recurrent) if in_order else sorted(recurrent, key=_natural)
    fed_by: list[int | None] = []
    for place in range(len(modules)):
        fed_by.append(_feeding(place, modules, embeddings, fed_by, in_order=in_order))
    order: list[int] = []
    for place in range(len(modules)):
        chain: list[int] = []
        at: int | None = place
        while at is not None and at not in order and at not in chain:
            chain.append(at)
            at = fed_by[at]
        order += reversed(chain)
    names = []
    for place in order:
        source = fed_by[place]
        table = None if source is not None else _table_for(modules[place], embeddings)
        names.append(modules[source].name if source is not None else table.name if table else None)
    return tuple(modules[place] for place in order), tuple(names)


def separate(recurrent: Sequence[Recurrent], feeds: Sequence[str | None]) -> list[str]:
    """A note where the file holds several modules of which none feeds the other."""
    names = {module.name for module in recurrent}
    first = [
        module.name or "the unnamed one" for module, feed in zip(recurrent, feeds, strict=True) if feed not in names
    ]
    if len(first) < 2:
        return []
    listed = f"{', '.join(first[:5])}{f' and {len(first) - 5} more' if len(first) > 5 else ''}"
    return [f"By their sizes and names, {len(first)} recurrent modules do not feed each other: {listed}. Choose one."]


def _feeding(
    place: int,
    modules: Sequence[Recurrent],
    embeddings: Sequence[Table],
    fed_by: Sequence[int | None],
    *,
    in_order: bool,
) -> int | None:
    """The place of the module that feeds another, or None for an embedding or nothing that is in the file."""
    module = modules[place]
    fits = [k for k, other in enumerate(modules) if k != place and other.output_size == module.input_size]
    # One that comes later, by its name, feeds this one only where it cannot be the other way round.
    later = [] if in_order else [k for k in fits if k > place and modules[k].input_size != module.output_size]
    fits = [k for k in fits if k < place and not _leads_to(k, place, fed_by)] + later
    siblings = [k for k in fits if _follows(modules[k].name, module.name)]
    if siblings:
        return siblings[-1]
    if _table_for(module, embeddings) or not fits:
        return None
    family = [k for k in fits if _family(modules[k].name) == _family(module.name)]
    before = [k for k in family if k < place] or family
    return before[-1] if before else None


def _leads_to(start: int, end: int, fed_by: Sequence[int | None]) -> bool:
    """Whether what feeds `start`, as far as that is known, comes from `end`."""
    at: int | None = start
    for _ in range(len(fed_by) + 1):
        if at is None or at == end:
            break
        at = fed_by[at] if at < len(fed_by) else None
    return at == end


def _follows(first: str, second: str) -> bool:
    """Whether two names differ in one number alone, by one: ``rnns.0`` and ``rnns.1``, ``lstm`` and ``lstm2``."""
    if _NUMBER.sub("", first) != _NUMBER.sub("", second):
        return False
    numbers = [[int(number) for number in _NUMBER.findall(name)] for name in (first, second)]
    if len(numbers[0]) + 1 == len(numbers[1]):
        return numbers[1][:-1] == numbers[0] and numbers[1][-1] == 2
    steps = [b - a for a, b in zip(*numbers, strict=False) if a != b]
    return len(numbers[0]) == len(numbers[1]) and steps == [1]


def _family(name: str) -> str:
    """The first part of a name that has several: ``encoder`` of ``encoder.rnn``."""
    first, dot, _ = name.partition(".")
    return first if dot else ""


def _table_for(module: Recurrent, embeddings: Sequence[Table]) -> Table | None:
    """The likeliest embedding whose rows a module can read; of its own family where there is one."""
    fits = [table for table in embeddings if table.weight.shape[1] == module.input_size]
    own = [table for table in fits if _family(table.name) == _family(module.name)]
    return next(iter(own or fits), None)


def _natural(module: Recurrent) -> tuple[object, ...]:
    """A key that puts ``rnns.10`` after ``rnns.9``, and a decoder after its encoder."""
    parts = re.split(r"(\d{1,9})", re.sub(r"(^|[._])dec", r"\1eod", module.name))
    return tuple((int(part), "") if k % 2 else (0, part) for k, part in enumerate(parts))
