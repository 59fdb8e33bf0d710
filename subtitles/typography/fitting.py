"""Rows that the pass made too wide."""

from collections.abc import Iterator, Sequence

from subtitles.counting import line_width
from subtitles.segmentation.linebreaks import break_lines_anyway
from subtitles.style.profile import StyleProfile
from subtitles.typography.marked import TAG, Edit, MarkedText

_MARK = "…"
_OLD_MARKS = (_MARK, "...")

Rows = tuple[str, ...]


def fitting_rows(rows: Rows, old_rows: Sequence[str], profile: StyleProfile) -> Rows:
    """The new rows of a cue, broken anew where one of them became too wide.

    Speakers keep a row each. Where nothing fits any more, the ellipsis of a split sentence goes
    again: a limit is worth more than that mark. What else makes a row too wide stays, for the
    checks to report.
    """
    if not _is_wider(rows, old_rows, profile):
        return rows
    broken = _broken(rows, profile)
    if not _is_wider(broken, old_rows, profile):
        return broken
    marked = MarkedText(["\n".join(rows)])
    old = MarkedText(["\n".join(old_rows)]).bare
    if not marked.apply(lambda bare: _added_marks(bare, old)):
        return broken
    fewer = tuple(marked.texts()[0].split("\n"))
    if _is_wider(fewer, old_rows, profile):
        fewer = _broken(fewer, profile)
    return broken if _is_wider(fewer, old_rows, profile) else fewer


def _is_wider(rows: Rows, old_rows: Sequence[str], profile: StyleProfile) -> bool:
    """Whether the rows exceed the limit and the old ones did not."""
    limit, rule = profile.max_chars_per_line, profile.counting
    return any(line_width(row, rule) > limit for row in rows) and all(
        line_width(row, rule) <= limit for row in old_rows
    )


def _broken(rows: Rows, profile: StyleProfile) -> Rows:
    has_turns = any(TAG.sub("", row)[:1] == "-" for row in rows)
    if has_turns or any(" " in tag for tag in TAG.findall("".join(rows))):
        return rows
    broken = break_lines_anyway(_joined(rows, profile), profile)
    return broken if all(row.strip() for row in broken) else rows


def _joined(rows: Rows, profile: StyleProfile) -> str:
    text = rows[0]
    for row in rows[1:]:
        is_spaced = not profile.breaks_anywhere or (text[-1].isascii() and row[0].isascii())
        text += " " + row if is_spaced else row
    return text


def _added_marks(bare: str, old: str) -> Iterator[Edit]:
    """Ellipses at a text's ends that the old one does not have."""
    if bare.startswith(_MARK) and not old.startswith(_OLD_MARKS):
        yield Edit(0, 1, "")
    if bare.endswith(_MARK) and not old.endswith(_OLD_MARKS):
        yield Edit(len(bare) - 1, len(bare), "")
