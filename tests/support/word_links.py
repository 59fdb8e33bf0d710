"""Which words of human translations belong together, learnt from the pairs themselves.

References have no attention; this is the simplest alignment that can stand in for it: a lexical
table by expectation maximisation, with a prior that words keep their place in the sentence.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from translate.translator import Link

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ROUNDS = 4
# How fast a word's chance falls with its distance from where it should stand, of the sentence's
# length; the usual setting of aligners with such a prior.
_STEEPNESS = 4.0
_LEAST = 1e-6

Lines = Iterable[tuple[str, str]]


class WordLinks:
    """A lexical table from one language into another."""

    def __init__(self, lines: Lines) -> None:
        pairs = [(_keys(one), _keys(other)) for one, other in lines]
        self._table: dict[str, dict[str, float]] = {}
        for _ in range(_ROUNDS):
            self._table = self._better(pairs)

    def links(self, source: str, target: str) -> tuple[Link, ...]:
        """For each word of the target that is known, where in the source it most likely comes from.

        The weight is how sure that is, against all other words of the source.
        """
        said, shown = list(_WORD.finditer(source)), list(_WORD.finditer(target))
        keys = [word.group().lower() for word in said]
        found: list[Link] = []
        for place, word in enumerate(shown):
            chances = self._chances(keys, word.group().lower(), place / len(shown))
            total = sum(chances)
            if total > _LEAST * len(said):
                best = max(range(len(said)), key=chances.__getitem__)
                found.append(Link(word.span(), said[best].span(), chances[best] / total))
        return tuple(found)

    def _better(self, pairs: Iterable[tuple[list[str], list[str]]]) -> dict[str, dict[str, float]]:
        """One round: counts by the chances so far, and chances by these counts."""
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for said, shown in pairs:
            for place, word in enumerate(shown):
                chances = self._chances(said, word, place / len(shown))
                total = sum(chances)
                for key, chance in zip(said, chances, strict=True):
                    counts[key][word] += chance / total
        return {
            key: {word: count / sum(row.values()) for word, count in row.items()}
            for key, row in counts.items()
        }

    def _chances(self, said: Sequence[str], word: str, where: float) -> list[float]:
        known = self._table
        return [
            (known.get(key, {}).get(word, _LEAST) if known else 1.0)
            * math.exp(-_STEEPNESS * abs(number / len(said) - where))
            for number, key in enumerate(said)
        ]


def _keys(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
