"""Styling inside a cue: taken off before translation, put back around the whole cue after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
"""Tags that may be put around a whole translated cue; the others belong to single words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCue:
    r"""The rows of a cue without styling, and the styling that held for all of them.

    Attributes:
        lines: The rows as a viewer reads them; may be empty when a cue held nothing but tags.
        tags: Names of the tags around every visible character, outermost first.
        position: A position override such as ``{\an8}``, else empty.
        dropped: How many tags applied to a part of the cue only, and so cannot be put back.
    """

    lines: tuple[str, ...]
    tags: tuple[str, ...] = ()
    position: str = ""
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
    covering = [
        name
        for name in _RESTORABLE
        if visible and all(_covers(spans, name, index) for index in visible)
    ]
    dropped = sum(1 for name, *_ in spans if name not in covering)
    rows = (" ".join(row.split()) for row in plain.split("\n"))
    return PlainCue(
        lines=tuple(row for row in rows if row),
        tags=tuple(covering),
        position=position.group() if position else "",
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


def _lost_overrides(text: str, position: re.Match[str] | None) -> int:
    overrides = len(_OVERRIDE.findall(text))
    return overrides - (1 if position else 0)
