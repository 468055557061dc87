"""A drawn prediction and what was so as one small picture, SVG: for the end of a lesson and the file to hand in."""

import base64
import math
from typing import Any

WIDTH, HEIGHT, EDGE = 560, 150, 8
SHOWS = "The line that was drawn, dashed, and the line as it is"


def curves(put: dict[str, Any], given: list[float | None], truth: list[float]) -> str:
    """Both lines over one scale; the prediction is dashed.

    Parameters
    ----------
    put : the question as it was asked
    given, truth : a value for each of its labels
    """
    low, high = (_scaled(put, each) for each in put["range"])

    def height(value: float) -> float:
        return EDGE + (HEIGHT - 2 * EDGE) * (1 - (_scaled(put, value) - low) / (high - low))

    def points(values: list[float | None] | list[float]) -> str:
        across = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
        return " ".join(
            f"{EDGE + k * across:.1f},{height(each):.1f}"
            for k, each in enumerate(values)
            if each is not None and math.isfinite(each)
        )

    line = '<polyline fill="none" stroke="{colour}" stroke-width="2.5" {dash} points="{points}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'style="width:100%;max-width:{WIDTH}px" role="img" '
        f'aria-label="{SHOWS}">'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="none" stroke="#8a93a3"/>'
        + line.format(colour=put["colour"]["light"], dash="", points=points(truth))
        + line.format(colour="#8a93a3", dash='stroke-dasharray="6 4"', points=points(given))
        + "</svg>"
    )


def as_image(picture: str) -> str:
    """A picture as HTML that Streamlit leaves as it is: SVG by itself is taken out of its page."""
    content = base64.b64encode(picture.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{content}" alt="{SHOWS}" style="width:100%;max-width:{WIDTH}px">'


def _scaled(put: dict[str, Any], value: float) -> float:
    return math.log10(max(value, put["range"][0])) if put["scale"] == "log" else value
