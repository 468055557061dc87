"""The rules of texts: what an edit is compared with, where a text opens, and what becomes of one in another unit."""

from typing import Any

from lstm_viz.analysis.change.alignment import Alignment
from lstm_viz.sources import Source
from lstm_viz.tasks.degrees import rewritten
from lstm_viz.tasks.readers import Reading
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.settings.kinds import NUMBER_LIMIT
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import source_of
from lstm_viz.ui.views.view import View

Changes = dict[str, Any]


def edited(settings: Settings, text: str, rules: Rules) -> tuple[Changes, bool]:
    """What changes with the text, and whether that goes on with the edit under way."""
    view = View.of(settings)
    source, old, new = view.source, view.reading, view.source.read(text)
    change = source.align(old.tokens, new.tokens)
    goes_on = settings.before is not None and same_edit(source, source.read(settings.before), old, change)
    keeps = goes_on or (rules.lasting_comparison and settings.before is not None)
    changes: Changes = {"text": text, "before": settings.before if keeps else old.text}
    if not change.is_identity and new.tokens:
        # The chosen step goes along with the word that is typed.
        changes["step"] = min(change.after_span[1] or 1, len(new.tokens)) - 1
    return changes, goes_on


def same_edit(source: Source, before: Reading, current: Reading, change: Alignment) -> bool:
    """Whether a change of the current text stays within the tokens by which that differs from the one before."""
    under_way = source.align(before.tokens, current.tokens)
    if change.is_identity:
        return True
    if under_way.is_identity:
        return False
    (start, stop), (first, last) = under_way.after_span, change.before_span
    # Two empty spans at one place are the same place: a word was deleted there, and another one is begun.
    return start <= first < last <= stop or (start, stop) == (first, last)


def opened(settings: Settings, rules: Rules) -> Changes:
    """Where a text opens that was chosen rather than typed: nothing was edited, and one looks where most is to see."""
    view = View.of(settings)
    if view.trace is None:
        return {"before": None}
    step, unit = view.source.telling_cell(view.reading, view.place)
    return {
        "before": None,
        "step": NUMBER_LIMIT if rules.opens_at_end else step,
        "unit": unit,
        "source": NUMBER_LIMIT,
    }


def in_degrees(settings: Settings, after: Settings) -> Changes:
    """The same texts of numbers, written in the unit that was chosen."""
    old, new = source_of(settings), source_of(after)
    texts = {"text": View(old, settings).text, "before": settings.before}
    return {name: text if text is None else rewritten(text, old.model, new.model) for name, text in texts.items()}
