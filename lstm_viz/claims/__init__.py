"""Claims as study notes make them, each checked by a computation and a figure."""

from collections.abc import Mapping

from lstm_viz.claims import attention, conventions, gates, long_range, parity, parts
from lstm_viz.claims.claim import VERDICTS, Claim, Finding

TOPICS: Mapping[str, tuple[Claim, ...]] = {
    "What a gate does": gates.CLAIMS,
    "Which part does what": parts.CLAIMS,
    "Gradients and long memory": long_range.CLAIMS,
    "Attention, and what came after the LSTM": attention.CLAIMS + parity.CLAIMS,
    "Counting and conventions": conventions.CLAIMS,
}
"""What they are about → the claims, in the order in which they are shown."""
CLAIMS: tuple[Claim, ...] = tuple(claim for claims in TOPICS.values() for claim in claims)

__all__ = ["CLAIMS", "TOPICS", "VERDICTS", "Claim", "Finding"]
