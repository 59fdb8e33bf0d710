"""Checks of rows: how many, how wide, and where they break."""

import re
from collections.abc import Iterator, Sequence

from subtitles.checks.checked import Shown
from subtitles.checks.standard import Standard
from subtitles.counting import line_width
from subtitles.cues import CueKind
from subtitles.findings import Finding
from subtitles.segmentation.break_costs import bare_word
from subtitles.segmentation.linebreaks import break_lines
from subtitles.style.profile import StyleProfile

DIALOGUE_DASH = re.compile(r"[-–—‐‑](?![-–—‐‑\s]*$)(?!-)")
"""Opens the row of a speaker, also when a number follows."""

_ENDS_CLAUSE = re.compile(r"[.,;:!?…—–،؛؟。、，！？\"”»’)\]♪-]$")


def check_rows(cue_id: str, shown: Shown, kind: CueKind, standard: Standard) -> Iterator[Finding]:
    """Number and width of the rows, and whether their breaks help reading."""
    profile = standard.profile
    if len(shown.lines) > profile.max_lines:
        yield from standard.found(
            "line-count", cue_id, len(shown.lines), profile.max_lines, "max_lines"
        )
    widths = [line_width(line, profile.counting) for line in shown.lines]
    limit = profile.max_chars_per_line
    if max(widths) > limit:
        yield from standard.found("line-length", cue_id, max(widths), limit, "max_chars_per_line")
    if len(widths) > 1 and kind is CueKind.DIALOGUE and not _several_speakers(shown.rows):
        yield from _check_breaks(cue_id, shown, standard)


def _several_speakers(rows: Sequence[str]) -> bool:
    return any(DIALOGUE_DASH.match(row) for row in rows)


def joined_rows(rows: Sequence[str], profile: StyleProfile) -> str:
    """The rows on one; in a script without spaces, with one only between Latin words."""
    text = rows[0].strip()
    for row in rows[1:]:
        following = row.strip()
        spaced = not profile.breaks_anywhere or (text[-1:].isascii() and following[:1].isascii())
        text += f" {following}" if spaced else following
    return text


def _check_breaks(cue_id: str, shown: Shown, standard: Standard) -> Iterator[Finding]:
    profile = standard.profile
    limit = profile.max_chars_per_line
    # With a space between them, since in a script without spaces nobody knows if one stood there.
    together = line_width(" ".join(shown.rows), profile.counting)
    if together <= limit:
        yield from standard.found("unneeded-break", cue_id, together, limit, "max_chars_per_line")
    elif not profile.breaks_anywhere:
        yield from _check_ends(cue_id, shown.rows, standard)


def _check_ends(cue_id: str, rows: Sequence[str], standard: Standard) -> Iterator[Finding]:
    """Leaning row ends and a lonely last word, if the best break there is has fewer of them."""
    profile = standard.profile
    leaning, lonely = _leaning_ends(rows, profile), _is_lonely(rows)
    if not leaning and not lonely:
        return
    best = break_lines(" ".join(rows), profile)
    if best is None:
        return
    if leaning > _leaning_ends(best, profile):
        yield from standard.found("leaning-line-end", cue_id, leaning, 0, "never_break_after")
    elif lonely and not _is_lonely(best):
        yield from standard.found("lonely-word", cue_id, 1)


def _leaning_ends(rows: Sequence[str], profile: StyleProfile) -> int:
    """Rows but the last that end in a word that belongs to the next one."""
    return sum(
        bool(words := upper.split())
        and not _ENDS_CLAUSE.search(words[-1])
        and bare_word(words[-1]) in profile.never_break_after
        for upper in rows[:-1]
    )


def _is_lonely(rows: Sequence[str]) -> bool:
    """Whether one word stands under several, and no sentence or clause of its own."""
    if len(rows) <= 1:  # the best rows of what fits on one
        return False
    tops, bottoms = rows[-2].split(), rows[-1].split()
    return len(bottoms) == 1 and len(tops) > 1 and not _ENDS_CLAUSE.search(tops[-1])
