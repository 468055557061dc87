"""A trace as a live page: shown in a notebook, or written to a file."""

from dataclasses import dataclass
from functools import cache
from html import escape
from os import PathLike
from pathlib import Path
from typing import IO

from lstm_viz.analysis.ordering import UNIT_ORDERS, orders_for
from lstm_viz.arguments import choice, expect, given
from lstm_viz.cells import NOTATIONS
from lstm_viz.figures.arguments import Labels, flag, place_of, run_of
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.live_page.answers import Answer, tokens_of
from lstm_viz.live_page.assets import joined, style
from lstm_viz.live_page.document import document, made_by
from lstm_viz.live_page.recorded import Choices, recorded
from lstm_viz.tasks import Model
from lstm_viz.trace import LayerTrace, Trace, pages

LARGEST = 256 * 2**20
"""Bytes of numbers that a file may hold before they are compressed."""
_HEIGHT = 900
"""Pixels of a page in a notebook until it says how high it is."""
_ENTRY = "pages/gates/recorded.js"
_OPENS = """\
import { build } from "./page.js";
import { openRecorded } from "../../live/recorded_file.js";
openRecorded("gates", build);
"""
# The page tells its height, for a notebook cannot look into a frame that may not look out.
_FRAME = """\
<iframe class="lstm-viz" title="{title}" sandbox="allow-scripts" srcdoc="{page}" \
style="display:block;width:100%;height:{height}px;border:0"></iframe>\
<script>window.addEventListener("message", ({{ source, data }}) => {{ if (data && data.lstmVizHeight > 0) \
for (const frame of document.querySelectorAll("iframe.lstm-viz")) if (frame.contentWindow === source) \
frame.style.height = data.lstmVizHeight + "px"; }});</script>"""


@dataclass(frozen=True, eq=False)
class LivePage:
    """A live page, which a notebook shows where this is the last line of a cell; `save` writes it to a file.

    Attributes
    ----------
    html : the whole page, which needs nothing else
    title : what it is called

    Examples
    --------
    >>> import io, lstm_viz
    >>> page = lstm_viz.show(lstm_viz.load_model("counting").trace("aaabbb"))
    >>> page
    LivePage(LSTM: 12 units, 6 steps: ... bytes; in a notebook it shows itself, save(file) writes it)
    >>> page.save(io.StringIO())
    """

    html: str
    title: str

    def __repr__(self) -> str:
        return f"LivePage({self.title}: {len(self.html):,} bytes; in a notebook it shows itself, save(file) writes it)"

    def _repr_html_(self) -> str:
        return _FRAME.format(title=escape(self.title), page=escape(self.html), height=_HEIGHT)

    def save(self, file: str | PathLike[str] | IO[str]) -> None:
        """Write it to a path, or to a file that is open for writing text."""
        write(self.html, file)


def show(
    trace: Trace | LayerTrace,
    *,
    model: Model | None = None,
    layer: int = 0,
    direction: str = "forward",
    step: int | None = None,
    unit: int = 0,
    order: str = "similarity",
    notation: str = "pytorch",
    own_scale: bool = False,
    labels: Labels = None,
    title: str = "",
) -> LivePage:
    """Gates over time of a run, live: heatmaps, lines and the arithmetic of a cell, all linked.

    In a notebook the page shows itself where this stands on the last line of a cell; `Trace.to_html` writes it to a
    file, which opens in any recent browser, from a disk or an e-mail, with no server and no network.

    Parameters
    ----------
    trace : the run to show, all its layers in a menu; or a layer of one
    model : the network that made the trace, such as `lstm_viz.load_model` gives, to show what it says after every step
    layer, direction : the layer that it opens on
    step, unit : the place that it opens on; the last step if None
    order : of the units, one of "similarity", "index" and "forget_gate"
    notation : of the symbols, one of `lstm_viz.cells.NOTATIONS`
    own_scale : whether each unit's candidate and states have a scale of their own
    labels : T token labels; the run's own by default, of a layer the step numbers
    title : of the page, "" for the cell's name and the sizes

    Raises
    ------
    ValueError
        for a layer, step, unit, order or notation that does not exist, labels that are not one a step, and a run too
        large for a file.
    TypeError
        for what is no trace, and options of another kind.

    Notes
    -----
    Past 240 steps a column is the mean of several, as in the app. The file holds every number of up to 4 MB a layer; of
    more, the means, and each column's first step with all its numbers.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> page = show(lstm_viz.trace(torch.nn.LSTM(3, 8), torch.randn(5, 3)), unit=2)
    >>> page.title
    'LSTM: 8 units, 5 steps'
    """
    chosen, tokens = run_of(trace, labels, layer=layer, direction=direction)
    layers, notes = (trace.layers, trace.notes) if isinstance(trace, Trace) else ((chosen,), ())
    expect(title, str, "title", "a text")
    at = len(tokens) - 1 if step is None else place_of(step, "step", len(tokens), "the run has")
    choices = Choices(
        layer=chosen.index,
        direction=chosen.direction,
        step=at,
        unit=place_of(unit, "unit", chosen.units, "the layer has"),
        order=_order(order, chosen),
        notation=choice(notation, "notation", NOTATIONS),
        own_scale=flag(own_scale, "own_scale"),
    )
    said = None if model is None else _answer(model, trace)
    header, arrays = recorded(layers, tokens, choices, notes, said)
    if (size := sum(array.nbytes for array in arrays.values())) > LARGEST:
        raise ValueError(
            f"trace: its page would hold {size:,} bytes of numbers; the limit is {LARGEST:,}. "
            f"Give one of its {len(layers)} layers, such as trace.layers[0]"
        )
    name = title or header["words"]["header"]["menu"]["question"].removesuffix(".")
    return LivePage(
        document(_script(), _style(), header, arrays, title=name, heading=title, made=f"Made by {made_by()}."), name
    )


def _answer(model: Model, trace: Trace | LayerTrace) -> Answer:
    """What a network says in a run of its own."""
    expect(model, Model, "model", "the Model that made the trace, such as load_model gives, or None")
    expect(trace, Trace, "trace", "with a model the whole Trace, from which its output layer reads")
    assert isinstance(trace, Trace)
    try:
        answer = Answer(model, trace, tokens_of(model, trace), TokenAxis.of(trace.labels))
        answer.numbers()
    except ValueError as error:
        raise ValueError(f"model: does not fit the trace: {error}") from error
    return answer


def _order(order: str, layer: LayerTrace) -> str:
    """One of the orders, if it applies to the cell."""
    cell = layer.definition
    if choice(order, "order", UNIT_ORDERS) not in orders_for(cell):
        raise ValueError(
            f"order: {given(order)} does not apply to {cell.title}; choose {' or '.join(orders_for(cell))}"
        )
    return order


@cache
def _script() -> str:
    return joined(_ENTRY, {_ENTRY: _OPENS})


@cache
def _style() -> str:
    return style("pages/gates/page.js", "live/recorded_file.js")


def write(html: str, file: str | PathLike[str] | IO[str]) -> None:
    """Write a page to a path, or to a file that is open for writing text."""
    if isinstance(file, (str, PathLike)):
        if not str(file) or "\0" in str(file):
            raise ValueError(f"file: got {given(str(file))}; expected the path of a file, such as 'run.html'")
        Path(file).write_text(html, encoding="utf-8")
    elif hasattr(file, "write"):
        file.write(html)
    else:
        raise TypeError(f"file: got {given(file)}; expected a path, or a file that is open for writing text")


pages.made_by(show)
