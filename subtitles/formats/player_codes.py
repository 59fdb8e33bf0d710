r"""The codes of other formats that players take from SRT text, such as ``{\an8}`` for the top."""

import re

from subtitles.cues import Position
from subtitles.formats.document import Notes

TOP_CODE = "{\\an8}"

_CODES = re.compile(r"\{(\\[^{}\n]*)\}")
_ALIGNMENT = re.compile(r"\\an?([0-9]{1,2})")
_STYLE = re.compile(r"\\([ibu])([01])")
# A brace before a backslash starts a code. A word joiner between the two keeps it text; one more is
# added to those already there, so that reading can take exactly one out.
_BRACE = re.compile("\\{(\u2060*)\\\\")
_JOINED_BRACE = re.compile("\\{\u2060(\u2060*)\\\\")
# Numpad positions of ``\an``; the older ``\a`` is long out of use.
_TOP = frozenset({"7", "8", "9"})
_CENTRED = frozenset({"2", "8"})


def without_codes(text: str) -> str:
    """Text in which no player finds a code; `read_codes` gives it back."""
    return _BRACE.sub("{\u2060\\1\\\\", text)


def read_codes(text: str, line: int, notes: Notes) -> tuple[str, Position]:
    """The text with its codes read: position and i/b/u styles; others are left out and remarked."""
    position = Position.BOTTOM
    left_out: list[str] = []

    def read(code: re.Match[str]) -> str:
        nonlocal position
        found = _ALIGNMENT.fullmatch(code[1])
        if found:
            position = Position.TOP if found[1] in _TOP else Position.BOTTOM
            if found[1] not in _CENTRED or not code[1].startswith("\\an"):
                left_out.append(code[0])
            return ""
        styles = _STYLE.findall(code[1])
        if "".join(f"\\{letter}{on}" for letter, on in styles) == code[1]:
            return "".join(f"<{'' if on == '1' else '/'}{letter}>" for letter, on in styles)
        left_out.append(code[0])
        return ""

    plain = _CODES.sub(read, text)
    if left_out:
        notes.remark(line, f"codes that only some players know are left out: {left_out[0][:40]}")
    return _JOINED_BRACE.sub("{\\1\\\\", plain), position
