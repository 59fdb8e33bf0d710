r"""Advanced SubStation Alpha (ASS), written and read through pysubs2, whose only home this is.

pysubs2 reads fields in its own order whatever the ``Format:`` line says, passes over lines it does
not know and clamps long times with a warning. So events are held against the format before
pysubs2 sees them, and counted afterwards. In the text, ``{`` would start a code and a backslash
could: braces are written ``\{``, and a word joiner follows every backslash.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

import pysubs2

from subtitles.cues import Position
from subtitles.formats.ass_text import coded, styled_rows
from subtitles.formats.blocks import lines_of, require_sane_size
from subtitles.formats.document import DecodedFile, Notes, SubtitleDocument
from subtitles.formats.entries import Entry, mended_subtitles, strict_subtitles, styled_subtitle
from subtitles.formats.malformed import MalformedSubtitleError, UnwritableSubtitleError
from subtitles.formats.titles import one_row_title, read_language
from subtitles.span import Span

_NAME = "ASS"
_STEP_MS = 10
_MAX_MS = 10 * 3_600_000 - _STEP_MS
_STAMP = r"\s*[0-9]{1,2}:[0-5][0-9]:[0-5][0-9]\.[0-9]{2}\s*"
_EVENT = re.compile(rf"(?:Dialogue|Comment):[^,]*,{_STAMP},{_STAMP},(?:[^,]*,){{6}}.*")
_FORMAT = re.compile(
    r"Format:\s*(?:Layer|Marked),\s*Start,\s*End,\s*Style,\s*(?:Name|Actor),\s*MarginL,\s*MarginR,"
    r"\s*MarginV,\s*Effect,\s*Text\s*"
)
_SECTION = re.compile(r"\[[^\[\]]{1,40}\]")
_EVENTS_SECTION = "[Events]"
_TOP_ALIGNMENTS = frozenset({7, 8, 9})


class AssFormat:
    """ASS: hundredths of a second up to ten hours, i/b/u, the top, title and language."""

    name: ClassVar[str] = _NAME
    extension: ClassVar[str] = "ass"
    readable: ClassVar[bool] = True

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """See `SubtitleFormat.carried`; times on the nearest hundredth, at least one long."""
        subtitles = []
        for number, subtitle in enumerate(document.subtitles, 1):
            start_ms, end_ms = _rounded(subtitle.span.start_ms), _rounded(subtitle.span.end_ms)
            if end_ms > _MAX_MS:
                raise UnwritableSubtitleError(_NAME, number, "it ends after ten hours")
            span = Span(start_ms, max(end_ms, start_ms + _STEP_MS))
            subtitles.append(replace(styled_subtitle(subtitle, number, _NAME), span=span))
        return SubtitleDocument(
            subtitles=tuple(subtitles),
            language=document.language,
            title=one_row_title(document.title),
        )

    def encode(self, document: SubtitleDocument) -> str:
        """See `SubtitleFormat.encode`."""
        carried = self.carried(document)
        file = pysubs2.SSAFile()
        file.info.update({"PlayResX": "1920", "PlayResY": "1080"})
        if carried.title:
            file.info["Title"] = carried.title
        if carried.language:
            file.info["Language"] = carried.language
        file.styles["Default"] = pysubs2.SSAStyle(
            fontname="Arial", fontsize=60, outline=3, shadow=1, marginl=90, marginr=90, marginv=54
        )
        file.events += [
            pysubs2.SSAEvent(one.span.start_ms, one.span.end_ms, coded(one))
            for one in carried.subtitles
        ]
        return file.to_string("ass", header_notice="")

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        r"""See `SubtitleFormat.decode`; codes other than i, b, u and ``\an`` get a remark."""
        require_sane_size(text, _NAME)
        notes = Notes()
        lines = list(_sound_lines(text, notes, repair=repair))
        if not any(_SECTION.fullmatch(line) for _, line in lines):
            raise MalformedSubtitleError(_NAME, 1, "expected [Script Info]")
        events = [number for number, line in lines if line.startswith(("Dialogue:", "Comment:"))]
        file = _parsed("\n".join(line for _, line in lines))
        if len(file.events) != len(events):
            raise MalformedSubtitleError(_NAME, 1, "pysubs2 does not see all events")
        entries = _entries(file, events, notes)
        if repair:
            subtitles = mended_subtitles(entries, _NAME, notes)
        else:
            subtitles = strict_subtitles(entries, _NAME, notes)
        document = SubtitleDocument(
            subtitles=subtitles,
            title=one_row_title(file.info.get("Title", "")),
            language=read_language(file.info.get("Language", ""), 1, notes),
        )
        return notes.file_of(document)


def _rounded(instant_ms: int) -> int:
    return (instant_ms + _STEP_MS // 2) // _STEP_MS * _STEP_MS


def _parsed(text: str) -> pysubs2.SSAFile:
    try:
        return pysubs2.SSAFile.from_string(text, "ass")
    except (ValueError, TypeError, IndexError, RuntimeWarning) as error:
        why = f"a style or header that pysubs2 cannot read ({str(error)[:60]})"
        raise MalformedSubtitleError(_NAME, 1, why) from error


def _sound_lines(text: str, notes: Notes, *, repair: bool) -> Iterator[tuple[int, str]]:
    """The file's lines; those of events are as the format has them or mended."""
    section = ""
    for number, raw in lines_of(text):
        line = raw.strip().replace("\0", "")
        why = ""
        section = line if _SECTION.fullmatch(line) else section
        if not section and line:
            raise MalformedSubtitleError(_NAME, number, "expected [Script Info]")
        if section == _EVENTS_SECTION != line:
            why = _fault(line)
        if "\0" in raw:
            why = "a NUL character: this is no text file"
        if not why:
            yield number, line
        elif not repair:
            raise MalformedSubtitleError(_NAME, number, why)
        else:
            notes.repair(number, f"left out: {why}", line, "")


def _fault(line: str) -> str:
    """What is wrong with a line among the events; empty when nothing is."""
    if not line or line.startswith(";") or _FORMAT.fullmatch(line) or _EVENT.fullmatch(line):
        return ""
    if line.startswith("Format:"):
        return "the fields of the events stand in an unusual order"
    return "expected an event: Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,Text"


def _entries(file: pysubs2.SSAFile, numbers: Sequence[int], notes: Notes) -> Iterator[Entry]:
    for number, event in zip(numbers, file.events, strict=True):
        if event.is_comment:
            continue
        style = file.styles.get(event.style)
        if style is None:
            style = pysubs2.SSAStyle.DEFAULT_STYLE
        rows, alignment = styled_rows(event.text, style, number, notes)
        at = alignment or int(style.alignment)
        yield Entry(
            line=number,
            times_line=number,
            start_ms=event.start,
            end_ms=event.end,
            rows=rows,
            position=Position.TOP if at in _TOP_ALIGNMENTS else Position.BOTTOM,
        )
