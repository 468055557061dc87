"""What a view needs that is its reader's own and not in this session: what is said of it, and where it is to be had."""

from dataclasses import dataclass, field

import streamlit as st

from lstm_viz.sources.own import described
from lstm_viz.tasks.uploaded import NAME as UPLOADED
from lstm_viz.ui.bridge import session, trainings, uploads
from lstm_viz.ui.navigation import WATCH, YOUR_MODEL
from lstm_viz.ui.settings.link import to_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.settings.shared import NAMED_BY
from lstm_viz.ui.views.chosen import lacks_own, own_source
from lstm_viz.words.phrases import count


@dataclass(frozen=True)
class Missing:
    """Something that is not here.

    Attributes
    ----------
    said : what it is, and what to do, as plain text
    page : where that is done, by its name in ``pages/``
    label : of the link there
    query : of that link, beside the page
    """

    said: str
    page: str
    label: str
    query: dict[str, str] = field(default_factory=dict)


def missing(settings: Settings | None = None) -> Missing | None:
    """What the settings, by default the session's, ask for that this session does not have; None for nothing."""
    settings = session.settings() if settings is None else settings
    if not lacks_own(settings):
        return None
    asked = getattr(settings, NAMED_BY[settings.task])
    if settings.task == UPLOADED:
        said = described(asked) or "a file of its reader’s"
        return Missing(uploads.MISSING.format(said=said), YOUR_MODEL, "Open the file on the page “Your model”")
    # What only training needs is not loaded with every page.
    from lstm_viz.learning import Plan

    said = "the link does not say which"
    if asked:
        plan = Plan.read(asked)
        said = f"{plan.said}, after {count(plan.updates, 'update')}"
    # The view goes along, so that it is there when the network is.
    query = {**to_query(settings), **({"watch": asked} if asked else {})}
    return Missing(trainings.MISSING.format(said=said), WATCH, "Train it again on the page “Watch it learn”", query)


def ask_for(what: Missing, before: str = "") -> None:
    """Say it, and show the way; before: a sentence that comes first."""
    st.info(session.plain(f"{before} {what.said}".strip()))
    st.page_link(f"pages/{what.page}.py", label=f"**{what.label} →**", query_params=what.query or None)


def not_here(why: str) -> None:
    """On a page that shows none of the reader's own networks while one is on show elsewhere: say why."""
    source = own_source(session.settings())
    if source is not None:
        st.caption(session.plain(f"“{source.task.title}”, your own network, is not shown here: {why}"))
