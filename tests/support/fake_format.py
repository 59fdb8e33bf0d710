"""A subtitle format without an engine behind it: passes the contract of `SubtitleFormat`."""

import json
from collections.abc import Sequence
from io import StringIO
from typing import ClassVar

from subtitles.cues import Subtitle
from subtitles.formats.blocks import read_rows, read_span, writable_rows
from subtitles.formats.malformed import MalformedSubtitleError

_NAME = "JSON lines"


class JsonLinesFormat:
    """One JSON array a line: start, end, rows."""

    extension: ClassVar[str] = "jsonl"

    def encode(self, subtitles: Sequence[Subtitle]) -> str:
        return "".join(
            json.dumps([one.span.start_ms, one.span.end_ms, writable_rows(one, number, _NAME)])
            + "\n"
            for number, one in enumerate(subtitles, 1)
        )

    def decode(self, text: str) -> tuple[Subtitle, ...]:
        found = []
        for number, line in enumerate(StringIO(text.removeprefix("\ufeff"), newline=None), 1):
            if not line.strip():
                continue
            try:
                start_ms, end_ms, rows = json.loads(line)
            except (ValueError, TypeError) as error:
                raise MalformedSubtitleError(_NAME, number, "not three values") from error
            span = read_span(start_ms, end_ms, _NAME, number)
            found.append(Subtitle(span, read_rows(rows, _NAME, number)))
        return tuple(found)
