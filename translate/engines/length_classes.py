"""Inputs of like length together, and how long their answers may become.

Inputs of like length are decoded under one limit, so that the limit of a short one does not depend
on a long one beside it.
"""

from collections.abc import Mapping, Sequence

from translate.engines.hypotheses import ModelInput

_LENGTH_CLASSES = (16, 32, 64, 128, 256, 512)
# Hardly a language needs twice the tokens of another; what runs longer is a loop.
_MAX_RATIO = 2
_SPARE_TOKENS = 8


def by_length(inputs: Sequence[ModelInput]) -> Mapping[int, list[int]]:
    """The numbers of the inputs, by the longest length of their class."""
    classes: dict[int, list[int]] = {}
    for number, given in enumerate(inputs):
        size = len(given.tokens)
        longest = next((limit for limit in _LENGTH_CLASSES if size <= limit), size)
        classes.setdefault(longest, []).append(number)
    return classes


def longest_answer(longest: int) -> int:
    """How many tokens an input of a class may be answered with."""
    return _MAX_RATIO * longest + _SPARE_TOKENS
