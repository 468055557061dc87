"""How colours look: Oklab (Ottosson 2020), in which equal distances look about equal, and WCAG's contrast ratio."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def linear_rgb(colours: Sequence[str]) -> Floats:
    """``["#ff8000", …]`` → (n, 3) light intensities from 0 to 1."""
    values = np.array([[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in colours]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def to_bytes(linear: Floats) -> NDArray[np.uint8]:
    """Light intensities (…, 3) → sRGB values 0 … 255; what a screen cannot show is clipped."""
    linear = np.clip(linear, 0, 1)
    values = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(255 * values).astype(np.uint8)


def to_hex(linear: Floats) -> list[str]:
    """Light intensities (n, 3) → ``["#ff8000", …]``."""
    return [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in to_bytes(linear).tolist()]


def oklab(linear: Floats) -> Floats:
    """Light intensities (…, 3) → lightness from 0 to 1 and two axes of hue (…, 3)."""
    return np.cbrt(linear @ _TO_CONES.T) @ _TO_OKLAB.T


def from_oklab(values: Floats) -> Floats:
    """The inverse of `oklab`."""
    return (values @ np.linalg.inv(_TO_OKLAB).T) ** 3 @ np.linalg.inv(_TO_CONES).T


def blend(colours: Sequence[str], steps: int) -> list[str]:
    """`steps` colours along the straight lines in Oklab that join the given ones, evenly spaced between each two."""
    stops = oklab(linear_rgb(colours))
    at = np.linspace(0, len(stops) - 1, steps)
    return to_hex(from_oklab(np.stack([np.interp(at, np.arange(len(stops)), axis) for axis in stops.T], axis=1)))


def contrast(first: str, second: str) -> float:
    """WCAG's contrast ratio of two colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted(linear_rgb([first, second]) @ _LUMINANCE)
    return float((lighter + 0.05) / (darker + 0.05))
