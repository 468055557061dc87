"""A course as a file, and back: any reader of safetensors finds the network in it, and training can go on from it.

The network's tensors have the names that those of shipped networks have. All else is in rows of numbers, which no
reader takes for a layer, and in the header, as JSON. Nothing in a file is used before it was checked.
"""

import json
import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from lstm_viz import arguments
from lstm_viz.arguments import given
from lstm_viz.files.limits import Refused, megabytes
from lstm_viz.learning.fields import FIELDS
from lstm_viz.learning.history import MOST_STATES, ROWS, Kept, Line
from lstm_viz.learning.optimizers import OPTIMIZERS
from lstm_viz.learning.plan import Plan

LIMIT = 64 * 2**20
"""Bytes of a file that is read."""
LONGEST_HEADER = 2**20
VERSION = 1
"""Of what the header says; a later one may say more."""
BREAKS = ("", "loss", "gradient", "weights")
"""What may have broken down."""
STATES, HERE = "course.states", "course.here"
ELSEWHERE = "Open a file of weights on the page Your model; one of a training is saved on the page Watch it learn"


@dataclass(frozen=True, eq=False)
class Told:
    """What a file says of a course. Weights are rows of numbers, as `weights.Row` has them.

    Attributes
    ----------
    plan : as the training began
    rates : learning rates as they were changed on the way
    broke : what broke down, one of `BREAKS`
    lines : the history
    since : losses since the last of these, and the longest gradient
    here : the state that training came to
    kept : the states on the way, and how far all had moved by then
    """

    plan: Plan
    rates: tuple[tuple[int, float], ...]
    broke: str
    lines: tuple[Line, ...]
    since: tuple[list[float], float]
    here: Kept
    kept: tuple[Kept, ...]
    moved: tuple[float, ...]


def written(told: Told, weights: Mapping[str, Tensor], card: Mapping[str, Any]) -> bytes:
    """The file of a course; `weights` and `card`: of the model that it has come to."""
    names = OPTIMIZERS[told.plan.optimizer].remembers
    rows = [torch.cat([kept.weights, *(kept.memory[name] for name in names)]) for kept in (*told.kept, told.here)]
    tensors = {name: part.detach().clone() for name, part in weights.items()}
    tensors |= {STATES: torch.cat(rows[:-1]), HERE: rows[-1]}
    course = {
        "version": VERSION,
        "plan": told.plan.written,
        "rates": told.rates,
        "broke": told.broke,
        "lines": [list(asdict(line).values()) for line in told.lines],
        "since": told.since,
        "here": _facts(told.here),
        "kept": [_facts(kept) for kept in told.kept],
        "moved": told.moved,
    }
    return save(tensors, {"course": json.dumps(course), "card": json.dumps(card, ensure_ascii=False)})


def read(content: bytes, sizes: Any) -> Told:
    """What a file says.

    Parameters
    ----------
    sizes : plan → name → shape of every weight of its network, in the order of a row

    Raises
    ------
    Refused
        in a sentence, for a file that holds no training or is damaged.
    """
    try:
        return _read(content, sizes)
    except Refused:
        raise
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError, struct.error) as problem:
        said = str(problem)[:200]
        raise Refused(f"The training in this file cannot be read ({said}): it is damaged. Save it again") from None
    except SafetensorError:
        raise Refused("This file’s header does not fit what follows: it is damaged. Save it again") from None


