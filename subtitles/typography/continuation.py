"""The ellipsis of a sentence that runs from one cue to the next.

Styles as the published guides have them: 0 nothing, but "…" at the end of the first cue before a
pause; 1 as 0, and "…" at the start of the second; 2 both at every split. A sentence that on-screen
text interrupts has both in every style (General Requirements, article 215758617).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from subtitles.cues import Cue
from subtitles.span import gap_ms
from subtitles.typography.marked import Edit, MarkedText, Rule

PAUSE_MS = 2000
"""From this pause on a split sentence is marked (General Requirements, article 215758617)."""

_MARK = "…"
_CLOSERS = "\"'”’»›“‘«)]}」』】）〉》 \u00a0"
_ENDINGS = frozenset(".!?…。！？；;؟۔।॥｡．:：♪♫-–—~～")
_COMMAS = frozenset(",،、，")
# A text without full stops (a song sheet, Thai) cannot tell which sentences are split.
_LEAST_SHARE_OF_STOPS = 0.2
_ENGLISH_I = re.compile(r"I(?:['’]|\b)")

Style = Literal[0, 1, 2]


def continuation_rule(
    cues: Sequence[Cue],
    marked: MarkedText,
    style: Style,
    is_interrupted: Sequence[bool],
    *,
    english: bool,
) -> Rule:
    """Marks between the dialogue cues of a track.

    Marks are added where they are missing and never taken away: one that the style does not ask
    for may as well be somebody trailing off, or taking up the word of somebody else.

    Args:
        cues: Those with speech, in order.
        marked: Their texts.
        style: Of the language.
        is_interrupted: For each cue but the last, whether on-screen text comes after it.
        english: Whether "I" is written with a capital anywhere in a sentence.
    """
    pauses = [_pause_ms(one, other) for one, other in pairwise(cues)]

    def rule(bare: str) -> Iterator[Edit]:
        spans = [marked.span_of(number) for number in range(len(cues))]
        ends = [_last_place(bare, start, end) for start, end in spans]
        stops = [bare[end - 1 : end] in _ENDINGS for end in ends]
        if sum(stops) < _LEAST_SHARE_OF_STOPS * len(stops):
            return
        for number, (one, other) in enumerate(pairwise(spans)):
            if stops[number] and bare[ends[number] - 1] != _MARK:
                continue
            sides = (_Side(bare, one[0], ends[number]), _Side(bare, other[0], ends[number + 1]))
            wanted = _wanted(style, pauses[number], interrupted=is_interrupted[number])
            yield from _between(*sides, wanted, pauses[number], english=english)

    return rule


def _last_place(bare: str, start: int, end: int) -> int:
    """The end of a cue's text, closing marks and spaces aside."""
    while end > start and (bare[end - 1] in _CLOSERS or bare[end - 1].isspace()):
        end -= 1
    return end


class _Side:
    """One cue at a split: its text, where that starts and where it ends."""

    __slots__ = ("bare", "end", "ends", "has_words", "marked", "start", "starts")

    def __init__(self, bare: str, start: int, end: int) -> None:
        self.bare, self.start, self.end = bare, start, end
        self.ends = bare[end - 1 : end] if end > start else ""
        text = bare[start:end]
        self.has_words = any(one.isalpha() for one in text)
        self.marked = text.startswith(_MARK)
        self.starts = bare[start + self.marked : start + self.marked + 1]

    @property
    def goes_on(self) -> bool:
        """Whether it may continue a sentence: it starts with a word.

        Of two speakers the first may have lost the dash to the language's style: then only a small
        letter or a mark tells.
        """
        if not (self.has_words and self.starts.isalpha()):
            return False
        has_turns = "\n-" in self.bare[self.start : self.end]
        return self.marked or not has_turns or self.starts.islower()


def _wanted(style: Style, pause_ms: int, *, interrupted: bool) -> tuple[bool, bool]:
    """Whether a split is marked at the end of the first cue, and at the start of the second."""
    if interrupted or style == 2:  # noqa: PLR2004 - the style's own number
        return True, True
    is_pause = pause_ms >= PAUSE_MS
    return is_pause, is_pause and style == 1


def _between(
    one: _Side, other: _Side, wanted: tuple[bool, bool], pause_ms: int, *, english: bool
) -> Iterator[Edit]:
    if not (one.has_words and other.goes_on and _is_split(one, other, pause_ms, english=english)):
        return
    at_end, at_start = wanted
    if at_end and one.ends != _MARK:
        yield Edit(one.end - (one.ends in _COMMAS), one.end, _MARK, leans_back=True)
    if at_start and not other.marked:
        yield Edit(other.start, other.start, _MARK)


def _is_split(one: _Side, other: _Side, pause_ms: int, *, english: bool) -> bool:
    """Whether a sentence runs from one cue to the other, as far as text and pause tell."""
    starts_low = other.starts.islower()
    if one.ends == _MARK:
        return starts_low
    if one.ends in _ENDINGS:
        return False
    if other.marked or starts_low or not other.starts.isupper() or pause_ms < PAUSE_MS:
        return True
    return english and bool(_ENGLISH_I.match(other.bare, other.start))


def _pause_ms(one: Cue, other: Cue) -> int:
    """Silence between two cues: between their words where they are known."""
    return gap_ms(one.speech or one.span, other.speech or other.span)
