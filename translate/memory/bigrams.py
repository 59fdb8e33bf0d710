"""Which of many texts can be like another one, told from the pairs of letters they share.

A sentence with a word or two exchanged keeps most of its pairs of neighbouring letters, and one
that says something else has few of them. Counting shared pairs is done for all texts at once: for
each pair there is a number whose bits say which texts have it, and these are added up column by
column. That leaves about one text of a hundred to be compared letter by letter.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

SHARED_PAIRS = 0.5
"""Share of its pairs of letters that a text must have in common with another. Changing three
letters of ten takes away fewer than four pairs of ten where the letters are those of a word, and
up to six where they are strewn over the text, which makes no match that anybody could use."""

# A number for a pair is as long as there are texts; of rare ones only the places are kept.
_FREQUENT = 64


class BigramSieve:
    """The pairs of letters of many texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._places: dict[str, array[int]] = defaultdict(lambda: array("L"))
        self._frequent: dict[str, int] = {}
        self._count = len(texts)
        for place, text in enumerate(texts):
            for pair in _pairs(text):
                self._places[pair].append(place)

    def passing(self, text: str, first: int, last: int) -> Iterator[int]:
        """Places, in order, of the texts that share at least `SHARED_PAIRS` of a text's pairs.

        Args:
            text: What others are compared with.
            first: Place of the first text that counts.
            last: The place after the last one that counts.
        """
        pairs = _pairs(text)
        fewest = ceil(len(pairs) * SHARED_PAIRS)
        everybody = (1 << max(last - first, 0)) - 1
        columns: list[int] = []
        for pair in pairs:
            _add(columns, (self._bits(pair) >> first) & everybody)
        found = bin(_at_least(columns, fewest, everybody))[:1:-1]
        place = found.find("1")
        while place >= 0:
            yield first + place
            place = found.find("1", place + 1)

    def _bits(self, pair: str) -> int:
        if pair in self._frequent:
            return self._frequent[pair]
        places = self._places.get(pair, ())
        row = bytearray(self._count // 8 + 1)
        for place in places:
            row[place >> 3] |= 1 << (place & 7)
        bits = int.from_bytes(row, "little")
        if len(places) > _FREQUENT:
            self._frequent[pair] = bits
        return bits


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _add(columns: list[int], bits: int) -> None:
    """Count one more for every text whose bit is set; ``columns`` are binary digits, ones first."""
    for digit, column in enumerate(columns):
        columns[digit] = column ^ bits
        bits &= column
        if not bits:
            return
    if bits:
        columns.append(bits)


def _at_least(columns: Sequence[int], fewest: int, everybody: int) -> int:
    """The texts that were counted ``fewest`` times or more."""
    if fewest <= 0:
        return everybody
    if fewest.bit_length() > len(columns):
        return 0
    more, same = 0, everybody
    for digit in reversed(range(len(columns))):
        if fewest >> digit & 1:
            same &= columns[digit]
        else:
            more |= same & columns[digit]
            same &= ~columns[digit]
    return more | same
