"""Modules whose output is not all in their weights: with hooks, a forward of their own, or weights that are computed.

Their own forward is run once, and what it gives must be what the weights give that it left behind.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MethodType
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules import module as torchs

from lstm_viz.arguments import given
from lstm_viz.engine import Values
from lstm_viz.module import CellModule, parameter_shapes

_PLAIN = (nn.LSTM, nn.GRU, nn.RNN, CellModule)
_PLAIN_OF = {each: each for each in _PLAIN[:3]} | {nn.LSTMCell: nn.LSTM, nn.GRUCell: nn.GRU, nn.RNNCell: nn.RNN}
_TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-10}


def is_plain(module: nn.Module) -> bool:
    """Whether a call of the module runs PyTorch's own forward on its own weights, and nothing else."""
    return not _what_is_unusual(module)


def _what_is_unusual(module: Any) -> list[str]:
    """What a call of the module does besides PyTorch's own forward, or None; in words."""
    kind = type(module)
    torchs_own = next(plain for plain in _PLAIN if isinstance(module, plain))
    found = []
    if hasattr(module, "parametrizations"):
        found.append("parametrized weights")
    elif kind.forward is not torchs_own.forward or kind.__call__ is not nn.Module.__call__ or "forward" in vars(module):
        found.append("a forward of its own")
    elif kind is not torchs_own:
        found.append(f"a class of its own, {kind.__name__}")
    if module._forward_pre_hooks or torchs._global_forward_pre_hooks:
        found.append("forward pre-hooks")
    if module._forward_hooks or torchs._global_forward_hooks:
        found.append("forward hooks")
    return found


def own_run(module: Any, inputs: Tensor, state: Any) -> tuple[Any, nn.Module]:
    """A module's own output, called as a user would, without dropout; and a plain module with the weights it then had.

    The module is left as it is: a stand-in with the same class, hooks and weights runs. Hooks are called once.
    """
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        twin = _stand_in(module)
        try:
            output = twin(inputs) if state is None else twin(inputs, state)
        except Exception as error:  # a forward of the user's own may raise anything
            said = " ".join(str(error).split())
            raise ValueError(
                f"module: its own forward cannot be called with inputs (T, I) and an initial state as torch's own can "
                f"({type(error).__name__}: {said}); {_advice(module)}"
            ) from error
        plain = plain_like(twin, {name: tensor.detach().clone() for name, tensor in weights_of(twin).items()})
        return output[0] if isinstance(output, tuple) and output else output, plain


def check_agreement(module: nn.Module, own: Any, ours: Tensor, does: str = "", advice: str = "") -> None:
    """ValueError, in a sentence, where a module's own output (T, D·P) is not what its weights give.

    `does` is what may be the reason, `advice` what to do; by default, what is unusual about the module, and to trace a
    plain one.
    """
    does, advice = does or unusual(module), advice or _advice(module)
    if not isinstance(own, Tensor) or own.shape != ours.shape:
        raise ValueError(
            f"module: it has {does}, and gives {given(own)} where torch's own gives hidden states of shape "
            f"{tuple(ours.shape)}, so that its gates cannot be checked; {advice}"
        )
    ours = ours.to(own)
    apart = (own - ours).abs()
    if not float(apart.max()) <= _TOLERANCE.get(own.dtype, 0.0) * (1 + float(ours.abs().max())):
        raise ValueError(
            f"module: it has {does}, and its own output differs from what its weights give by up to "
            f"{float(apart.max()):.3g}, so that the gates would not be its own; {advice}"
        )


def unusual(module: nn.Module, *, hooks: bool = True) -> str:
    """What a call of the module does besides PyTorch's own forward, in words; "" for nothing. Hooks may be left out."""
    return " and ".join(each for each in _what_is_unusual(module) if hooks or "hooks" not in each)


def _advice(module: nn.Module) -> str:
    kind = next(plain.__name__ for plain in _PLAIN if isinstance(module, plain))
    return f"trace a plain torch.nn.{kind} with the same weights, on the inputs that arrive at it"


