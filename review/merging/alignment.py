"""Which source cues of one hearing of a film are which of another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from review.merging.source_cues import SourceCue, content_of
from review.text_edits import likeness

NEAR_MS = 10_000
"""The same words are the same cue if they begin no further apart: the film, and so its clock, is
the same, and only the cutting into cues may have moved them."""

MIN_OVERLAP = 0.6
"""Share of the shorter one's time that two cues have in common to be taken for each other."""

# More than time and likeness are worth together, so that the same words go first.
_SAME_WORDS = 2.0


def aligned(old: Sequence[SourceCue], new: Sequence[SourceCue]) -> Mapping[int, int]:
    """For the places of old cues those of their counterparts; both grow together.

    Cues of the same content near each other are counterparts first, then those that share most of
    their time, the more alike the better. Of all ways to pair cues without crossing, the one of
    most worth is taken; a track beside itself is paired cue by cue.

    Args:
        old: In order of time.
        new: In order of time.
    """
    chains = _Chains(len(new))
    for place, worths in enumerate(_candidates(old, new)):
        chains.add(place, worths)
    return chains.best()


def _candidates(
    old: Sequence[SourceCue], new: Sequence[SourceCue]
) -> Iterator[list[tuple[int, float]]]:
    """For each old cue the new ones that may be its counterpart, each with its worth."""
    starts = [cue.span.start_ms for cue in new]
    longest_ms = max((cue.span.duration_ms for cue in new), default=0)
    contents = [content_of([cue.text]) for cue in new]
    for cue in old:
        content = content_of([cue.text])
        first = bisect_left(starts, cue.span.start_ms - max(NEAR_MS, longest_ms))
        last = bisect_right(starts, max(cue.span.end_ms, cue.span.start_ms + NEAR_MS))
        found = (
            (place, _worth(cue, content, new[place], contents[place]))
            for place in range(first, last)
        )
        yield [(place, worth) for place, worth in found if worth > 0]


def _worth(cue: SourceCue, content: str, other: SourceCue, other_content: str) -> float:
    """How much speaks for two cues being one; 0 when nothing does."""
    apart_ms = abs(cue.span.start_ms - other.span.start_ms)
    if content == other_content and apart_ms <= NEAR_MS:
        return _SAME_WORDS + 1 - apart_ms / NEAR_MS
    shorter_ms = min(cue.span.duration_ms, other.span.duration_ms)
    shared = cue.span.overlap_ms(other.span) / shorter_ms if shorter_ms else 0.0
    return shared + likeness(content, other_content) if shared >= MIN_OVERLAP else 0.0


class _Chains:
    """Pairs in growing order with the greatest worth in all (prefix maxima in a Fenwick tree)."""

    def __init__(self, count: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (count + 1)
        self._pairs: list[
            tuple[int, int, int]
        ] = []  # old place, new place, number of the pair before

    def add(self, old_place: int, worths: Sequence[tuple[int, float]]) -> None:
        """Lengthen chains by one pair with ``old_place``, which is greater than any before."""
        found = [(place, worth, self._before(place)) for place, worth in worths]
        for place, worth, (so_far, before) in found:
            self._pairs.append((old_place, place, before))
            self._put(place, (so_far + worth, len(self._pairs) - 1))

    def best(self) -> dict[int, int]:
        """The chain of greatest worth."""
        _, number = self._before(len(self._best) - 1)
        chain: dict[int, int] = {}
        while number >= 0:
            old_place, place, number = self._pairs[number]
            chain[old_place] = place
        return dict(reversed(chain.items()))

    def _before(self, place: int) -> tuple[float, int]:
        """The best chain that ends before ``place``."""
        found = (0.0, -1)
        while place > 0:
            found = max(found, self._best[place], key=lambda one: one[0])
            place -= place & -place
        return found

    def _put(self, place: int, chain: tuple[float, int]) -> None:
        place += 1
        while place < len(self._best):
            if chain[0] > self._best[place][0]:
                self._best[place] = chain
            place += place & -place
