"""WebVTT, written and read here: the format of browsers."""

import html
import re
from collections.abc import Iterator
from typing import ClassVar

from subtitles.cues import Position
from subtitles.formats.blocks import Block, blocks_of, lines_of
from subtitles.formats.document import DecodedFile, Notes, SubtitleDocument
from subtitles.formats.entries import Entry, mended_subtitles, strict_subtitles, styled_subtitle
from subtitles.formats.loose_blocks import VTT, loose_vtt_blocks
from subtitles.formats.loose_times import stamp
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.styled import is_markup, literal, runs_of, tagged
from subtitles.formats.titles import one_row_title, read_language
from subtitles.language import LanguageTag

_NAME = VTT
_TIME = r"(?:([0-9]{2,6}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?")
_HEADER = re.compile(r"WEBVTT(?:[ \t]+(?:-[ \t]+)?(.*))?")
# Blocks that show nothing: comments, style sheets, regions.
_SILENT = re.compile(r"(?:NOTE(?:[ \t].*)?|STYLE[ \t]*|REGION[ \t]*)")
_TOP_SETTING = "line:0"
_LINE_SETTING = re.compile(r"line:([0-9]{1,3})(?:\.[0-9]+)?(%?)(?:,[a-z]+)?")
_TOP_ROWS, _TOP_PERCENT = 7, 50  # the upper half of the fifteen rows, or of the height

_MAX_HEADER_LINES = 50

# The three tags that every format here has, too.
_KEPT_TAG = re.compile(r"(</?[ibu]>)")
_TAG = re.compile(r"<[^<>]*>")


class VttFormat:
    """WebVTT: a header, ``HH:MM:SS.mmm`` times, escaped rows, a blank line.

    The title stands behind ``WEBVTT``, the language in a ``Language:`` line below it, where
    browsers pass over it; the top of the screen is the setting ``line:0``.
    """

    name: ClassVar[str] = _NAME
    extension: ClassVar[str] = "vtt"
    readable: ClassVar[bool] = True

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """See `SubtitleFormat.carried`."""
        subtitles = [
            styled_subtitle(subtitle, number, _NAME)
            for number, subtitle in enumerate(document.subtitles, 1)
        ]
        # An arrow would make the header look like a cue.
        title = one_row_title(document.title).replace("-->", "→")
        return SubtitleDocument(subtitles=tuple(subtitles), language=document.language, title=title)

    def encode(self, document: SubtitleDocument) -> str:
        """See `SubtitleFormat.encode`.

        ``&``, ``<`` and ``>`` are escaped, but for the tags of italics, bold and underline.
        """
        carried = self.carried(document)
        blocks = [_header_of(carried)]
        for subtitle in carried.subtitles:
            start, end = stamp(subtitle.span.start_ms, "."), stamp(subtitle.span.end_ms, ".")
            setting = f" {_TOP_SETTING}" if subtitle.position is Position.TOP else ""
            rows = tagged(runs_of(subtitle.lines), lambda text: html.escape(text, quote=False))
            blocks.append(f"{start} --> {end}{setting}\n{rows}\n")
        return "\n".join(blocks)

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        """See `SubtitleFormat.decode`.

        Comments are left out; style sheets, regions, other settings and tags with a remark.
        """
        notes = Notes()
        if repair:
            header = tuple(row for _, row in _first_lines(text))
            blocks = loose_vtt_blocks(text, _NAME, notes)
            entries = (_entry(block, notes) for block in blocks)
            if not _HEADER.fullmatch(header[0] if header else ""):
                notes.repair(1, "a missing header", header[0] if header else "", "WEBVTT")
                header = ("WEBVTT",)
            subtitles = mended_subtitles(entries, _NAME, notes)
        else:
            found = blocks_of(text, _NAME)
            header = _strict_header(next(found, None))
            cues = (_entry(block, notes) for block in found if not _is_silent(block, notes))
            subtitles = strict_subtitles(cues, _NAME, notes)
        title, language = _read_header(header, notes)
        document = SubtitleDocument(subtitles=subtitles, title=title, language=language)
        return notes.file_of(document)


def _header_of(document: SubtitleDocument) -> str:
    first = f"WEBVTT - {document.title}" if document.title else "WEBVTT"
    return f"{first}\nLanguage: {document.language}\n" if document.language else f"{first}\n"


def _strict_header(block: Block | None) -> tuple[str, ...]:
    if block is None or block.line != 1 or not _HEADER.fullmatch(block.rows[0]):
        raise MalformedSubtitleError(_NAME, 1, "expected WEBVTT on the first line")
    if any("-->" in row for row in block.rows):
        raise MalformedSubtitleError(_NAME, 2, "expected a blank line after the header")
    return block.rows


def _first_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, row in lines_of(text):
        if not row.strip() or "-->" in row or number > _MAX_HEADER_LINES:
            return
        yield number, row


def _read_header(rows: tuple[str, ...], notes: Notes) -> tuple[str, LanguageTag | None]:
    first = _HEADER.fullmatch(rows[0])
    language = None
    for number, row in enumerate(rows[1:], 2):
        key, colon, value = row.partition(":")
        if colon and key.strip().lower() == "language":
            language = read_language(value.strip(), number, notes)
    return one_row_title(first[1] or "" if first else ""), language


def _is_silent(block: Block, notes: Notes) -> bool:
    if not _SILENT.fullmatch(block.rows[0]) or any("-->" in row for row in block.rows):
        return False
    if not block.rows[0].startswith("NOTE"):
        notes.remark(block.line, f"a {block.rows[0].strip()} block is left out")
    return True


def _entry(block: Block, notes: Notes) -> Entry:
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
    return Entry(
        line=line,
        times_line=line,
        start_ms=_ms(*times.groups()[:4]),
        end_ms=_ms(*times.groups()[4:8]),
        rows=tuple(_plain(row, line, notes) for row in rows[1:]),
        position=_position(times[9] or "", line, notes),
    )


def _position(settings: str, line: int, notes: Notes) -> Position:
    position, others = Position.BOTTOM, []
    for setting in settings.split():
        found = _LINE_SETTING.fullmatch(setting)
        limit = _TOP_PERCENT if found and found[2] else _TOP_ROWS
        if found and int(found[1]) < limit:
            position = Position.TOP
        if setting not in {_TOP_SETTING, "line:auto"}:
            others.append(setting)
    if others:
        notes.remark(line, f"cue settings are left out: {' '.join(others)[:60]}")
    return position


def _plain(row: str, line: int, notes: Notes) -> str:
    """A row with its characters unescaped, its known tags kept and its other tags left out."""
    parts = []
    for part in _KEPT_TAG.split(row):
        if _KEPT_TAG.fullmatch(part):
            parts.append(part)
            continue
        without = _TAG.sub("", part)
        if without != part:
            notes.remark(line, "tags that change only the looks are left out")
        text = html.unescape(without)
        if is_markup(text):
            notes.remark(line, "text that looks like a tag is kept as text by a word joiner")
        parts.append(literal(text))
    return "".join(parts)


def _ms(hours: str | None, minutes: str, seconds: str, milliseconds: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(milliseconds)