def _stand_in(module: nn.Module) -> Any:
    """The same module again, sharing nothing that a forward pass or a hook may set; not in training."""
    twin = object.__new__(type(module))
    twin.__dict__.update(vars(module))
    parts: dict[str, Any] = vars(twin)
    parts["training"] = False
    parts["_parameters"] = dict(module._parameters)
    parts["_buffers"] = {name: None if each is None else each.clone() for name, each in module._buffers.items()}
    parts["_modules"] = {name: None if each is None else _stand_in(each) for name, each in module._modules.items()}
    for name in ("_flat_weights", "_flat_weight_refs"):
        if name in parts:
            parts[name] = list(parts[name])
    own = parts.get("forward")
    if isinstance(own, MethodType) and own.__self__ is module:
        parts["forward"] = MethodType(own.__func__, twin)
    return twin


def plain_like(module: Any, tensors: Mapping[str, Tensor]) -> nn.Module:
    """A plain module of the same kind and size, with these weights by PyTorch's names, which it keeps as they are.

    Of a cell, such as `nn.LSTMCell`, it is a module of one layer. No random numbers are drawn.
    """
    first = tensors["weight_ih_l0"]
    sizes = module.input_size, module.hidden_size
    if isinstance(module, CellModule):
        with torch.device("meta"):
            plain: Any = CellModule(module.cell, *sizes, module.num_layers, module.bidirectional)
    else:
        single = isinstance(module, nn.RNNCellBase)
        kind: Any = next(plain for own, plain in _PLAIN_OF.items() if isinstance(module, own))
        options: dict[str, Any] = {"nonlinearity": module.nonlinearity} if kind is nn.RNN else {}
        if kind is nn.LSTM and not single:
            options["proj_size"] = module.proj_size
        if not single:
            options |= {"num_layers": module.num_layers, "bidirectional": module.bidirectional}
        plain = kind(*sizes, bias=module.bias, device="meta", dtype=first.dtype, **options)
    for name, tensor in tensors.items():
        setattr(plain, name, nn.Parameter(tensor, requires_grad=False))
    return plain.eval()


def weights_of(module: Any) -> dict[str, Tensor]:
    """The weights with which a module last ran, by the names that they have in PyTorch's modules; not copies.

    Those of `nn.LSTM`, `GRU` and `RNN` are what its forward left behind, for a parametrization that is asked again may
    move on, as spectral normalisation does.
    """
    if isinstance(module, nn.RNNBase):
        return dict(zip(module._flat_weights_names, module._flat_weights, strict=True))  # type: ignore[arg-type]
    with in_evaluation(getattr(module, "parametrizations", None)):
        if isinstance(module, CellModule):
            shapes = parameter_shapes(module.cell, 1, 1, module.num_layers, module.bidirectional)
            return {name: getattr(module, name) for name in shapes}
        names = ("weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if module.bias else ()))
        return {f"{name}_l0": getattr(module, name) for name in names}


@contextmanager
def in_evaluation(module: nn.Module | None) -> Iterator[None]:
    """All parts of a module in evaluation mode, and then as they were; methods of the user's own are not called."""
    modes = [] if module is None else [(part, part.training) for part in module.modules()]
    for part, _ in modes:
        part.training = False
    try:
        yield
    finally:
        for part, training in modes:
            part.training = training


def as_called(states: list[Values], rows: Any, module: nn.Module) -> Any:
    """Initial states in the form in which a module takes them; None for none."""
    if rows is None:
        return None
    if isinstance(module, CellModule) and len(states) == 1:
        return states[0]
    stacks = {name: torch.stack([state[name] for state in states]) for name in states[0]}
    if isinstance(module, CellModule):
        return stacks
    return (stacks["hidden_state"], stacks["cell_state"]) if "cell_state" in stacks else stacks["hidden_state"]
