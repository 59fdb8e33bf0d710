"""What a recogniser doubts, in one line."""

from collections import Counter
from collections.abc import Sequence

from subtitles.doubts import INVENTED, MISSED, DoubtfulSpan

_FOREIGN = "in another language"
_KINDS = ("probably missed", "probably invented", _FOREIGN)


def doubts_text(doubts: Sequence[DoubtfulSpan]) -> str:
    """``3 stretches to listen to: 2 probably missed, 1 probably invented``."""
    counts = Counter(_kind(doubtful) for doubtful in doubts)
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if counts[kind])
    stretches = "1 stretch" if len(doubts) == 1 else f"{len(doubts)} stretches"
    return f"{stretches} to listen to: {kinds}"


def _kind(doubtful: DoubtfulSpan) -> str:
    weightiest = doubtful.doubts[0]
    if weightiest in MISSED:
        return "probably missed"
    return "probably invented" if weightiest in INVENTED else _FOREIGN
