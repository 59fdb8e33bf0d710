"""Cutting a text that is too long for an engine, at the places that hurt least."""

import re
from collections.abc import Callable, Set
from itertools import accumulate, pairwise

from subtitles.counting import clusters

_ENDS = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[。！？｡]+[」』”’）]*\s*")
_CLAUSES = re.compile(r"[;:—–]\s+|[；：]\s*")
_COMMAS = re.compile(r"[,،]\s+|[，、]\s*")
_SPACES = re.compile(r"\s+")

# What a worse kind of place costs, as a share of the text's length away from its middle: a comma
# a quarter off the middle still beats a bare space in it.
_COST_BY_KIND = ((_ENDS, 0.0), (_CLAUSES, 0.05), (_COMMAS, 0.1), (_SPACES, 0.35))
_PREFERRED_BONUS = 0.15
# Nearer to an end than this the shorter piece would be a scrap without context.
_MIN_SHARE = 0.1
# A clause has a verb: some two words, or as many signs of a script without spaces.
_MIN_CLAUSE_CHARS = 10


def cut_points(
    text: str, fits: Callable[[str], bool], *, preferred: Set[int] = frozenset()
) -> tuple[int, ...]:
    """Positions at which to cut so that every piece fits; empty when the whole text does.

    Cuts come after sentence ends rather than clauses, clauses rather than commas, commas rather
    than spaces, near the middle, and never inside a character with its accents. ``preferred``
    positions (such as cue borders) win among equals. ``fits`` must hold for every single
    character, and for any part of a text for which it holds.
    """
    cuts: list[int] = []
    waiting = [(0, len(text))]
    while waiting:
        start, end = waiting.pop()
        piece = text[start:end]
        if fits(piece):
            continue
        inside = frozenset(place - start for place in preferred if start < place < end)
        middle = _best_cut(piece, inside)
        if middle is None:
            continue
        cuts.append(start + middle)
        waiting += [(start, start + middle), (start + middle, end)]
    return tuple(sorted(cuts))


def pieces_within(
    text: str, fits: Callable[[str], bool], *, preferred: Set[int] = frozenset()
) -> tuple[str, ...]:
    """The text cut at `cut_points`; joined they give the text again."""
    borders = (0, *cut_points(text, fits, preferred=preferred), len(text))
    return tuple(text[start:end] for start, end in pairwise(borders))


def clauses_of(text: str) -> tuple[str, ...]:
    """The text cut wherever a sentence, a clause or a comma ends; joined they give it again.

    What would be a scrap, such as the "Well," that opens a sentence, stays with what follows it,
    and at the end with what precedes it.
    """
    ends = {
        match.end() for pattern in (_ENDS, _CLAUSES, _COMMAS) for match in pattern.finditer(text)
    }
    borders = [0]
    for end in sorted(ends):
        if min(end - borders[-1], len(text) - end) >= _MIN_CLAUSE_CHARS:
            borders.append(end)
    return tuple(text[start:end] for start, end in pairwise((*borders, len(text))))


def _best_cut(piece: str, preferred: Set[int]) -> int | None:
    costs: dict[int, float] = {}
    for pattern, kind_cost in _COST_BY_KIND:
        for match in pattern.finditer(piece):
            costs.setdefault(match.end(), kind_cost)
    for place in preferred:
        costs[place] = costs.get(place, _COST_BY_KIND[-1][1]) - _PREFERRED_BONUS
    lowest = len(piece) * _MIN_SHARE
    ranked = [
        (cost + abs(place / len(piece) - 0.5), place)
        for place, cost in costs.items()
        if lowest <= place <= len(piece) - lowest
        and 0 < place < len(piece)
        and len(clusters(piece[place - 1 : place + 1])) > 1  # no accent on the space
    ]
    return min(ranked)[1] if ranked else _middle_character(piece)


def _middle_character(piece: str) -> int | None:
    """The border between two whole characters nearest to the middle; None when there is none."""
    ends = accumulate(len(cluster) for cluster in clusters(piece))
    places = [place for place in ends if place < len(piece)]
    return min(places, key=lambda place: abs(place - len(piece) // 2), default=None)
