"""Captions out of an SCC file through ttconv's reader, every line held against the format first."""

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction

from ttconv import model
from ttconv.scc import reader
from ttconv.scc.config import SccReaderConfiguration, TextAlignment
from ttconv.style_properties import FontStyleType, NamedColors, StyleProperties
from ttconv.time_code import FPS_29_97, SmpteTimeCode

from subtitles.cues import Position
from subtitles.formats.blocks import lines_of, require_sane_size
from subtitles.formats.document import Notes
from subtitles.formats.entries import Entry
from subtitles.formats.line21 import EM_DASH_READ, LAST_TOP_ROW, SCC_LINE
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.styled import Run, rows_of
from subtitles.span import MS_PER_SECOND

NAME = "SCC"
HEADER = "Scenarist_SCC V1.0"
_OPEN_END_MS = 3000
"""How long a last caption that nothing erases is shown after repair."""

_LEFT = SccReaderConfiguration(text_align=TextAlignment.LEFT)  # ttconv need not guess: we centre

_SECOND_CHANNEL = range(0x18, 0x20)
_PARITY = 0x7F


def captions_of(text: str, notes: Notes, *, repair: bool) -> list[Entry]:
    """The captions of the first channel, in order.

    Raises:
        MalformedSubtitleError: a line that is not as the format has it, or a caption that never
            ends.
    """
    require_sane_size(text, NAME)
    kept: list[str] = []
    starts: list[tuple[Fraction, int]] = []
    for number, line in _checked_lines(text, notes, repair=repair):
        kept.append(line)
        code = SmpteTimeCode.parse(line.partition("\t")[0], FPS_29_97)
        starts.append((code.to_temporal_offset(), number))
    body = reader.to_model("\n".join(kept), _LEFT).get_body()
    starts.sort()
    paragraphs = [one for one in body.dfs_iterator() if isinstance(one, model.P)]
    return [_entry(one, starts, notes, repair=repair) for one in paragraphs]


def _checked_lines(text: str, notes: Notes, *, repair: bool) -> Iterator[tuple[int, str]]:
    seen_header = False
    for number, raw in lines_of(text):
        line = raw.rstrip()
        if not seen_header:
            if not line.startswith(HEADER):
                raise MalformedSubtitleError(NAME, number, f"expected {HEADER} on the first line")
            seen_header = True
        elif line and SCC_LINE.fullmatch(line):
            _remark_second_channel(line, number, notes)
            yield number, line
        elif line:
            why = "expected a time code, a tab, and words such as 00:00:01;00<tab>9420 9420"
            if not repair:
                raise MalformedSubtitleError(NAME, number, why)
            notes.repair(number, "a line that is no time code and words is left out", line, "")
    if not seen_header:
        raise MalformedSubtitleError(NAME, 1, f"expected {HEADER} on the first line")


def _remark_second_channel(line: str, number: int, notes: Notes) -> None:
    words = line.partition("\t")[2].split()
    if any(int(word[:2], 16) & _PARITY in _SECOND_CHANNEL for word in words):
        notes.remark(number, "the captions of the second channel are left out")


def _entry(
    paragraph: model.P, starts: list[tuple[Fraction, int]], notes: Notes, *, repair: bool
) -> Entry:
    begin, end = paragraph.get_begin() or Fraction(0), paragraph.get_end()
    line = starts[max(0, bisect_right(starts, (begin, len(starts) ** 2)) - 1)][1]
    start_ms = round(begin * MS_PER_SECOND)
    if end is None:
        if not repair:
            raise MalformedSubtitleError(NAME, line, "nothing takes the last caption away")
        end_ms = start_ms + _OPEN_END_MS
        notes.repair(line, "the last caption never ends", "", f"shown for {_OPEN_END_MS} ms")
    else:
        end_ms = round(end * MS_PER_SECOND)
    return Entry(
        line=line,
        times_line=line,
        start_ms=start_ms,
        end_ms=end_ms,
        rows=rows_of(_runs(paragraph, line, notes)),
        position=_position(paragraph),
    )


def _runs(paragraph: model.P, line: int, notes: Notes) -> Iterator[Run]:
    for element in paragraph.dfs_iterator():
        if isinstance(element, model.Br):
            yield Run("\n")
        elif isinstance(element, model.Text):
            span = element.parent()
            color = span.get_style(StyleProperties.Color)
            if color not in {None, NamedColors.white.value}:
                notes.remark(line, "colours are left out")
            yield Run(element.get_text().replace(EM_DASH_READ, "—"), _styles(span))


def _styles(span: model.Span) -> str:
    italic = span.get_style(StyleProperties.FontStyle) is FontStyleType.italic
    decoration = span.get_style(StyleProperties.TextDecoration)
    underlined = decoration is not None and decoration.underline is True
    return "i" * italic + "u" * underlined


def _position(paragraph: model.P) -> Position:
    """By the first row: the region starts there; the safe area has 15 rows in the middle 80 %."""
    region = paragraph.get_region()
    origin = region.get_style(StyleProperties.Origin) if region is not None else None
    if origin is None:
        return Position.BOTTOM
    rows = paragraph.get_doc().get_cell_resolution().rows
    row = round(origin.y.value * rows / 100)
    return Position.TOP if row <= LAST_TOP_ROW else Position.BOTTOM
