"""What a checkpoint's pickle would build, worked out without building it: nothing that it names is looked up.

torch's own `weights_only` reads the file; this looks first, and knows fewer words. It lets through plain values and
plain tensors whose numbers are there, and names what it stops at. So the sentence is a clear one, a lying size
allocates nothing, and a file has to get past two readers that have no code in common.
"""

import pickletools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import IO, Any

from lstm_viz.files.limits import CONVERTER, MOST_TENSORS, Refused, shown

MOST_STEPS = 1_000_000
"""Instructions of a pickle; a state dict takes about 40 a tensor."""

_SIZES = {
    1: ("Bool", "Byte", "Char", "Untyped"),
    2: ("Half", "BFloat16", "Short"),
    4: ("Float", "Int"),
    8: ("Double", "Long", "ComplexFloat"),
    16: ("ComplexDouble",),
}
ITEM_SIZES = {f"{kind}Storage": size for size, kinds in _SIZES.items() for kind in kinds}
"""Bytes a number, by the kind of the storage."""


@dataclass(frozen=True)
class Named:
    """A class or function that a pickle names; it is never looked up."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass(frozen=True)
class Made:
    """What calling a `Named` would give."""

    by: str


@dataclass(frozen=True)
class Stored:
    """Numbers that lie in the file beside the pickle: under which key, how many, of how many bytes each."""

    key: str
    count: int
    item: int


@dataclass
class Scan:
    """A pickle, followed step by step.

    Attributes
    ----------
    file : its name, for the sentences
    storages : what the pickle refers to, by key
    bytes_of_tensors : of all tensors that it makes of these, each counted by itself
    """

    file: str
    storages: dict[str, Stored] = field(default_factory=dict)
    tensors: int = 0
    bytes_of_tensors: int = 0
    steps: int = 0

    def follow(self, pickle: IO[bytes]) -> Any:
        """The value that one pickle describes, with `Named` and `Made` for what it would look up and call.

        Raises
        ------
        Refused
            for anything but plain values and plain tensors.
        """
        stack: list[Any] = []
        marks: list[list[Any]] = []
        memo: dict[int, Any] = {}
        argument: Any
        for opcode, argument, _ in pickletools.genops(pickle):
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise Refused(f"{shown(self.file)}: what it lists takes more than {MOST_STEPS:,} steps to read")
            name = opcode.name
            if name in _PUSHED:
                stack.append(_PUSHED[name](argument))
            elif name == "PROTO":
                self._protocol(argument)
            elif name == "MARK":
                marks.append(stack)
                stack = []
            elif name in ("TUPLE", "APPENDS", "SETITEMS"):
                items, stack = stack, marks.pop()
                if name == "TUPLE":
                    stack.append(tuple(items))
                else:
                    self._add(name, stack[-1], items)
            elif name in ("TUPLE1", "TUPLE2", "TUPLE3"):
                size = int(name[-1])
                stack[-size:] = [tuple(stack[-size:])]
            elif name in ("APPEND", "SETITEM"):
                size = 1 if name == "APPEND" else 2
                items = stack[-size:]
                del stack[-size:]
                self._add(name, stack[-1], items)
            elif name == "GLOBAL":
                stack.append(self._named(argument))
            elif name == "BINPERSID":
                stack.append(self._stored(stack.pop()))
            elif name == "REDUCE":
                arguments, called = stack.pop(), stack.pop()
                stack.append(self._called(called, arguments))
            elif name == "BUILD":
                if not isinstance(stack.pop(), dict) or not isinstance(stack[-1], dict):
                    raise self._more("an object with a state of its own")
            elif name in ("BINPUT", "LONG_BINPUT"):
                memo[argument] = stack[-1]
            elif name in ("BINGET", "LONG_BINGET"):
                stack.append(memo[argument])
            elif name == "STOP":
                return stack.pop()
            else:
                raise self._more(f"the instruction {name}")
        raise EOFError  # genops itself says so first

    def _more(self, what: str) -> Refused:
        return Refused(
            f"{shown(self.file)}: it holds {shown(what)}, which is more than plain weights; reading more could run "
            f"code, so nothing in it was read or run. Save the weights alone, where the model was made: {CONVERTER}"
        )

    def _protocol(self, protocol: int) -> None:
        if protocol != 2:
            raise Refused(
                f"{shown(self.file)}: it is pickled with protocol {protocol}; torch.save writes protocol 2. Save it by "
                f"torch.save without pickle_protocol, or as safetensors: {CONVERTER}"
            )

    def _named(self, argument: str) -> Named:
        module, _, name = argument.partition(" ")
        named = Named(module, name)
        if name in ITEM_SIZES and module in ("torch", "torch.cuda", "torch.storage"):
            return named
        if str(named) in _CALLED or (module == "torch" and name in _KINDS):
            return named
        if module == "__main__" or module.startswith("torch.nn.modules"):
            raise self._more(f"a whole model (its class {named})")
        raise self._more(f"{named}")

    def _add(self, name: str, to: Any, items: list[Any]) -> None:
        """Put items into a list or a mapping; the keys of mappings are numbers and texts, which hash in no time."""
        if name.startswith("APPEND"):
            if not isinstance(to, list):
                raise self._more("a collection of another kind")
            to.extend(items)
        elif not isinstance(to, dict) or len(items) % 2 or any(not _is_key(key) for key in items[::2]):
            raise self._more("a mapping whose keys are no texts or numbers")
        else:
            to.update(zip(items[::2], items[1::2], strict=True))

    def _stored(self, reference: Any) -> Stored:
        match reference:
            case ("storage", Named(_, kind), str(key), str(), int(count), *views) if count >= 0 and not any(views):
                stored = Stored(key, count, ITEM_SIZES.get(kind, 0))
                if stored.item and self.storages.setdefault(key, stored) == stored:
                    return stored
        raise self._more("a reference that is none to numbers")

    def _called(self, called: Any, arguments: Any) -> Any:
        if not isinstance(called, Named) or str(called) not in _CALLED or not isinstance(arguments, tuple):
            raise self._more(f"a call of {called}" if isinstance(called, Named) else "a call of something else")
        made = _CALLED[str(called)](arguments)
        if isinstance(made, Stored):
            self.tensors += 1
            self.bytes_of_tensors += made.count * made.item
            if self.tensors > MOST_TENSORS:
                raise Refused(f"{shown(self.file)}: it holds more than {MOST_TENSORS} tensors")
            return Made(str(called))
        if made is None:
            raise self._more(f"a call of {called} that does not fit")
        return made


def _is_key(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bytes))


def _tensor(arguments: tuple[Any, ...]) -> Any:
    """The numbers that a tensor takes of its storage; None where these are not all there."""
    match arguments:
        case (Stored() as stored, int(offset), tuple(size), tuple(stride), *more):
            if len(size) != len(stride) or len(size) > 64 or offset < 0:
                return None
            if not all(isinstance(n, int) and n >= 0 for n in (*size, *stride)):
                return None
            if not all(extra is None or isinstance(extra, (bool, Named)) or extra == {} for extra in more):
                return None
            item = stored.item
            if stored.item == 1 and len(more) > 2 and isinstance(more[2], Named):  # numbers in an untyped storage
                item = _KINDS.get(more[2].name, 16)
            room, count = stored.count * stored.item // item, prod(size)
            last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
            if count and (count > room or last >= room):
                return None
            return Stored(stored.key, count, item)
    return None


def _ordered(arguments: tuple[Any, ...]) -> Any:
    match arguments:
        case ():
            return {}
        case (list(pairs),) if all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
            return dict(pairs) if all(_is_key(key) for key, _ in pairs) else None
    return None


def _parameter(arguments: tuple[Any, ...]) -> Any:
    return arguments[0] if len(arguments) == 3 and isinstance(arguments[0], Made) else None


def _plain(check: Callable[[tuple[Any, ...]], bool]) -> Callable[[tuple[Any, ...]], Any]:
    return lambda arguments: Made("") if check(arguments) else None


_CALLED: Mapping[str, Callable[[tuple[Any, ...]], Any]] = {
    "collections.OrderedDict": _ordered,
    "collections.Counter": _plain(lambda given: len(given) == 1 and isinstance(given[0], dict)),
    "torch._utils._rebuild_tensor": _tensor,
    "torch._utils._rebuild_tensor_v2": _tensor,
    "torch._utils._rebuild_tensor_v3": _tensor,
    "torch._utils._rebuild_parameter": _parameter,
    "torch.Size": _plain(lambda given: len(given) == 1 and isinstance(given[0], tuple)),
    "torch.device": _plain(lambda given: 0 < len(given) < 3 and isinstance(given[0], str)),
    "_codecs.encode": _plain(lambda given: len(given) == 2 and isinstance(given[0], str) and given[1] == "latin1"),
}
"""What a checkpoint may call, by name, and what would come of it; None where the arguments are not what it takes."""

_KIND_SIZES = {
    1: ("bool", "int8", "uint8", "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz"),
    2: ("float16", "bfloat16", "int16", "uint16"),
    4: ("float32", "int32", "uint32"),
    8: ("float64", "int64", "uint64", "complex64"),
    16: ("complex128",),
}
_KINDS = {kind: size for size, kinds in _KIND_SIZES.items() for kind in kinds}
"""Kinds of numbers that torch names, and their bytes."""

_PUSHED: Mapping[str, Callable[[Any], Any]] = {
    **{name: lambda argument: argument for name in ("BININT", "BININT1", "BININT2", "BINFLOAT", "BINUNICODE")},
    **{name: lambda argument: argument for name in ("LONG1", "SHORT_BINSTRING")},
    "NONE": lambda _: None,
    "NEWTRUE": lambda _: True,
    "NEWFALSE": lambda _: False,
    "EMPTY_TUPLE": lambda _: (),
    "EMPTY_LIST": lambda _: [],
    "EMPTY_DICT": lambda _: {},
    "EMPTY_SET": lambda _: [],
}
"""Instructions that put one plain value on the stack."""
