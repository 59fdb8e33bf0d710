"""A subtitle format without an engine behind it: passes the contract of `SubtitleFormat`."""

import json
from dataclasses import replace
from io import StringIO
from typing import ClassVar

from subtitles.cues import Position
from subtitles.formats.document import DecodedFile, Notes, SubtitleDocument
from subtitles.formats.entries import Entry, mended_subtitles, strict_subtitles, writable_rows
from subtitles.formats.malformed import MalformedSubtitleError

_NAME = "JSON lines"


class JsonLinesFormat:
    """One JSON array a line: start, end, position, rows."""

    name: ClassVar[str] = _NAME
    extension: ClassVar[str] = "jsonl"
    readable: ClassVar[bool] = True

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        rows = [writable_rows(one, n, _NAME) for n, one in enumerate(document.subtitles, 1)]
        pairs = zip(document.subtitles, rows, strict=True)
        return SubtitleDocument(subtitles=tuple(replace(one, lines=row) for one, row in pairs))

    def encode(self, document: SubtitleDocument) -> str:
        return "".join(
            json.dumps([one.span.start_ms, one.span.end_ms, one.position, one.lines]) + "\n"
            for one in self.carried(document).subtitles
        )

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        notes = Notes()
        entries = []
        for number, line in enumerate(StringIO(text.removeprefix("\ufeff"), newline=None), 1):
            if not line.strip():
                continue
            try:
                start_ms, end_ms, position, rows = json.loads(line)
                entry = Entry(
                    line=number,
                    times_line=number,
                    start_ms=int(start_ms),
                    end_ms=int(end_ms),
                    rows=tuple(map(str, rows)),
                    position=Position(position),
                )
            except (ValueError, TypeError) as error:
                raise MalformedSubtitleError(_NAME, number, "not four values") from error
            entries.append(entry)
        if repair:
            subtitles = mended_subtitles(entries, _NAME, notes)
        else:
            subtitles = strict_subtitles(entries, _NAME, notes)
        return notes.file_of(SubtitleDocument(subtitles=subtitles))
