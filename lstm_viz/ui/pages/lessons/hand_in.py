"""What a reader hands in: one HTML file with every question, the prediction and what was so; it fetches nothing."""

from html import escape

from lstm_viz.lessons import Lesson
from lstm_viz.ui.pages.lessons.results import Result, counted

_LOOK = """\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f27; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 1.6rem 0 0.2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; margin: 0.4rem 0; }
dt { color: #5b6472; } dd { margin: 0; } .said { color: #5b6472; }
"""


def hand_in(lesson: Lesson, found: list[Result], name: str = "") -> str:
    """The file."""
    by = f"<p>By {escape(name.strip())}</p>" if name.strip() else ""
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{escape(lesson.title)}</title>'
        f"<style>{_LOOK}</style><h1>{escape(lesson.title)}: predictions</h1>{by}"
        f"<p>{escape(counted(lesson, found))}</p>"
        + "".join(map(_question, found))
        + f'<p class="said">Lesson {escape(lesson.name or lesson.title)}, version {escape(lesson.digest)}.</p></html>\n'
    )


def _question(result: Result) -> str:
    line = "solid; dashed, as it was drawn" if result.predicted else "solid"
    so = line if result.picture else result.so or "not answered yet"
    return (
        f"<h2>{result.at}. {escape(result.title)}</h2><p>{escape(result.asked)}</p>"
        f"<dl><dt>Predicted</dt><dd>{escape(result.predicted) or 'nothing'}</dd>"
        f"<dt>It was</dt><dd>{escape(so)}</dd></dl>{result.picture}"
        f'<p class="said">{escape(result.said)}</p>'
    )
