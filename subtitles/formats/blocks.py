"""What SRT and WebVTT share: blocks of lines between blank lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from subtitles.formats.malformed import MalformedSubtitleError

MAX_BLOCK_CHARS = 10_000
"""A block longer than this is no subtitle but a file that lost its blank lines."""

MAX_FILE_CHARS = 20_000_000
"""Formats that are parsed as a whole are not read beyond this: a long film in its largest format,
TTML, has about one million."""

BYTE_ORDER_MARK = "\ufeff"
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines that are not blank; ``line`` is the number of the first, from 1."""

    line: int
    rows: tuple[str, ...]


def blocks_of(text: str, format_name: str) -> Iterator[Block]:
    """The file's blocks, one at a time, so that a bad one early in a long file fails early.

    A byte order mark at the start is left out; line ends may be LF, CRLF or CR.

    Raises:
        MalformedSubtitleError: for a NUL character, or a block beyond any reason.
    """
    rows: list[str] = []
    length = 0
    for number, row in lines_of(text):
        if not row.strip():
            if rows:
                yield Block(number - len(rows), tuple(rows))
                rows, length = [], 0
            continue
        rows.append(row)
        length += len(row)
        if "\0" in row:
            raise MalformedSubtitleError(format_name, number, "this is no text file")
        if length > MAX_BLOCK_CHARS:
            why = f"a block of more than {MAX_BLOCK_CHARS} characters without a blank line"
            raise MalformedSubtitleError(format_name, number, why)
    if rows:
        yield Block(number - len(rows) + 1, tuple(rows))


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, without their ends, found one by one: the file may be large."""
    start = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    number = 1
    for end in _LINE_END.finditer(text, start):
        yield number, text[start : end.start()]
        start, number = end.end(), number + 1
    if start < len(text):
        yield number, text[start:]


def require_sane_size(text: str, format_name: str) -> None:
    """MalformedSubtitleError for a text beyond `MAX_FILE_CHARS`."""
    if len(text) > MAX_FILE_CHARS:
        why = f"{len(text)} characters are no subtitle file (limit {MAX_FILE_CHARS})"
        raise MalformedSubtitleError(format_name, 1, why)
