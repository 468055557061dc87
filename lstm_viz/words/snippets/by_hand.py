"""Build by hand as Python."""

from collections.abc import Sequence

from lstm_viz.words.snippets.shown import call, literal, loaded, together


def unit(
    title: str,
    *,
    challenge: str,
    rows: Sequence[str],
    columns: Sequence[str],
    weights: Sequence[Sequence[float]],
    sequence: Sequence[str],
    notation: str,
    theme: str,
) -> str:
    """One LSTM unit with given weights, checked by its challenge, and its run on a sequence.

    Parameters
    ----------
    rows, columns : what the weights' rows and columns are of; see `lstm_viz.challenges.Challenge`
    sequence : its tokens
    """
    inputs = len(columns) - 2
    lines = [f"    {[float(each) for each in row]},  # {name}" for name, row in zip(rows, weights, strict=True)]
    return together(
        f"# LSTM Viz: {title}",
        "import torch",
        "",
        "import lstm_viz as lv",
        "from lstm_viz.challenges import CHALLENGES, judge_unit",
        "from lstm_viz.challenges.sequences import inputs_of",
        "",
        f"challenge = CHALLENGES[{literal(challenge)}]",
        f"# Columns: {', '.join(columns)}.",
        "weights = torch.tensor([",
        *lines,
        "], dtype=torch.float64)",
        "",
        f"unit = torch.nn.LSTM({inputs}, 1, dtype=torch.float64)",
        "with torch.no_grad():",
        f"    unit.weight_ih_l0.copy_(weights[:, :{inputs}])",
        f"    unit.weight_hh_l0.copy_(weights[:, {inputs}:{inputs + 1}])",
        f"    unit.bias_ih_l0.copy_(weights[:, {inputs + 1}])",
        "    unit.bias_hh_l0.zero_()  # PyTorch adds two biases",
        "",
        "judged = judge_unit(challenge, unit)",
        'print(f"{judged.passed} of {judged.trials} trials pass")',
        "",
        f"tokens = {literal(list(sequence))}",
        "inputs, problem = inputs_of(challenge, tokens)",
        "trace = lv.trace(unit, inputs, labels=tokens)",
        "numbers = {}",
        "figure = " + call("lv.figures.gate_heatmaps", "trace", notation=notation, theme=theme),
        "figure",
    )


def broken(title: str, *, task: str, cell: str, text: str, cuts: Sequence[tuple[str, int]], theme: str) -> str:
    """The trained counter with gates shut, how many of the test strings it still judges right, and a run."""
    return together(
        f"# LSTM Viz: {title}",
        "import lstm_viz as lv",
        "from lstm_viz.challenges.breaking import counter, strings",
        "",
        f"model = {loaded(task, cell)}",
        f"shut = {literal([tuple(cut) for cut in cuts])}",
        "right = counter().right([(), tuple(shut)]).sum(axis=1)",
        'print(f"of {len(strings().texts)} strings right: {right[0]} by itself, {right[1]} with these gates shut")',
        "",
        f"trace = model.trace({literal(text)}, [lv.Clamp(gate, 0.0, units=[k]) for gate, k in shut])",
        "numbers = {}",
        "figure = " + call("lv.figures.gate_heatmaps", "trace", theme=theme),
        "figure",
    )
