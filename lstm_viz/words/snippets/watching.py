"""Watch it learn as Python."""

from collections.abc import Sequence

from lstm_viz.words.snippets.shown import call, literal, together


def trainings(title: str, *, plans: Sequence[str], names: Sequence[str], probe: str, theme: str) -> str:
    """The same trainings, their curves as ``numbers``, and the gates of the last on the sequence that is looked at.

    Parameters
    ----------
    plans : as `lstm_viz.learning.Plan.written` has them, with the updates that were done
    names : what each is called
    probe : the sequence
    """
    return together(
        f"# LSTM Viz: {title}",
        "from lstm_viz.learning import Course, Plan",
        "",
        "import lstm_viz as lv",
        "",
        f"plans = {literal(dict(zip(names, plans, strict=True)))}",
        "courses = {name: Course(Plan.read(written)) for name, written in plans.items()}",
        "for course in courses.values():",
        "    while course.advance(1):",
        "        pass",
        "",
        "numbers = {",
        '    f"{name} {column}": values',
        "    for name, course in courses.items()",
        "    for column, values in vars(course.history).items()",
        "}",
        f"model = courses[{literal(names[0])}].model()",
        f"trace = model.trace({literal(probe)})",
        "figure = " + call("lv.figures.gate_heatmaps", "trace", theme=theme),
        "figure",
    )
