"""The one counter: how wide a row is, and how fast a cue must be read.

Pipeline, checks, reports and the reviewer form count alike: ``counting_vectors.json`` states it as
test vectors, run in Python and in the browser. Widths are multiples of one half.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

import regex

from subtitles.span import MS_PER_SECOND


class CountingRule(StrEnum):
    """How wide one grapheme cluster is.

    GRAPHEME: every cluster is 1 (Latin, Cyrillic, Arabic, Chinese, Thai, Hindi and so on).
    JAPANESE: half-width characters (Latin, digits, space, half-width kana) are 0.5, others 1.
    KOREAN: Hangul and other full-width letters are 1; Latin, spaces and punctuation 0.5.
    """

    GRAPHEME = "grapheme"
    JAPANESE = "japanese"
    KOREAN = "korean"


# Spelled out rather than case-folded, so that a browser's regular expressions agree to the letter.
_TAG = r"</?(?:[iIbBuU]|[fF][oO][nN][tT](?:[ \t][^<>]*)?)>|\{\\[^{}]*\}"
# Control characters, soft hyphen, Arabic letter mark, ZWSP, word joiner, bidi controls, line and
# paragraph separators, byte order mark: none of them takes room on the screen.
_UNSEEN = (
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f"
    "\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)
_NOT_COUNTED = re.compile(f"{_TAG}|{_UNSEEN}")
# Text in which one code point is one cluster and nothing is left out: the quick way.
_PLAIN = re.compile("[ -;=-z|}~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u03ff\u0400-\u0482]*")
_CLUSTER = regex.compile(r"\X")

# By the cluster's first code point.
_HALF_WIDTH = {
    CountingRule.JAPANESE: re.compile("[\u0020-\u024f\uff61-\uffdc\uffe8-\uffee]"),
    CountingRule.KOREAN: re.compile(
        "[\u0020-\u10ff\u2000-\u206f\u3000-\u303f\uff61-\uffdc\uffe8-\uffee]"
    ),
}


def visible_text(text: str) -> str:
    """The text without tags and without characters that take no room."""
    return _NOT_COUNTED.sub("", text)


def clusters(text: str) -> list[str]:
    """Grapheme clusters: what a reader calls characters."""
    found: list[str] = _CLUSTER.findall(text)
    return found


def line_width(text: str, rule: CountingRule) -> float:
    """Width of one row in characters: spaces and punctuation count, tags and line breaks do not."""
    half_width = _HALF_WIDTH.get(rule)
    if half_width is None and _PLAIN.fullmatch(text):
        return float(len(text))
    found = clusters(visible_text(text))
    if half_width is None:
        return float(len(found))
    return sum(0.5 if half_width.match(cluster) else 1.0 for cluster in found)


def text_width(lines: Sequence[str], rule: CountingRule) -> float:
    """Width of all rows together."""
    return sum(line_width(line, rule) for line in lines)


def chars_per_second(lines: Sequence[str], duration_ms: int, rule: CountingRule) -> float:
    """Reading speed of a cue; a duration below one millisecond counts as one."""
    return text_width(lines, rule) * MS_PER_SECOND / max(duration_ms, 1)
