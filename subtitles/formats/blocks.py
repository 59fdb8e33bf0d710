"""What SRT and WebVTT share: blocks of lines between blank lines, and clean rows to write."""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from subtitles.cues import Subtitle
from subtitles.formats.malformed import MalformedSubtitleError, UnwritableSubtitleError
from subtitles.plain_text import clean_row, clean_rows
from subtitles.span import InvalidSpanError, Span

_LOG = logging.getLogger(__name__)

MAX_BLOCK_CHARS = 10_000
"""A block longer than this is no subtitle but a file that lost its blank lines."""

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
    for number, row in enumerate(_lines(text), 1):
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


def _lines(text: str) -> Iterator[str]:
    """Lines without their ends, found one by one: the file may be large."""
    start = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    for end in _LINE_END.finditer(text, start):
        yield text[start : end.start()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def read_span(start_ms: int, end_ms: int, format_name: str, line: int) -> Span:
    """The span of a block; MalformedSubtitleError unless it takes time."""
    try:
        span = Span(start_ms, end_ms)
    except InvalidSpanError as error:
        raise MalformedSubtitleError(format_name, line, "it ends before it starts") from error
    if not span.duration_ms:
        raise MalformedSubtitleError(format_name, line, "it is shown for no time at all")
    return span


def read_rows(rows: Sequence[str], format_name: str, line: int) -> tuple[str, ...]:
    """The text of a block, as clean rows; MalformedSubtitleError when nothing is left."""
    clean = tuple(row for row in map(clean_row, rows) if row)
    if not clean:
        raise MalformedSubtitleError(format_name, line, "it has no text")
    return clean


def writable_rows(subtitle: Subtitle, number: int, format_name: str) -> tuple[str, ...]:
    """The rows of a subtitle as any file can hold them.

    What would end a row or block is taken out (see `clean_row`) with a warning in the log.

    Raises:
        UnwritableSubtitleError: without any text or time.
    """
    if not subtitle.span.duration_ms:
        raise UnwritableSubtitleError(format_name, number, "it is shown for no time at all")
    rows = tuple(row for line in subtitle.lines for row in clean_rows(line))
    if not rows:
        raise UnwritableSubtitleError(format_name, number, "it has no text")
    if rows != subtitle.lines:
        _LOG.warning(
            "subtitle %d: characters that no %s file can hold were replaced", number, format_name
        )
    return rows
