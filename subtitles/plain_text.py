"""Making hostile or untidy text fit to stand in a cue: one row at a time, or free text."""

import re

# Control characters, line and paragraph separators: they would end a row or a block in some player.
_CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029]")
# Half a character: cannot be written as UTF-8. Non-characters: XML refuses them.
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
# No-break spaces (U+00A0, U+202F) and the ideographic space are letters of their trade: they stay.
_SPACES = re.compile("[ \u1680\u2000-\u200a\u205f]+")
_NO_BREAK_RUN = re.compile("([\u00a0\u202f\u3000])[ \u00a0\u202f\u3000]+")
_ROW_END = re.compile("\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]")


def clean_row(text: str) -> str:
    """One row that every file format can hold; a clean row comes back unchanged.

    Control characters and line separators become spaces, broken characters U+FFFD, and spaces at
    both ends go. Bidi controls stay: they are legal, and the checks report them.
    """
    return without_controls(text).strip()


def without_controls(text: str) -> str:
    """As `clean_row`, but spaces at both ends stay."""
    return _BROKEN.sub("\ufffd", _CONTROLS.sub(" ", text))


def clean_text(text: str) -> str:
    """Free text on one row: as `clean_row`, and runs of spaces become their first."""
    return _NO_BREAK_RUN.sub(r"\1", _SPACES.sub(" ", clean_row(text)))


def clean_rows(text: str) -> tuple[str, ...]:
    """Text typed over several rows, such as from a form: clean, blank rows left out."""
    rows = (clean_row(row) for row in _ROW_END.split(text))
    return tuple(row for row in rows if row)


def has_forbidden_characters(text: str) -> bool:
    """Whether `clean_row` would have to replace a character."""
    return bool(_CONTROLS.search(text) or _BROKEN.search(text))
