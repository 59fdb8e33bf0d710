"""Text under typographic rules: tags lifted off, cue borders kept, edits applied to the rest.

A rule sees bare text, so that nothing it does can reach inside a tag, and the text of a whole track
at once, so that a sentence or a quotation may run through several cues.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

# Every tag of SRT and WebVTT with its classes and annotations, WebVTT's karaoke times, and
# Advanced SubStation overrides. Anything else in angle brackets is dialogue.
TAG = re.compile(
    r"</?(?:font|lang|ruby|rt|[ibuscv])(?:[. \t][^<>\n]*)?>|<\d[\d:.]*>|\{\\[^{}\n]*\}",
    re.IGNORECASE,
)

CUE_BORDER = "\x1e"
"""Stands between two cues in the bare text; a row ends with a line feed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start…end of the bare text become ``new``.

    Attributes:
        start: First character replaced.
        end: Character after the last one; ``start`` for an insertion.
        new: What stands there instead.
        leans_back: An insertion belongs to what stands before it: ``word…</i>``. Otherwise to what
            follows: ``<i>¿word``.
    """

    start: int
    end: int
    new: str
    leans_back: bool = False


Rule = Callable[[str], Iterable[Edit]]
"""What a bare text needs; edits in order, apart from each other, none across a row's end."""


class MarkedText:
    """The texts of several cues, ready for rules; mutable while they are applied."""

    __slots__ = ("_borders", "_originals", "_tags", "bare")

    def __init__(self, texts: Sequence[str]) -> None:
        parts: list[str] = []
        self._tags: list[tuple[int, str]] = []
        self._originals = texts
        self._borders: list[int] = []
        length = 0
        for text in texts:
            if parts:
                self._borders.append(length)
                length += len(CUE_BORDER)
            bare = self._lifted(text, length) if "<" in text or "{" in text else text
            parts.append(bare)
            length += len(bare)
        self.bare = CUE_BORDER.join(parts)

    def _lifted(self, text: str, offset: int) -> str:
        """The text without tags, which are noted at their places."""
        kept: list[str] = []
        cursor = 0
        for tag in TAG.finditer(text):
            kept.append(text[cursor : tag.start()])
            offset += tag.start() - cursor
            cursor = tag.end()
            self._tags.append((offset, tag.group()))
        return "".join(kept) + text[cursor:]

    def apply(self, rule: Rule) -> bool:
        """Do what the rule asks for; whether there was anything to do."""
        edits = [edit for edit in rule(self.bare) if self.bare[edit.start : edit.end] != edit.new]
        if not edits:
            return False
        parts: list[str] = []
        cursor = 0
        for edit in edits:
            parts += (self.bare[cursor : edit.start], edit.new)
            cursor = edit.end
        self.bare = "".join(parts) + self.bare[cursor:]
        shift = _Shift(edits)
        self._borders = [shift.after(place) for place in self._borders]
        self._tags = [(shift.of_tag(place), tag) for place, tag in self._tags]
        return True

    def cue_at(self, place: int) -> int:
        """Number of the cue that the character at ``place`` belongs to."""
        return bisect_left(self._borders, place)

    def span_of(self, number: int) -> tuple[int, int]:
        """Where a cue's bare text starts and ends."""
        start = self._borders[number - 1] + 1 if number else 0
        end = self._borders[number] if number < len(self._borders) else len(self.bare)
        return start, end

    def texts(self) -> tuple[str, ...]:
        """The cues' texts as they are now, tags put back."""
        edges = (-1, *self._borders, len(self.bare))
        found: list[str] = []
        tag_number = 0
        for before, end in pairwise(edges):
            cursor = before + 1
            if tag_number == len(self._tags) or self._tags[tag_number][0] > end:
                found.append(self.bare[cursor:end])
                continue
            parts: list[str] = []
            while tag_number < len(self._tags) and self._tags[tag_number][0] <= end:
                place, tag = self._tags[tag_number]
                parts += (self.bare[cursor:place], tag)
                cursor = place
                tag_number += 1
            found.append("".join(parts) + self.bare[cursor:end])
        return tuple(found)


class _Shift:
    """Where places of the old text are in the new one."""

    __slots__ = ("_deltas", "_edits", "_starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._deltas = [
            0,
            *accumulate(len(edit.new) - (edit.end - edit.start) for edit in edits),
        ]

    def after(self, place: int) -> int:
        """Of a character that no edit touches; insertions before it push it on."""
        return place + self._deltas[bisect_right(self._starts, place)]

    def of_tag(self, place: int) -> int:
        """Of a gap between characters: outside of what was replaced, beside what was inserted."""
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return place
        edit, before = self._edits[number], self._deltas[number]
        if edit.start == place and not edit.leans_back:
            return place + before
        if place < edit.end or edit.start == place:
            return edit.start + before + len(edit.new)
        return place + self._deltas[number + 1]


def line_start(bare: str, place: int) -> bool:
    """Whether a row starts at ``place``."""
    return place == 0 or bare[place - 1] in "\n\x1e"


def line_end(bare: str, place: int) -> bool:
    """Whether a row ends before ``place``."""
    return place == len(bare) or bare[place] in "\n\x1e"
