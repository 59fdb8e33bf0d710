"""WebVTT, written and read here: the format of browsers."""

import html
import logging
import re
from collections.abc import Sequence
from typing import ClassVar

from subtitles.cues import Subtitle
from subtitles.formats.blocks import Block, blocks_of, read_rows, read_span, writable_rows
from subtitles.formats.malformed import MalformedSubtitleError

_LOG = logging.getLogger(__name__)
_NAME = "WebVTT"
_TIME = r"(?:([0-9]{2,6}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
# Blocks that show nothing: comments, style sheets, regions.
_SILENT = re.compile(r"(?:NOTE(?:[ \t].*)?|STYLE[ \t]*|REGION[ \t]*)")

# The three tags that SRT has, too; everything else that looks like a tag is text while writing.
_KEPT_TAG = re.compile(r"(</?[ibu]>)")
_TAG = re.compile(r"<[^<>]*>")


class VttFormat:
    """WebVTT: a header, ``HH:MM:SS.mmm`` times, escaped rows, a blank line."""

    extension: ClassVar[str] = "vtt"

    def encode(self, subtitles: Sequence[Subtitle]) -> str:
        """The file's text, LF line ends, no byte order mark.

        ``&``, ``<`` and ``>`` are escaped, but for the tags of italics, bold and underline.

        Raises:
            UnwritableSubtitleError: for a subtitle without text or time.
        """
        blocks = ["WEBVTT\n"]
        for number, subtitle in enumerate(subtitles, 1):
            rows = "\n".join(map(_escaped, writable_rows(subtitle, number, _NAME)))
            start, end = _stamp(subtitle.span.start_ms), _stamp(subtitle.span.end_ms)
            blocks.append(f"{start} --> {end}\n{rows}\n")
        return "\n".join(blocks)

    def decode(self, text: str) -> tuple[Subtitle, ...]:
        """The file's subtitles, in the file's order.

        Comments are left out. Style sheets, regions, cue settings and tags other than italics, bold
        and underline are left out with a warning in the log: a `Subtitle` cannot hold them.

        Raises:
            MalformedSubtitleError: names the first line that is not as the format has it.
        """
        blocks = blocks_of(text, _NAME)
        header = next(blocks, None)
        if header is None or header.line != 1 or not _HEADER.fullmatch(header.rows[0]):
            raise MalformedSubtitleError(_NAME, 1, "expected WEBVTT on the first line")
        if any("-->" in row for row in header.rows):
            raise MalformedSubtitleError(_NAME, 2, "expected a blank line after the header")
        found = (_subtitle(block) for block in blocks if not _is_silent(block))
        return tuple(found)


def _is_silent(block: Block) -> bool:
    if not _SILENT.fullmatch(block.rows[0]) or any("-->" in row for row in block.rows):
        return False
    if not block.rows[0].startswith("NOTE"):
        _LOG.warning("WebVTT, line %d: a %s block is left out", block.line, block.rows[0].strip())
    return True


def _subtitle(block: Block) -> Subtitle:
    """A cue block: times first, or an identifier and then times."""
    rows, line = block.rows, block.line
    if "-->" not in rows[0]:
        rows, line = rows[1:], line + 1
    times = _TIMES.fullmatch(rows[0].strip()) if rows else None
    if times is None:
        why = "expected times such as 00:01.000 --> 00:02.500"
        raise MalformedSubtitleError(_NAME, line, why)
    for offset, row in enumerate(rows[1:], 1):
        if "-->" in row:
            why = "an arrow inside the text: is a blank line missing before this cue?"
            raise MalformedSubtitleError(_NAME, line + offset, why)
    if times[9]:
        _LOG.warning("WebVTT, line %d: cue settings are left out", line)
    span = read_span(_ms(*times.groups()[:4]), _ms(*times.groups()[4:8]), _NAME, line)
    return Subtitle(span, read_rows([_plain(row, line) for row in rows[1:]], _NAME, line))


def _plain(row: str, line: int) -> str:
    """A row with its characters unescaped, its known tags kept and its other tags left out."""
    parts = _KEPT_TAG.split(row)
    without = [part if _KEPT_TAG.fullmatch(part) else _TAG.sub("", part) for part in parts]
    if parts != without:
        _LOG.warning("WebVTT, line %d: tags that change only the looks are left out", line)
    return html.unescape("".join(without))


def _escaped(row: str) -> str:
    return "".join(
        part if _KEPT_TAG.fullmatch(part) else html.escape(part, quote=False)
        for part in _KEPT_TAG.split(row)
    )


def _ms(hours: str | None, minutes: str, seconds: str, milliseconds: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(milliseconds)


def _stamp(instant_ms: int) -> str:
    seconds, milliseconds = divmod(instant_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
