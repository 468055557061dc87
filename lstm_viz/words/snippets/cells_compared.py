"""RNN, LSTM, GRU as Python."""

from collections.abc import Mapping

from lstm_viz.words.snippets.shown import Shown, call, head, literal, together


def cells_compared(
    shown: Shown,
    *,
    models: Mapping[str, str],
    answer: str,
    label: str = "",
    ends: tuple[float, float] | None = None,
    follows: bool = False,
) -> str:
    """The same text through several cells.

    Parameters
    ----------
    models : cell → the call that makes its network, the chosen one first
    answer : what the lines show
    label : the one whose line it is; "" for what was given to each token before it came
    ends : of the lines' axis
    follows : whether the networks say which symbols may follow
    """
    lines = head(shown.title)
    if not label:
        lines[1:1] = ["import numpy as np", ""]
    lines += ["models = {", *(f"    {literal(cell)}: {made}," for cell, made in models.items()), "}"]
    run = shown.run("text")
    lines += [f"text = {literal(shown.text)}", f"traces = {{cell: {run} for cell, model in models.items()}}"]
    if label:
        lines += [
            "answers = {",
            f"    cell: model.predictions(traces[cell])[:, model.labels.index({literal(label)})]",
            "    for cell, model in models.items()",
            "}",
        ]
    else:
        lines += [
            "",
            "",
            "def given_to_what_came(model, trace):",
            '    """The probability that was given to each symbol before it came."""',
            "    predictions = model.predictions(trace)",
            "    came = [model.vocabulary.index(token) - 1 if token in model.vocabulary[1:] else -1",
            "            for token in model.task.read(text).tokens]",
            "    given = [predictions[t - 1, came[t]] if t and came[t] >= 0 else np.nan for t in range(len(came))]",
            "    return np.array(given)",
            "",
            "",
            "answers = {cell: given_to_what_came(model, traces[cell]) for cell, model in models.items()}",
        ]
    lines += ["", "numbers = {}"]
    lines += ["for cell, model in models.items():"]
    lines += ['    numbers[f"{cell} prediction"] = model.predictions(traces[cell])']
    if follows:
        lines += ['    numbers[f"{cell} may follow"] = model.may_follow(traces[cell])']
    lines += ['    numbers[f"{cell} answer"] = answers[cell]', ""]
    options = {"name": answer, "ends": ends, **shown.place, **shown.looks}
    return together(*lines, "figure = " + call("lv.figures.cells_compared", "traces", "answers", **options), "figure")
