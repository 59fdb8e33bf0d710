"""Blocks out of SRT and WebVTT files with faults, as the strict readers expect them.

A line with two times and an arrow starts a subtitle, whatever surrounds it; everything up to the
next one is its text, except the next one's number. Every change is noted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from subtitles.formats.blocks import MAX_BLOCK_CHARS, Block, lines_of
from subtitles.formats.document import Notes
from subtitles.formats.loose_times import loose_times, stamp
from subtitles.formats.malformed import MalformedSubtitleError

_NUMBER = re.compile(r"[0-9]{1,9}")
_LEADING_ZERO = re.compile(r"\b0?(?=[0-9]:)")
_ZERO_HOURS = re.compile(r"\b00:(?=[0-9]{2}:[0-9]{2}\.)")
_SILENT = re.compile(r"(?:NOTE|STYLE|REGION)\b")

VTT = "WebVTT"
"""The format that has names, comments and a header where SRT has numbers and nothing else."""


@dataclass(slots=True)
class _Cue:
    """A time line as it stands, what it says, and the lines after it with their numbers."""

    line: int
    written: str
    start_ms: int
    end_ms: int
    behind: str
    name: str | None
    rows: list[tuple[int, str]] = field(default_factory=list)


def loose_srt_blocks(text: str, format_name: str, notes: Notes) -> Iterator[Block]:
    """Numbered blocks; see the module.

    Raises:
        MalformedSubtitleError: no time line anywhere, or a text beyond any reason.
    """
    for number, cue in enumerate(_cues(text, format_name, notes), 1):
        if cue.name is None:
            notes.repair(cue.line, "a missing number", "", str(number))
        elif cue.name != str(number):
            notes.repair(cue.line - 1, "a wrong number", cue.name, str(number))
        if cue.behind:
            notes.repair(cue.line, "text behind the times is left out", cue.behind, "")
        times = f"{stamp(cue.start_ms, ',')} --> {stamp(cue.end_ms, ',')}"
        _note_times(cue, times, ",", notes)
        yield Block(cue.line - 1, (str(number), times, *_rows(cue, notes)))


def loose_vtt_blocks(text: str, format_name: str, notes: Notes) -> Iterator[Block]:
    """Blocks whose first line is the times with their settings; see the module.

    Raises:
        MalformedSubtitleError: no time line anywhere, or a text beyond any reason.
    """
    for cue in _cues(text, format_name, notes):
        _drop_silent(cue)
        times = f"{stamp(cue.start_ms, '.')} --> {stamp(cue.end_ms, '.')}"
        _note_times(cue, times, ".", notes)
        line = f"{times} {cue.behind}" if cue.behind else times
        yield Block(cue.line, (line, *_rows(cue, notes)))


def _cues(text: str, format_name: str, notes: Notes) -> Iterator[_Cue]:
    cue: _Cue | None = None
    before: list[tuple[int, str]] = []
    length = 0
    for number, raw in lines_of(text):
        row = raw.replace("\0", "")
        if row != raw:
            notes.repair(number, "NUL characters are left out", raw, row)
        times = loose_times(row)
        length = 0 if times else length + len(row)
        if length > MAX_BLOCK_CHARS:
            why = f"more than {MAX_BLOCK_CHARS} characters without a time line: nothing to repair"
            raise MalformedSubtitleError(format_name, number, why)
        if times is None:
            (before if cue is None else cue.rows).append((number, row))
            continue
        above = before if cue is None else cue.rows
        name = _taken_number(above, first=cue is None)
        if name is None and format_name == VTT:
            name = _taken_name(above, number, notes)
        if cue is not None:
            yield cue
        start_ms, end_ms, behind = times
        cue = _Cue(number, row.strip(), start_ms, end_ms, behind, name)
    if cue is None:
        raise MalformedSubtitleError(format_name, 1, "no line with times anywhere")
    _note_outside(before, format_name, notes)
    yield cue


def _taken_number(rows: list[tuple[int, str]], *, first: bool) -> str | None:
    """Take the number of the next cue from the end of what stands before its times.

    A number with a blank line behind it is the text of the cue above unless another stands before.
    """
    kept = len(rows)
    while kept and not rows[kept - 1][1].strip():
        kept -= 1
    is_number = kept > 0 and _NUMBER.fullmatch(rows[kept - 1][1].strip()) is not None
    if not is_number:
        return None
    stands_alone = not rows[kept - 2][1].strip() if kept > 1 else first
    if kept < len(rows) and not stands_alone:
        return None
    name = rows[kept - 1][1].strip()
    del rows[kept - 1 :]
    return name


def _taken_name(rows: list[tuple[int, str]], line: int, notes: Notes) -> str | None:
    """Take a WebVTT cue's name: one line between a blank one and the times."""
    alone = len(rows) > 1 and not rows[-2][1].strip() and rows[-1][1].strip()
    if not alone:
        return None
    name = rows.pop()[1].strip()
    notes.repair(line, "the line above the times is taken for a name", name, "")
    return name


def _drop_silent(cue: _Cue) -> None:
    """Leave out WebVTT comments, style sheets and regions: blocks that start with these words."""
    kept: list[tuple[int, str]] = []
    silent = after_blank = False
    for number, row in cue.rows:
        if not row.strip():
            silent, after_blank = False, True
        elif after_blank:
            silent, after_blank = _SILENT.match(row) is not None, False
        if not silent:
            kept.append((number, row))
    cue.rows = kept


def _note_outside(before: list[tuple[int, str]], format_name: str, notes: Notes) -> None:
    """Lines above the first cue: WebVTT has its header and comments there, SRT nothing."""
    if format_name == VTT and before and before[0][1].startswith("WEBVTT"):
        return
    for number, row in before:
        if row.strip():
            notes.repair(number, "text outside any subtitle is left out", row.strip(), "")


def _note_times(cue: _Cue, times: str, separator: str, notes: Notes) -> None:
    """Note times that were not written as the format has it."""
    written = cue.written.removesuffix(cue.behind).rstrip()
    if separator == ",":
        lawful = {times, times.replace(" --> ", "-->")}
    else:
        lawful = {times, _ZERO_HOURS.sub("", times)}
    if written not in lawful and _LEADING_ZERO.sub("", written) != _LEADING_ZERO.sub("", times):
        notes.repair(cue.line, "times written otherwise", written, times)


def _rows(cue: _Cue, notes: Notes) -> Iterator[str]:
    """The text without the blank lines at its end; blank lines inside it are noted."""
    rows = list(cue.rows)
    while rows and not rows[-1][1].strip():
        rows.pop()
    for number, row in rows:
        if not row.strip():
            notes.repair(number, "a blank line inside a subtitle is left out", "", "")
        else:
            yield row
