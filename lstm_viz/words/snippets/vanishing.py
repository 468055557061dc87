"""Vanishing gradient as Python."""

from collections.abc import Mapping

from lstm_viz.words.snippets.shown import Code, call, head, literal, together


def fresh(
    title: str,
    *,
    kinds: Mapping[str, str],
    steps: int,
    units: int,
    radius: float,
    forget_bias: float,
    seed: int,
    clip: float,
    theme: str = "light",
) -> str:
    """Gradients of networks just initialised.

    Parameters
    ----------
    kinds : cell → which of its kinds, such as ``rnn_relu``
    steps, units, radius, forget_bias, seed, clip : as the page has them
    """
    module = call("lv.fresh_module", "kind", literal(units), radius=radius, forget_bias=forget_bias, seed=seed)
    return together(
        *head(title),
        f"kinds = {literal(dict(kinds))}",
        f"modules = {{cell: {module} for cell, kind in kinds.items()}}",
        f"inputs = lv.random_inputs({steps}, seed={seed}).numpy()",
        "flows = {",
        "    # As far as its states are numbers that a float holds.",
        "    cell: lv.gradients(module, inputs[: lv.finite_steps(module, inputs)])",
        "    for cell, module in modules.items()",
        "}",
        *_figures('modules["rnn"]' if "rnn" in kinds else "", clip, theme, cells=tuple(kinds)),
    )


def trained(
    title: str,
    *,
    models: Mapping[str, str],
    text: str,
    made: tuple[str, int, int] | None = None,
    clip: float,
    theme: str = "light",
) -> str:
    """Gradients of trained networks, of the score of their answer.

    Parameters
    ----------
    models : cell → the call that makes its network
    text : what they read
    made : task, length and seed, where the text is made of these
    """
    given = call("lv.made_text", literal(made[0]), literal(made[1]), seed=made[2]) if made else literal(text)
    return together(
        *head(title),
        "models = {",
        *(f"    {literal(cell)}: {model}," for cell, model in models.items()),
        "}",
        f"text = {given}",
        "flows = {}",
        "for cell, model in models.items():",
        "    trace = model.trace_tokens(model.task.read(text).tokens)",
        "    weights = lv.answer_weights(model, trace)  # how much each unit counts for the answer",
        "    flows[cell] = lv.gradients(model.network.recurrent, trace.inputs, weights)",
        *_figures('models["rnn"].network.recurrent' if "rnn" in models else "", clip, theme, cells=tuple(models)),
    )


def _figures(rnn: str, clip: float, theme: str, cells: tuple[str, ...]) -> list[str]:
    bound = {"bound": Code("bound")} if rnn else {}
    lines = [
        "",
        "numbers = {}  # log10 of sizes",
        "for cell, flow in flows.items():",
        "    for state in flow.direction:",
        '        numbers[f"{cell} log10 of the gradient of {state}"] = flow.log10(state)',
        "    if flow.memory_path is not None:",
        '        numbers[f"{cell} log10 of the gradient along the memory\'s own path"] = flow.memory_path',
        'numbers["log10 of the gradient of all recurrent weights"] = [flow.weight_norm for flow in flows.values()]',
        "",
    ]
    if rnn:
        lines.append(f"bound = lv.step_bound({rnn})  # most by which a step of the RNN multiplies a gradient")
    if "lstm" in cells:
        lines.append("paths = " + call("lv.figures.gradient_paths", 'flows["lstm"]', theme=theme))
    return [
        *lines,
        "clipped = " + call("lv.figures.clipped_gradients", "flows", norm=clip, theme=theme),
        "figure = " + call("lv.figures.gradients_by_distance", "flows", **bound, theme=theme),
        "figure",
    ]
