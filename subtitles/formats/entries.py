"""Subtitles as they stand in a file, before anybody knows whether they make sense."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from subtitles.cues import Position, Subtitle
from subtitles.formats.document import Notes
from subtitles.formats.malformed import MalformedSubtitleError, UnwritableSubtitleError
from subtitles.formats.styled import canonical_rows
from subtitles.plain_text import clean_row, clean_rows
from subtitles.span import Span

MIN_REPAIRED_MS = 833
"""How long a subtitle without any time is shown after repair: 20 frames at 24 a second, the
shortest duration that style guides allow (Netflix Timed Text Style Guide, 5/6 s)."""


MAX_SUBTITLES = 100_000
"""More are no film: ten hours of a new subtitle every second are 36,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One subtitle of a file: its line, its times in milliseconds, its rows.

    ``times_line`` is where its times stand.
    """

    line: int
    times_line: int
    start_ms: int
    end_ms: int
    rows: tuple[str, ...]
    position: Position = Position.BOTTOM


def strict_subtitles(
    entries: Iterable[Entry], format_name: str, notes: Notes
) -> tuple[Subtitle, ...]:
    """The entries as subtitles; what is lawful but odd (overlaps, disorder) is remarked.

    Raises:
        MalformedSubtitleError: for an entry without text or time.
    """
    found: list[Subtitle] = []
    for entry in limited(entries, format_name):
        rows = tuple(row for row in map(clean_row, entry.rows) if row)
        if entry.end_ms < entry.start_ms or entry.start_ms < 0:
            raise MalformedSubtitleError(format_name, entry.times_line, "it ends before it starts")
        if entry.end_ms == entry.start_ms:
            raise MalformedSubtitleError(
                format_name, entry.times_line, "it is shown for no time at all"
            )
        if not rows:
            raise MalformedSubtitleError(format_name, entry.line, "it has no text")
        if found and entry.start_ms < found[-1].span.start_ms:
            notes.remark(entry.times_line, "it starts before the subtitle above it")
        elif found and entry.start_ms < found[-1].span.end_ms:
            notes.remark(entry.times_line, "it overlaps the subtitle above it")
        found.append(Subtitle(Span(entry.start_ms, entry.end_ms), rows, entry.position))
    return tuple(found)


def limited(entries: Iterable[Entry], format_name: str) -> Iterator[Entry]:
    """The entries; MalformedSubtitleError at the one after `MAX_SUBTITLES`."""
    for number, entry in enumerate(entries):
        if number == MAX_SUBTITLES:
            raise MalformedSubtitleError(
                format_name, entry.line, f"more than {MAX_SUBTITLES} subtitles"
            )
        yield entry


def mended_subtitles(
    entries: Iterable[Entry], format_name: str, notes: Notes
) -> tuple[Subtitle, ...]:
    """The entries as subtitles in order, without overlaps; every change is noted.

    Swapped times are swapped back, entries without text are left out, entries without time are
    shown for `MIN_REPAIRED_MS` or up to the next, overlaps are cut, and entries that start at the
    same instant become one.
    """
    sound = [
        entry
        for entry in (_mended(entry, notes) for entry in limited(entries, format_name))
        if entry is not None
    ]
    ordered = sorted(sound, key=lambda entry: entry.start_ms)
    _note_moves(sound, ordered, notes)
    found: list[Entry] = []
    for entry in ordered:
        if found and found[-1].start_ms == entry.start_ms:
            found[-1] = _together(found[-1], entry, notes)
        else:
            found.append(entry)
    starts = (*(entry.start_ms for entry in found[1:]), None)[: len(found)]
    return tuple(_fitted(entry, start, notes) for entry, start in zip(found, starts, strict=True))


def _mended(entry: Entry, notes: Notes) -> Entry | None:
    rows = tuple(row for row in map(clean_row, entry.rows) if row)
    if not rows:
        notes.repair(entry.line, "a subtitle without text is left out", _times(entry), "")
        return None
    mended = replace(entry, rows=rows)
    if entry.end_ms < entry.start_ms:
        mended = replace(mended, start_ms=entry.end_ms, end_ms=entry.start_ms)
        notes.repair(entry.times_line, "start and end are swapped", _times(entry), _times(mended))
    if mended.start_ms < 0:
        early = mended
        mended = replace(mended, start_ms=0, end_ms=max(0, mended.end_ms))
        notes.repair(entry.times_line, "it starts before zero", _times(early), _times(mended))
    return mended


def _note_moves(before: Sequence[Entry], after: Sequence[Entry], notes: Notes) -> None:
    for old, new in zip(before, after, strict=True):
        if old is not new:
            notes.repair(new.line, "it stood out of order", _times(new), "sorted by start")


def _together(first: Entry, second: Entry, notes: Notes) -> Entry:
    both = replace(first, rows=first.rows + second.rows, end_ms=max(first.end_ms, second.end_ms))
    what = f"it starts with the subtitle of line {first.line}: the two become one"
    notes.repair(second.line, what, " / ".join(second.rows), " / ".join(both.rows))
    return both


def _fitted(entry: Entry, next_start_ms: int | None, notes: Notes) -> Subtitle:
    end_ms = entry.end_ms
    what = "it overlaps the next subtitle"
    if end_ms == entry.start_ms:
        end_ms += MIN_REPAIRED_MS
        what = "it is shown for no time at all"
    if next_start_ms is not None:
        end_ms = min(end_ms, next_start_ms)
    if end_ms != entry.end_ms:
        fitted = replace(entry, end_ms=end_ms)
        notes.repair(entry.times_line, what, _times(entry), _times(fitted))
    return Subtitle(Span(entry.start_ms, end_ms), entry.rows, entry.position)


def _times(entry: Entry) -> str:
    return f"{entry.start_ms} ms to {entry.end_ms} ms"


def writable_rows(subtitle: Subtitle, number: int, format_name: str) -> tuple[str, ...]:
    """The rows of a subtitle as any file can hold them; see `clean_rows` for what changes.

    Raises:
        UnwritableSubtitleError: without any text or time.
    """
    if not subtitle.span.duration_ms:
        raise UnwritableSubtitleError(format_name, number, "it is shown for no time at all")
    rows = tuple(row for line in subtitle.lines for row in clean_rows(line))
    if not rows:
        raise UnwritableSubtitleError(format_name, number, "it has no text")
    return rows


def styled_subtitle(subtitle: Subtitle, number: int, format_name: str) -> Subtitle:
    """The subtitle as formats with italics, bold and underline but no other tags hold it.

    Raises:
        UnwritableSubtitleError: without any text or time.
    """
    rows = canonical_rows(writable_rows(subtitle, number, format_name))
    if not rows:
        raise UnwritableSubtitleError(format_name, number, "it has no text")
    return replace(subtitle, lines=rows)
