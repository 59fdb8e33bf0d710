"""SubRip (SRT), read and written through pysrt, whose only home this is.

pysrt leaves malformed blocks out without a word, reads ``01,42`` as 42 ms and takes a missing cue
number in its stride. So every block is held against the format before pysrt sees it, and
counted afterwards. pysrt never touches a path, and its line ends are always given.
"""

import re
from collections.abc import Sequence
from io import StringIO
from typing import ClassVar

import pysrt

from subtitles.cues import Subtitle
from subtitles.formats.blocks import Block, blocks_of, read_rows, read_span, writable_rows
from subtitles.formats.malformed import MalformedSubtitleError

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
    """SubRip: numbers, ``HH:MM:SS,mmm`` times, rows, a blank line."""

    extension: ClassVar[str] = "srt"

    def encode(self, subtitles: Sequence[Subtitle]) -> str:
        """The file's text, numbered from 1, LF line ends, no byte order mark.

        Raises:
            UnwritableSubtitleError: for a subtitle without text or time.
        """
        items = pysrt.SubRipFile(eol="\n")
        for number, subtitle in enumerate(subtitles, 1):
            rows = writable_rows(subtitle, number, _NAME)
            text = _ARROW.sub("--\u2060\\1>", "\n".join(rows))
            span = subtitle.span
            items.append(pysrt.SubRipItem(number, span.start_ms, span.end_ms, text))
        out = StringIO()
        items.write_into(out, eol="\n")
        return out.getvalue()

    def decode(self, text: str) -> tuple[Subtitle, ...]:
        """The file's subtitles, in the file's order; a file without any block has none.

        Raises:
            MalformedSubtitleError: names the first line that is not as the format has it.
        """
        return tuple(_subtitle(block) for block in blocks_of(text, _NAME))


def _subtitle(block: Block) -> Subtitle:
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
    span = read_span(item.start.ordinal, item.end.ordinal, _NAME, block.line + 1)
    text = _JOINED_ARROW.sub(r"--\1>", item.text)
    return Subtitle(span, read_rows(text.split("\n"), _NAME, block.line))
