"""How alike two sentences are, as translators count it: exact, or a match of so many per cent."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from math import ceil, floor

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from subtitles.meaning.figures import missing_numbers
from translate.memory.bigrams import BigramSieve

FUZZY_THRESHOLD = 0.70
"""Below it a match costs a translator more time than it saves: the trade's usual lower limit."""

MIN_FUZZY_CHARS = 10
"""Sentences shorter than this match exactly or not at all: "Yes." and "Yet." are 75 % alike."""

_BEST_FUZZY = 0.99
# Another number is another fact, and the one that a reader is most likely to pass over.
_NUMBER_PENALTY = 0.10
# What differs in capitals alone: a shout, or the beginning of a row.
_CASE_PENALTY = 0.01
# Candidates are sorted again once penalties are known.
_LOOKED_AT_PER_HIT = 4
_SAME_SIGNS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‘’‚‛ʼ′＇", "'"),
        **dict.fromkeys("‐‑–—―−", "-"),
        "…": "...",
        **dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff\u00ad", ""),
    }
)


def match_key(text: str) -> str:
    """The same for texts that differ in white space, and in how signs are printed.

    Signs are quotation marks, dashes and ellipses; invisible marks count as nothing.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME_SIGNS).split())


class FuzzyIndex:
    """Finds the sentences of a memory that are most like another."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Sort them by length, since texts of very different length are never alike.

        Args:
            keys: As `match_key` makes them, each once.
        """
        pairs = sorted(((key.casefold(), key) for key in keys), key=lambda pair: len(pair[0]))
        self._folded = [folded for folded, _ in pairs]
        self._keys = [key for _, key in pairs]
        self._lengths = [len(folded) for folded in self._folded]
        self._sieve = BigramSieve(self._folded)

    def best(self, key: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Keys and how alike they are, `FUZZY_THRESHOLD` to 0.99, the most alike first.

        The measure is one less the share of characters that have to be put in, taken out or
        replaced, capitals and small letters alike; numbers that differ cost `_NUMBER_PENALTY`. The
        key itself is not among them.

        Args:
            key: Of the sentence looked for.
            limit: How many are wanted.
        """
        folded = key.casefold()
        if len(folded) < MIN_FUZZY_CHARS:
            return ()
        first = bisect_left(self._lengths, ceil(len(folded) * FUZZY_THRESHOLD))
        last = bisect_right(self._lengths, floor(len(folded) / FUZZY_THRESHOLD))
        places = tuple(self._sieve.passing(folded, first, last))
        found = process.extract(
            folded,
            [self._folded[place] for place in places],
            scorer=Levenshtein.normalized_similarity,
            processor=None,
            score_cutoff=FUZZY_THRESHOLD,
            limit=_LOOKED_AT_PER_HIT * limit,
        )
        near = ((self._keys[places[number]], score) for _, score, number in found)
        scored = sorted(_penalised(key, near), key=lambda hit: (-hit[1], hit[0]))
        return tuple(scored[:limit])


def _penalised(key: str, near: Iterator[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Those that are still alike enough after penalties, without the key itself."""
    for other, score in near:
        if other == key:
            continue
        differs = missing_numbers(key, other) or missing_numbers(other, key)
        penalty = (_NUMBER_PENALTY if differs else 0.0) + (_CASE_PENALTY if score == 1 else 0.0)
        alike = min(score - penalty, _BEST_FUZZY)
        if alike >= FUZZY_THRESHOLD:
            yield other, round(alike, 3)
