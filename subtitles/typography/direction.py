"""Direction marks for players that misplace the punctuation of right-to-left rows.

Only for files that leave the house: the master has none, since TTML says its direction in
attributes and the marks are outside the glyph list that subtitle systems follow (General
Requirements, article 215758617). That players need them is general practice, not a rule.
"""

from collections.abc import Sequence
from typing import Literal

import regex

DirectionMode = Literal["none", "rlm", "embed"]
"""``rlm`` begins each row with U+200F; ``embed`` puts it between U+202B and U+202C."""

_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}--\u200f]", regex.VERSION1)
_OVERRIDES = regex.compile(r"(?:\{\\[^{}]*\})*")
_OPENING = "\u200f\u202b\u2067"
_CLOSING = "\u200f\u202c\u2069"


def with_direction_marks(lines: Sequence[str], mode: DirectionMode) -> tuple[str, ...]:
    r"""The rows with marks; a row without a right-to-left letter stays as it is.

    Marks go inside position overrides such as ``{\an8}``, which must come first in a row. Rows
    that have marks already get those of ``mode`` instead.
    """
    bare = without_direction_marks(lines)
    if mode == "none":
        return bare
    opening, closing = ("\u200f", "") if mode == "rlm" else ("\u202b", "\u202c")
    marked: list[str] = []
    for row in bare:
        overrides, body = _split(row)
        is_marked = _RIGHT_TO_LEFT.search(body)
        marked.append(overrides + opening + body + closing if is_marked else row)
    return tuple(marked)


def without_direction_marks(lines: Sequence[str]) -> tuple[str, ...]:
    """The rows without the marks at their ends, as they come from other systems' files.

    Marks in the middle of a row stay, and so do those of rows without a right-to-left letter.
    """
    bare: list[str] = []
    for row in lines:
        overrides, body = _split(row)
        is_marked = body and (body[0] in _OPENING or body[-1] in _CLOSING)
        if is_marked and _RIGHT_TO_LEFT.search(body):
            bare.append(overrides + body.lstrip(_OPENING).rstrip(_CLOSING))
        else:
            bare.append(row)
    return tuple(bare)


def _split(row: str) -> tuple[str, str]:
    end = _OVERRIDES.match(row).end()
    return row[:end], row[end:]
