"""Notes, checked as Python."""

from lstm_viz.words.snippets.shown import call, literal, together


def notes(title: str, *, claims: list[str], chosen: str, theme: str = "light") -> str:
    """Claims checked anew, and the figure of one.

    Parameters
    ----------
    claims : names of those to check
    chosen : whose figure is drawn
    """
    return together(
        f"# LSTM Viz: {title}",
        "import lstm_viz as lv",
        "from lstm_viz.claims import CLAIMS",
        "",
        f"names = {literal(claims)}",
        "found = {claim.name: claim.check() for claim in CLAIMS if claim.name in names}",
        "",
        "numbers = {}",
        "for name, finding in found.items():",
        '    numbers[f"{name} numbers"] = list(finding.numbers.values())',
        "    for series in finding.chart.series:",
        '        numbers[f"{name} {series.label}"] = series.values',
        "",
        f"finding = found[{literal(chosen)}]",
        "print(finding.verdict, finding.sentence)",
        "figure = " + call("lv.figures.line_chart", "finding.chart", theme=theme),
        "figure",
    )
