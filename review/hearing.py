"""How sure the recogniser was of each word, and which words of a cue's heard text are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from subtitles.span import Span

UNSURE_PERCENT = 75
"""Words below are marked; a reviewer can switch the marks off."""

VERY_UNSURE_PERCENT = 40
"""Words below are marked more strongly."""

_BESIDE_MS = 400
"""Cues are timed to be read: words begin a little before them or end after them."""

_TOKENS = re.compile(r"\S+")
_SIGNS = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWord:
    """One word as it was recognised.

    Attributes:
        text: Verbatim.
        span: On the film's own clock.
        percent: How likely it is, says the recogniser, 0…100.
        doubts: Names of what else speaks against it (`subtitles.doubts.Doubt`).
        speaker: Label of who says it; empty when nobody knows.
    """

    text: str
    span: Span
    percent: int
    doubts: tuple[str, ...] = ()
    speaker: str = ""

    @property
    def is_unsure(self) -> bool:
        """Whether somebody should listen to it."""
        return self.percent < UNSURE_PERCENT or bool(self.doubts)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsureWord:
    """A word of a cue's text that somebody should listen to.

    Attributes:
        start: Where it begins in the text, in characters.
        end: Where it ends.
        heard: What was recognised there.
    """

    start: int
    end: int
    heard: HeardWord


def unsure_words(text: str, span: Span, heard: Sequence[HeardWord]) -> tuple[UnsureWord, ...]:
    """The words of a cue that were not surely heard, in order.

    Args:
        text: What was heard, as a cue: with its own punctuation, casing, breaks and tags.
        span: Of the cue.
        heard: Of the film, in order; those of other times are passed over.
    """
    near = [
        word
        for word in heard
        if word.span.start_ms < span.end_ms + _BESIDE_MS
        and word.span.end_ms > span.start_ms - _BESIDE_MS
    ]
    places = [match for match in _TOKENS.finditer(text) if bare(match[0])]
    spelled = [bare(word.text) for word in near]
    matcher = SequenceMatcher(a=[bare(place[0]) for place in places], b=spelled, autojunk=False)
    found = []
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            place, word = places[block.a + step], near[block.b + step]
            if word.is_unsure:
                found.append(UnsureWord(start=place.start(), end=place.end(), heard=word))
    return tuple(found)


def bare(word: str) -> str:
    """Letters and digits alone, whatever their case: what typography leaves of a word."""
    return _SIGNS.sub("", re.sub(r"<[^>]*>", "", word)).casefold()
