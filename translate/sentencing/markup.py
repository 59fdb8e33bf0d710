"""Styling inside a cue: taken off before translation, put back after it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.sentencing.solid import solid_places

# The tags that SRT and WebVTT know, with their classes and annotations; anything else in angle
# brackets ("a < b", "<3", a script tag) is dialogue and stays.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>i|b|u|s|font|c|v|lang|ruby|rt)(?:[.\s][^<>\n]*)?>", re.IGNORECASE
)
# Advanced SubStation overrides, such as {\an8} for the top of the picture.
_OVERRIDE = re.compile(r"\{\\[^{}\n]*\}")
_POSITION = re.compile(r"\{\\an?\d{1,2}\}")
_MARK = re.compile(f"{_TAG.pattern}|{_OVERRIDE.pattern}", re.IGNORECASE)

_RESTORABLE = ("i", "b", "u")
"""Tags that are put back; the others are colours, fonts and voices of players."""


@dataclass(frozen=True, slots=True)
class StyledStretch:
    """A tag on a part of a cue.

    Attributes:
        name: ``i``, ``b`` or ``u``.
        start: First character it holds for, counted without white space.
        end: The one after the last.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCue:
    r"""The rows of a cue without styling, and the styling that held for all of them.

    Attributes:
        lines: The rows as a viewer reads them; may be empty when a cue held nothing but tags.
        tags: Names of the tags around every letter and digit, outermost first.
        position: A position override such as ``{\an8}``, else empty.
        partly: Tags around some of the letters, each name's in order and apart.
        dropped: How many tags there are that nothing can be said about in another language.
    """

    lines: tuple[str, ...]
    tags: tuple[str, ...] = ()
    position: str = ""
    partly: tuple[StyledStretch, ...] = ()
    dropped: int = 0

    def styled(self, rows: Sequence[str]) -> tuple[str, ...]:
        """Put the cue's styling around translated rows."""
        opening = self.position + "".join(f"<{tag}>" for tag in self.tags)
        closing = "".join(f"</{tag}>" for tag in reversed(self.tags))
        styled = list(rows)
        styled[0] = opening + styled[0]
        styled[-1] += closing
        return tuple(styled)


def plain_cue(lines: Sequence[str]) -> PlainCue:
    """Take the styling off a cue's rows."""
    text = "\n".join(lines)
    plain, spans = _without_tags(text)
    position = _POSITION.search(text)
    visible = [index for index, character in enumerate(plain) if not character.isspace()]
    lettered = [index for index in visible if plain[index].isalnum()] or visible
    covering = [
        name
        for name in _RESTORABLE
        if visible and all(_covers(spans, name, index) for index in lettered)
    ]
    dropped = sum(1 for name, *_ in spans if name not in _RESTORABLE)
    rows = (" ".join(row.split()) for row in plain.split("\n"))
    return PlainCue(
        lines=tuple(row for row in rows if row),
        tags=tuple(covering),
        position=position.group() if position else "",
        partly=tuple(_partly(plain, spans, covering)),
        dropped=dropped + _lost_overrides(text, position),
    )


def _without_tags(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks, and each tag's (name, start, end) in that text."""
    kept: list[str] = []
    length = cursor = 0
    opened: list[tuple[str, int]] = []
    spans: list[tuple[str, int, int]] = []
    for mark in _MARK.finditer(text):
        kept.append(text[cursor : mark.start()])
        length += mark.start() - cursor
        cursor = mark.end()
        name = (mark.group("name") or "").lower()
        if name and not mark.group("close"):
            opened.append((name, length))
        elif name:
            start = _closed(opened, name)
            if start is not None:
                spans.append((name, start, length))
    kept.append(text[cursor:])
    length += len(text) - cursor
    # A tag that is never closed holds to the end of the cue, as players show it.
    spans += [(name, start, length) for name, start in opened]
    return "".join(kept), spans


def _closed(opened: list[tuple[str, int]], name: str) -> int | None:
    """Take the innermost open tag of that name off the list and return where it began."""
    for index in range(len(opened) - 1, -1, -1):
        if opened[index][0] == name:
            return opened.pop(index)[1]
    return None


def _covers(spans: Sequence[tuple[str, int, int]], name: str, index: int) -> bool:
    return any(tag == name and start <= index < end for tag, start, end in spans)


def _partly(
    plain: str, spans: Sequence[tuple[str, int, int]], covering: Sequence[str]
) -> Iterator[StyledStretch]:
    """The tags that hold for a part, those of one name that touch made one."""
    places = solid_places(plain)
    for name in _RESTORABLE:
        start = end = -1
        for first, last in sorted((places[a], places[b]) for tag, a, b in spans if tag == name):
            if name in covering or first == last:
                continue
            if first > end >= 0:
                yield StyledStretch(name, start, end)
            if first > end:
                start = first
            end = max(end, last)
        if end >= 0:
            yield StyledStretch(name, start, end)


def _lost_overrides(text: str, position: re.Match[str] | None) -> int:
    overrides = len(_OVERRIDE.findall(text))
    return overrides - (1 if position else 0)
