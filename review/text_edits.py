"""How many characters people changed, and how alike two texts are: the home of ``rapidfuzz``."""

from rapidfuzz.distance import Levenshtein


def changed_chars(before: str, after: str) -> int:
    """Characters put in, taken out or replaced; the least that lead from one text to the other."""
    return Levenshtein.distance(before, after)


def likeness(one: str, other: str) -> float:
    """1 for the same text, 0 for texts that have nothing in common."""
    return Levenshtein.normalized_similarity(one, other)
