"""Claims as study notes make them, each checked by a computation and a figure."""

from lstm_viz.claims import conventions, gates, long_range, parts
from lstm_viz.claims.claim import VERDICTS, Claim, Finding

CLAIMS: tuple[Claim, ...] = (*gates.CLAIMS, *parts.CLAIMS, *long_range.CLAIMS, *conventions.CLAIMS)

__all__ = ["CLAIMS", "VERDICTS", "Claim", "Finding"]
