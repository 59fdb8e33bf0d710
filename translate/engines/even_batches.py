"""Inputs in batches of like size, as many as can be worked on side by side.

An engine that fills batches one after the other leaves a small one at the end, for which all but
one of its threads wait. Here every batch gets an even share.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Batching:
    """How large batches may be.

    Attributes:
        most_tokens: In a batch; one input may be longer by itself.
        least_tokens: Below which a batch is not made smaller only to have more of them.
        at_once: Batches worked on side by side.
    """

    most_tokens: int
    least_tokens: int
    at_once: int


def even_batches(sizes: Mapping[int, int], batching: Batching) -> list[list[int]]:
    """The numbers of inputs in batches, the longest inputs first, those of like length together.

    Args:
        sizes: For each number of an input its tokens, more than none.
        batching: The limits. A batch may exceed ``most_tokens`` by less than one input.
    """
    order = sorted(sizes, key=lambda number: (-sizes[number], number))
    total = sum(sizes.values())
    count = _how_many(total, batching)
    batches: dict[int, list[int]] = {}
    before = 0
    for number in order:
        batches.setdefault(before * count // total, []).append(number)
        before += sizes[number]
    return list(batches.values())


def _how_many(total: int, batching: Batching) -> int:
    """Enough for the limit, then up to a full round of all that work side by side."""
    needed = -(-total // batching.most_tokens)
    rounds = -(-needed // batching.at_once) * batching.at_once
    return max(needed, min(rounds, total // batching.least_tokens), 1)
