"""What to look for in the examples of the page on vanishing gradients, a few sentences each, all from the values."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.analysis.gradients import Gradients, split_paths
from lstm_viz.analysis.ordering import keeping_gate, share_kept
from lstm_viz.words.gradient_paths import TWICE, survives
from lstm_viz.words.gradients import SMALL, reach, size, sizes_as_shown
from lstm_viz.words.phrases import count, listing

Flows = Mapping[str, Gradients]

OPEN = 0.95
"""A gate that keeps less than this a step leaves under 1 % in a hundred steps."""


def describe_textbook(flows: Flows) -> str:
    """Whether the RNN's gradient vanishes and the LSTM's comes back along its memory; flows: of "lstm" and "rnn"."""
    lstm, back = flows["lstm"], furthest(flows)
    rnn, memory = (at(flows["rnn"], "hidden_state", back), at(lstm, "cell_state", back))
    along, through = split_paths(lstm)
    reasons = []
    if survives(flows["rnn"].log10("hidden_state"), 0.0):
        reasons.append("the RNN's gradient does not vanish")
    if not survives(along, along[-1]):
        reasons.append("the memory's own path vanishes as well")
    if through[0] > along[0] + TWICE:
        reasons.append("more comes through h than along the memory")
    elif through[0] > along[0] - TWICE:
        reasons.append("about as much comes through h as along the memory")
    verdict = (
        f"Yet this is not quite what textbooks tell: {listing(reasons)}."
        if reasons
        else "This is the textbook case: what passes through the RNN's weights at every step is gone, and what passes "
        "through the LSTM's forget gates alone is not."
    )
    return (
        f"First chart: {count(back, 'step')} before the end the RNN's gradient is down to {size(rnn)}; that of the "
        f"LSTM's memory (dashed) is {size(memory)}. “Two ways back”: {size(along[0])} comes along the memory, "
        f"{size(through[0])} through h. {verdict}"
    )


def describe_forget_bias(flows: Flows, bias: float) -> str:
    """What a forget bias does to the gates and to the memory's own path; flows: of "lstm" and "rnn"."""
    lstm, back = flows["lstm"], furthest(flows)
    along, _ = split_paths(lstm)
    gone = reach(along)
    where = "" if gone is None else f", falling below a thousandth of its size already {count(gone, 'step')} back"
    own, other = (at(flows[cell], "hidden_state", back) for cell in ("lstm", "rnn"))
    side = "above" if own > other else "below"
    return (
        f"A bias of {bias:g} by itself sets a forget gate to σ({bias:g}) = {1 / (1 + np.exp(-bias)):.3f}; these "
        f"average {lstm.layer['forget_gate'].mean():.3f}. “Two ways back”: of {size(along[-1])} at the last step, the "
        f"memory's own path carries {size(along[0])} over {count(len(along) - 1, 'step')}{where}. First "
        f"chart: the LSTM's gradient ends {side} the RNN's, {size(own)} against {size(other)}."
    )


def describe_explosion(flows: Flows, norm: float) -> str:
    """Whether the RNN's gradient explodes, and what that makes of an update; flows: of "rnn" and others.

    Norm: to which a longer gradient is clipped.
    """
    logs = flows["rnn"].log10("hidden_state")
    peak = int(logs.argmax())
    norms = listing([f"{size(each.weight_norm)} for the {each.layer.definition.title}" for each in flows.values()])
    if logs[peak] < logs[-1] - SMALL:
        said = (
            f"First chart: here the RNN's gradient does not explode, its largest size is {size(logs[peak])}; another "
            "seed may."
        )
    else:
        said = (
            f"First chart: the RNN's gradient explodes, to {size(logs[peak])} "
            f"{count(len(logs) - 1 - peak, 'step')} before the end."
        )
    cut = [each.layer.definition.title for each in flows.values() if each.weight_norm > np.log10(norm)]
    clipped = f"only that of the {' and the '.join(cut)} is cut" if cut else "none is cut"
    return (
        f"{said} “Clipping”: the norm of the gradient of all recurrent weights is {norms}; clipped at {norm:,g}, "
        f"{clipped}."
    )


def describe_clipped(flows: Flows, norm: float) -> str:
    """What clipping to a norm does to every network's gradient."""
    parts = []
    for flow in flows.values():
        logs, over = flow.log10("hidden_state"), flow.weight_norm - np.log10(norm)
        title = flow.layer.definition.title
        if over <= 0:
            parts.append(f"the {title}'s norm, {size(flow.weight_norm)}, is within the limit, and nothing changes")
            continue
        # What it becomes is what the reader works out from the rest, as that is shown.
        (whole, first), becomes = sizes_as_shown(
            lambda whole, first: first - (whole - np.log10(norm)), [flow.weight_norm, float(logs[0])]
        )
        parts.append(
            f"the {title}'s norm, {whole}, is cut to {norm:,g}, so that {count(len(logs) - 1, 'step')} before the end "
            f"{first} becomes {becomes}"
        )
    return f"“Clipping”: {'; '.join(parts)}. A clipped curve keeps its shape: what had vanished stays so."


def describe_below(flows: Flows) -> str:
    """Which gated cells have less left than a plain RNN that does not explode, and what their gates keep; "" for none.

    Flows: cell → its gradients.
    """
    if "rnn" not in flows:
        return ""
    back = furthest(flows)
    most = at(flows["rnn"], "hidden_state", back)
    below = {cell: flow for cell, flow in flows.items() if cell != "rnn" and at(flow, "hidden_state", back) < most}
    if not below or most > at(flows["rnn"], "hidden_state", 0):
        return ""
    parts, shut = [], False
    for flow in below.values():
        gate, kept = keeping_gate(flow.layer.definition), _kept(flow)
        part = f"the {flow.layer.definition.title} has {size(at(flow, 'hidden_state', back))}"
        if gate is not None and kept < OPEN:
            part, shut = f"{part} (its {gate.label.lower()}s keep {kept:.2g} a step, geometric mean)", True
        parts.append(part)
    why = " A gate helps only while it stays close to 1." if shut else ""
    return f"{count(back, 'step')} before the end, less is left than the RNN's {size(most)}: {listing(parts)}.{why}"


def _kept(flow: Gradients) -> float:
    """The geometric mean of what gates keep of a memory; 1 for a cell without such a gate."""
    keep = share_kept(flow.layer)
    return 1.0 if keep is None else float(np.exp(np.log(np.maximum(keep, 1e-300)).mean()))


def furthest(flows: Flows) -> int:
    """How many steps before the end all gradients reach: networks that left the range of numbers are shorter."""
    return min(len(flow.exponent) for flow in flows.values()) - 1


def at(flow: Gradients, state: str, back: int) -> float:
    """log10 of the size of a gradient so many steps before the end."""
    return float(flow.log10(state)[-1 - back])
