"""Which heard word stands for which word of a reference: the only home of ``jiwer``."""

from collections.abc import Sequence
from dataclasses import dataclass

import jiwer


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Two rows of tokens side by side, with the fewest errors (Levenshtein).

    Attributes:
        in_place: Per token of the reference the index of the heard one in its place, equal or
            another; None where nothing was heard for it.
        equal: Per token of the reference whether it was heard as it is.
        insertions: Heard tokens that stand for none of the reference.
    """

    in_place: tuple[int | None, ...]
    equal: tuple[bool, ...]
    insertions: int

    @property
    def deletions(self) -> int:
        """Tokens of the reference for which nothing was heard."""
        return self.in_place.count(None)

    @property
    def substitutions(self) -> int:
        """Tokens for which another was heard."""
        return len(self.equal) - sum(self.equal) - self.deletions


def align(reference: Sequence[str], heard: Sequence[str]) -> Alignment:
    """Put what was heard beside what was said.

    Args:
        reference: Tokens without white space, none empty; may be no tokens at all.
        heard: The same.
    """
    places: list[int | None] = [None] * len(reference)
    equal = [False] * len(reference)
    if reference and heard:
        output = jiwer.process_words(" ".join(reference), " ".join(heard))
        for chunk in output.alignments[0]:
            if chunk.type in {"equal", "substitute"}:
                pairs = zip(
                    range(chunk.ref_start_idx, chunk.ref_end_idx),
                    range(chunk.hyp_start_idx, chunk.hyp_end_idx),
                    strict=True,
                )
                for one, other in pairs:
                    places[one], equal[one] = other, chunk.type == "equal"
    paired = sum(place is not None for place in places)
    return Alignment(in_place=tuple(places), equal=tuple(equal), insertions=len(heard) - paired)