def _read(content: bytes, sizes: Any) -> Told:
    told = _header(content)
    plan = Plan.read(told["plan"])
    rates = Plan(rates=tuple((at, rate) for at, rate in told["rates"])).rates
    shapes = sizes(plan)
    tensors = load(content)
    network = {name: tuple(part.shape) for name, part in tensors.items() if name not in (STATES, HERE)}
    if network != shapes:
        raise Refused("The network in this file is not that of its plan: the file was changed. Save the training again")
    names = OPTIMIZERS[plan.optimizer].remembers
    size = sum(math.prod(shape) for shape in shapes.values())
    width, facts = size * (1 + len(names)), [*told["kept"], told["here"]]
    if not 1 <= len(told["kept"]) <= MOST_STATES or len(told["moved"]) != len(told["kept"]):
        raise Refused(f"This file keeps {len(told['kept'])} states; expected from 1 to {MOST_STATES}")
    rows = (tensors[STATES], tensors[HERE])
    for found, count in zip(rows, (len(facts) - 1, 1), strict=True):
        if found.dtype != torch.float32 or tuple(found.shape) != (count * width,):
            raise Refused("The states in this file are not those of its network: it is damaged. Save it again")
    if not all(torch.isfinite(part).all() for part in tensors.values()):
        raise Refused("Some numbers in this file are not finite: it is damaged. Save the training again")
    kept = [_kept(row, fact, plan, names) for row, fact in zip(torch.cat(rows).split(width), facts, strict=True)]
    if not torch.equal(torch.cat([tensors[name].flatten() for name in shapes]), kept[-1].weights):
        raise Refused("The network in this file is not the one that its training came to: the file was changed")
    moved = tuple(_number(value, "moved") for value in told["moved"])
    losses, longest = told["since"]
    since = ([_number(loss, "since") for loss in arguments.at_most(losses, ROWS**2, "since", "losses")], longest)
    lines = tuple(_line(values) for values in arguments.at_most(told["lines"], 4 * ROWS, "lines", "rows of a history"))
    _from_the_first([each.update for each in kept], "kept")
    _from_the_first([*(each.update for each in lines), kept[-1].update], "lines")
    return Told(
        plan=plan,
        rates=rates,
        broke=arguments.choice(told["broke"], "broke", BREAKS),
        lines=lines,
        since=(since[0], _number(longest, "since")),
        here=kept[-1],
        kept=tuple(kept[:-1]),
        moved=moved,
    )


def _header(content: bytes) -> dict[str, Any]:
    """What the header says of a course; looked at before a library is given the file."""
    if len(content) > LIMIT:
        raise Refused(f"This file has {megabytes(len(content))}; a training has at most {megabytes(LIMIT)}")
    if len(content) < 9 or content[8:9] != b"{":
        raise Refused(f"This is no .safetensors file, and holds no training. {ELSEWHERE}")
    (length,) = struct.unpack("<Q", content[:8])
    if length > min(LONGEST_HEADER, len(content) - 8):
        raise Refused("This file’s header is longer than the file may have: it is cut off or damaged. Save it again")
    header = json.loads(content[8 : 8 + length])
    notes = header.get("__metadata__")
    course = notes.get("course") if isinstance(notes, dict) else None
    if not isinstance(course, str):
        raise Refused(f"This file holds weights but no training. {ELSEWHERE}")
    told = json.loads(course, parse_constant=_no_number)
    if not isinstance(told, dict) or told.get("version") != VERSION:
        version = given(told.get("version") if isinstance(told, dict) else told)
        raise Refused(f"The training in this file is of version {version}; version {VERSION} can be read here")
    return told


def _no_number(name: str) -> None:
    raise ValueError(f"got {name}; expected finite numbers")


def _facts(kept: Kept) -> list[float]:
    return [kept.update, kept.reached, kept.score, kept.seconds]


def _kept(row: Tensor, facts: Sequence[Any], plan: Plan, names: Sequence[str]) -> Kept:
    update, reached, score, seconds = facts
    weights, *memory = row.clone().chunk(1 + len(names))
    return Kept(
        arguments.whole(update, "update", 0, plan.updates),
        weights,
        dict(zip(names, memory, strict=True)),
        min(arguments.finite(reached, "reached", 1), plan.length),
        _number(score, "score"),
        arguments.finite(seconds, "seconds", 0),
    )


def _line(values: Sequence[Any]) -> Line:
    update, loss, score, length, norm, rate = values
    most = int(FIELDS["updates"].high)
    return Line(
        arguments.whole(update, "update", 0, most),
        _number(loss, "loss"),
        _number(score, "score"),
        arguments.whole(length, "length", 1, int(FIELDS["length"].high)),
        _number(norm, "gradient norm"),
        FIELDS["learning_rate"].check(rate),
    )


def _number(value: Any, name: str) -> float:
    return arguments.finite(value, name)


def _from_the_first(updates: Sequence[int], name: str) -> None:
    """Updates in order, from before the first of all to the one that training came to."""
    if len(updates) < 2 or updates[0] or list(updates) != sorted(updates):
        raise ValueError(f"{name}: {given(list(updates))} are not updates in order from 0 on")
