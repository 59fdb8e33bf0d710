"""Scenarist closed captions (SCC): line 21 as text, read through ttconv.

Words come from ttconv's tables, but are sent on a schedule of our own: ttconv's writer leaves out
captions that follow too closely, loses position and italics, and breaks long rows inside words.
Times are drop-frame at 29.97 frames a second.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from ttconv.time_code import SmpteTimeCode

from subtitles.cues import Position, Subtitle
from subtitles.formats.document import DecodedFile, Notes, SubtitleDocument
from subtitles.formats.entries import mended_subtitles, strict_subtitles, writable_rows
from subtitles.formats.line21 import NotInLine21Error, carried_rows, loading_units, word_text
from subtitles.formats.malformed import UnwritableSubtitleError
from subtitles.formats.scc_reading import HEADER, NAME, captions_of
from subtitles.formats.scc_schedule import Caption, NoTimeError, feasible, transmissions
from subtitles.span import MS_PER_SECOND, Span

RATE = Fraction(30000, 1001)
_MAX_MS = 24 * 3_600_000


class SccFormat:
    """SCC: four rows of 32 in line 21's Latin set, top or bottom, italics and underline of rows."""

    name: ClassVar[str] = NAME
    extension: ClassVar[str] = "scc"
    readable: ClassVar[bool] = True

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """See `SubtitleFormat.carried`; times are those that line 21 has room for."""
        subtitles = [
            _with_line21_rows(subtitle, number)
            for number, subtitle in enumerate(document.subtitles, 1)
        ]
        captions = _captions(subtitles)
        timed = [
            replace(subtitle, span=Span(_ms(caption.start), _ms(caption.end)))
            for subtitle, caption in zip(subtitles, captions, strict=True)
        ]
        return SubtitleDocument(subtitles=tuple(timed), frame_rate=RATE)

    def encode(self, document: SubtitleDocument) -> str:
        """See `SubtitleFormat.encode`."""
        lines = [HEADER, ""]
        for frame, words in transmissions(_captions(self.carried(document).subtitles)):
            code = SmpteTimeCode.from_frames(frame, RATE, True)  # noqa: FBT003 - drop-frame
            lines += [f"{code}\t{' '.join(map(word_text, words))}", ""]
        return "\n".join(lines)

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        """See `SubtitleFormat.decode`; colours and the second channel get a remark."""
        notes = Notes()
        entries = captions_of(text, notes, repair=repair)
        if repair:
            subtitles = mended_subtitles(entries, NAME, notes)
        else:
            subtitles = strict_subtitles(entries, NAME, notes)
        return notes.file_of(SubtitleDocument(subtitles=subtitles, frame_rate=RATE))


def _with_line21_rows(subtitle: Subtitle, number: int) -> Subtitle:
    if subtitle.span.end_ms > _MAX_MS:
        raise UnwritableSubtitleError(NAME, number, "it ends after 24 hours")
    try:
        return replace(subtitle, lines=carried_rows(writable_rows(subtitle, number, NAME)))
    except NotInLine21Error as error:
        raise UnwritableSubtitleError(NAME, number, str(error)) from error


def _captions(subtitles: Sequence[Subtitle]) -> list[Caption]:
    asked = [
        Caption(
            units=tuple(loading_units(one.lines, top=one.position is Position.TOP)),
            start=round(one.span.start_ms * RATE / MS_PER_SECOND),
            end=round(one.span.end_ms * RATE / MS_PER_SECOND),
        )
        for one in subtitles
    ]
    try:
        return feasible(asked)
    except NoTimeError as error:
        why = "there is no time to send its text, two characters a frame"
        raise UnwritableSubtitleError(NAME, error.index + 1, why) from error


def _ms(frame: int) -> int:
    return round(frame * MS_PER_SECOND / RATE)
