"""SubRip (SRT), read and written through pysrt, whose only home this is.

pysrt leaves malformed blocks out without a word, reads ``01,42`` as 42 ms and takes a missing cue
number in its stride. So every block is held against the format before pysrt sees it, and
counted afterwards. pysrt never touches a path, and its line ends are always given.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import ClassVar

import pysrt

from subtitles.cues import Position, Subtitle
from subtitles.formats.blocks import Block, blocks_of
from subtitles.formats.document import DecodedFile, Notes, SubtitleDocument
from subtitles.formats.entries import Entry, mended_subtitles, strict_subtitles, writable_rows
from subtitles.formats.loose_blocks import loose_srt_blocks
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.player_codes import TOP_CODE, read_codes, without_codes

_NAME = "SRT"
_NUMBER = re.compile(r"[0-9]{1,9}")
_TIMES = re.compile(
    r"[0-9]{1,6}:[0-5][0-9]:[0-5][0-9][,.][0-9]{3}[ \t]*-->[ \t]*"
    r"[0-9]{1,6}:[0-5][0-9]:[0-5][0-9][,.][0-9]{3}"
)
# SRT has no way to escape an arrow. A word joiner inside, which takes no room, keeps players from
# taking the row for a time line; one more is added to those already there, so that reading can
# take exactly one out.
_ARROW = re.compile("--(\u2060*)>")
_JOINED_ARROW = re.compile("--\u2060(\u2060*)>")


class SrtFormat:
    r"""SubRip: numbers, ``HH:MM:SS,mmm`` times, rows, a blank line.

    Tags stay as they stand. The position is the players' convention ``{\an8}``; any other text in
    such braces is kept from being taken for a code. There is no place for language or title.
    """

    name: ClassVar[str] = _NAME
    extension: ClassVar[str] = "srt"
    readable: ClassVar[bool] = True

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """See `SubtitleFormat.carried`."""
        return SubtitleDocument(
            subtitles=tuple(
                replace(subtitle, lines=writable_rows(subtitle, number, _NAME))
                for number, subtitle in enumerate(document.subtitles, 1)
            )
        )

    def encode(self, document: SubtitleDocument) -> str:
        """See `SubtitleFormat.encode`; numbered from 1."""
        items = pysrt.SubRipFile(eol="\n")
        for number, subtitle in enumerate(self.carried(document).subtitles, 1):
            span = subtitle.span
            items.append(pysrt.SubRipItem(number, span.start_ms, span.end_ms, _coded(subtitle)))
        out = StringIO()
        items.write_into(out, eol="\n")
        return out.getvalue()

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        """See `SubtitleFormat.decode`; a file without any block has no subtitles."""
        notes = Notes()
        if repair:
            loose = loose_srt_blocks(text, _NAME, notes)
            entries = (_entry(block, notes) for block in loose)
            return notes.file_of(
                SubtitleDocument(subtitles=mended_subtitles(entries, _NAME, notes))
            )
        blocks = _numbered(blocks_of(text, _NAME), notes)
        subtitles = strict_subtitles((_entry(block, notes) for block in blocks), _NAME, notes)
        return notes.file_of(SubtitleDocument(subtitles=subtitles))


def _coded(subtitle: Subtitle) -> str:
    text = _ARROW.sub("--\u2060\\1>", without_codes("\n".join(subtitle.lines)))
    return TOP_CODE + text if subtitle.position is Position.TOP else text


def _numbered(blocks: Iterator[Block], notes: Notes) -> Iterator[Block]:
    """The blocks, the first number out of sequence remarked."""
    told = False
    for expected, block in enumerate(blocks, 1):
        number = block.rows[0].strip()
        if not told and _NUMBER.fullmatch(number) and int(number) != expected:
            notes.remark(block.line, f"the numbers do not run from 1: {number} is no. {expected}")
            told = True
        yield block


def _entry(block: Block, notes: Notes) -> Entry:
    rows = [row.strip() for row in block.rows]
    if not _NUMBER.fullmatch(rows[0]):
        why = "expected a cue number (a stray blank line inside a cue looks like this, too)"
        raise MalformedSubtitleError(_NAME, block.line, why)
    if len(rows) == 1 or not _TIMES.fullmatch(rows[1]):
        why = "expected times such as 00:00:01,000 --> 00:00:02,500 and nothing else"
        raise MalformedSubtitleError(_NAME, block.line + 1, why)
    for offset, row in enumerate(rows[2:], 2):
        if "-->" in row:
            why = "an arrow inside the text: is a blank line missing before this cue?"
            raise MalformedSubtitleError(_NAME, block.line + offset, why)
    items = list(pysrt.SubRipFile.stream(rows, error_handling=pysrt.SubRipFile.ERROR_RAISE))
    if len(items) != 1:
        raise MalformedSubtitleError(_NAME, block.line, "pysrt does not see one cue here")
    item = items[0]
    text, position = read_codes(item.text, block.line, notes)
    return Entry(
        line=block.line,
        times_line=block.line + 1,
        start_ms=item.start.ordinal,
        end_ms=item.end.ordinal,
        rows=tuple(_JOINED_ARROW.sub(r"--\1>", text).split("\n")),
        position=position,
    )
