"""From a model's attention to links between the words of a sentence and of its rendering.

Attention says, for each token of the output, where in the input the model looked. Tokens are parts
of words, so rows and columns are added up by word; what went to language and end tokens is left
out and makes the links lighter. A word is linked with the one it looked at most and with those
beside that which got nearly as much.

A word that looked at almost nothing, such as a full stop made after the end of the input was seen,
has no link.

What a converted model gives is the mean over the heads its converter chose, by default the first
head of the last layer alone: a hint, not a fact, and `Link.weight` says how strong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translate.translator import Link

_WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]+")
_NEARLY_AS_MUCH = 0.7
_ALMOST_NOTHING = 0.1

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of an alignment.

    Attributes:
        text: The sentence, or its rendering.
        places: For each token the characters it stands for; empty for a token that stands for none.
        is_spaced: Whether its language parts words by spaces; else every token is its own word.
    """

    text: str
    places: Sequence[Stretch]
    is_spaced: bool

    def words(self) -> list[Stretch]:
        """Its words in order, without space between or within."""
        if self.is_spaced:
            return [match.span() for match in _WORD.finditer(self.text)]
        found = (_trimmed(self.text, place) for place in self.places)
        return [place for place in found if place[0] < place[1]]

    def word_of_token(self, words: Sequence[Stretch]) -> list[int | None]:
        """For each token the number of the word its last character is in, None for none.

        A token of part of a character (a byte) belongs to the word that character is in.
        """
        owner = {at: number for number, word in enumerate(words) for at in range(*word)}
        return [owner.get(end - 1 if end > start else end) for start, end in self.places]


def links(source: Side, target: Side, attention: Sequence[Sequence[float]]) -> tuple[Link, ...]:
    """A link for every word of the target that looked at a word of the source.

    Args:
        source: The sentence; its places are those of the attention's columns.
        target: The rendering; its places are those of the attention's rows.
        attention: How much of each target token went to each source token.
    """
    said, heard = target.words(), source.words()
    shares = [[0.0] * len(heard) for _ in said]
    rows = [0] * len(said)
    column_words = source.word_of_token(heard)
    for word, row in zip(target.word_of_token(said), attention, strict=True):
        if word is None:
            continue
        rows[word] += 1
        share = shares[word]
        for heard_word, weight in zip(column_words, row, strict=True):
            if heard_word is not None:
                share[heard_word] += weight
    found = (
        _link(place, heard, [weight / count for weight in share])
        for place, share, count in zip(said, shares, rows, strict=True)
        if count and heard
    )
    return tuple(link for link in found if link.weight >= _ALMOST_NOTHING)


def _link(target: Stretch, heard: Sequence[Stretch], share: Sequence[float]) -> Link:
    best = max(range(len(share)), key=share.__getitem__)
    least = share[best] * _NEARLY_AS_MUCH
    first = last = best
    while first > 0 and share[first - 1] >= least:
        first -= 1
    while last + 1 < len(share) and share[last + 1] >= least:
        last += 1
    weight = min(1.0, sum(share[first : last + 1]))
    return Link(target=target, source=(heard[first][0], heard[last][1]), weight=weight)


def _trimmed(text: str, place: Stretch) -> Stretch:
    start, end = place
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
