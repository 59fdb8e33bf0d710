"""Checks of characters, spaces and tags."""

import re
from collections.abc import Iterator

from subtitles.checks.checked import Shown
from subtitles.checks.standard import Standard
from subtitles.findings import Finding
from subtitles.plain_text import has_forbidden_characters
from subtitles.typography.glyphs import unusual_glyphs

_ORDINARY = re.compile(r"[\x20-\x7e\u00a1-\u00ac\u00ae-\u02af\u2013-\u201e\u2026]*")
"""Nothing but characters that break nothing: the quick way for nearly every row."""

OVERRIDES = re.compile("[\u202d\u202e]")
# What stays invisible and is no part of a letter: joiners (U+200C, U+200D) are, in many scripts.
INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]")
# What has a rule of its own.
_SEEN_TO = re.compile(
    f"{INVISIBLE.pattern}|{OVERRIDES.pattern}|[\u0000-\u001f\u007f-\u009f\ud800-\udfff]"
)
DOUBLE_SPACE = re.compile(" {2,}")

_TAG = re.compile(r"<(/?)([iIbBuU]|[fF][oO][nN][tT])(?:[ \t][^<>]*)?>")


def check_characters(cue_id: str, shown: Shown, standard: Standard) -> Iterator[Finding]:
    """What no text of any language may have."""
    blank = sum(not line.strip() for line in shown.lines)
    if blank:
        yield from standard.found("empty-text", cue_id, blank)
    if not all(map(_ORDINARY.fullmatch, shown.lines)):
        yield from _check_unusual(cue_id, shown, standard)
    double = len(DOUBLE_SPACE.findall(shown.text)) if "  " in shown.text else 0
    if double:
        yield from standard.found("double-space", cue_id, double)
    edges = sum(row != row.strip() for row in shown.rows if row.strip())
    if edges:
        yield from standard.found("edge-space", cue_id, edges)
    if "<" in shown.text:
        yield from _check_tags(cue_id, shown.text, standard)


def _check_unusual(cue_id: str, shown: Shown, standard: Standard) -> Iterator[Finding]:
    forbidden = len(OVERRIDES.findall(shown.text)) + sum(
        has_forbidden_characters(char)
        for line in shown.lines
        for char in line
        if not char.isalnum()
    )
    for rule_id, count in (
        ("forbidden-characters", forbidden),
        ("invisible-characters", len(INVISIBLE.findall(shown.text))),
        ("unusual-glyph", len(unusual_glyphs(_SEEN_TO.sub("", shown.text)))),
    ):
        if count:
            yield from standard.found(rule_id, cue_id, count)


def _check_tags(cue_id: str, text: str, standard: Standard) -> Iterator[Finding]:
    """Tags opened and not closed, or the other way round, each kind for itself."""
    opened: dict[str, int] = {}
    unmatched = 0
    for closes, name in _TAG.findall(text):
        kind = name.lower()
        if not closes:
            opened[kind] = opened.get(kind, 0) + 1
        elif opened.get(kind):
            opened[kind] -= 1
        else:
            unmatched += 1
    unmatched += sum(opened.values())
    if unmatched:
        yield from standard.found("tag-mismatch", cue_id, unmatched)
