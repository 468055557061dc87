"""What is said of the next character: how far what came was expected, and what is expected of open brackets."""

import re

import numpy as np

from lstm_viz.analysis.seen import Seen, still_open
from lstm_viz.tasks.points import Came, LineEnd
from lstm_viz.tasks.readers.reader import positions
from lstm_viz.words.alike import alike
from lstm_viz.words.answers import given_to_what_came, probability
from lstm_viz.words.phrases import count, quoted
from lstm_viz.words.points.labels import SURE
from lstm_viz.words.points.said import Said, capital


def came(point: Came, seen: Seen) -> Said:
    """What the characters that a pattern finds had been given, one step before each came."""
    text = "".join(seen.tokens)
    places = [place for match in re.finditer(point.pattern, text) for place in range(*match.span(1))]
    given = given_to_what_came(seen.values, (positions(seen.tokens, seen.model.vocabulary) - 1).tolist())[places]
    least, mean = float(np.nanmin(given)), float(np.nanmean(given))
    each, lowest = capital(point.each), probability(least)
    if len(places) == 1:
        return Said(f"{each} had been given {lowest} before it came.", f"{each} had been given", lowest)
    if least >= SURE:
        sentence = f"{each} had been given {lowest}{'' if lowest.startswith('over') else ' or more'} before it came."
    else:
        hardest = quoted(seen.tokens[places[int(np.nanargmin(given))]])
        sentence = f"{each} had been given {probability(mean)} on average before it came; {hardest} least, {lowest}."
    return Said(sentence, f"{each} had been given, on average", probability(mean))


def line_end(point: LineEnd, seen: Seen) -> Said:
    """Whether the network takes the line for ended while brackets are open."""
    step = seen.tokens.index(point.at)
    left = int(still_open([token if token in "()" else "" for token in seen.tokens])[step])
    share = float(seen.values[step, seen.model.labels.index("\n")])
    verdict = "it does not count brackets" if not alike(share, 0) else "it does not expect one"
    sentence = (
        f"After the first {quoted(point.at)}, {count(left, 'bracket')} are still open: the statement is not over. The "
        f"network gives the line end {probability(share)}; {verdict}."
    )
    return Said(sentence, f"The line end after the first {quoted(point.at)}", probability(share))
