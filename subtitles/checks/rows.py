"""Checks of rows: how many, how wide, and where they break."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from subtitles.break_costs import bare_word
from subtitles.checks.checked import Shown
from subtitles.checks.standard import Standard
from subtitles.counting import line_width
from subtitles.cues import CueKind
from subtitles.findings import Finding
from subtitles.profile import StyleProfile

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
        yield from _check_breaks(cue_id, shown, widths, profile, standard)


def _several_speakers(rows: Sequence[str]) -> bool:
    return any(DIALOGUE_DASH.match(row) for row in rows)


def _check_breaks(
    cue_id: str,
    shown: Shown,
    widths: Sequence[float],
    profile: StyleProfile,
    standard: Standard,
) -> Iterator[Finding]:
    space = 0.0 if profile.breaks_anywhere else line_width(" ", profile.counting)
    together = sum(widths) + space * (len(widths) - 1)
    if together <= profile.max_chars_per_line:
        yield from standard.found(
            "unneeded-break", cue_id, together, profile.max_chars_per_line, "max_chars_per_line"
        )
    elif not profile.breaks_anywhere:
        leaning = lonely = 0
        for upper, lower in pairwise(shown.rows):
            ends_leaning, is_lonely = _worse_than_needed(upper, lower, profile)
            leaning += ends_leaning
            lonely += is_lonely
        if leaning:
            yield from standard.found("leaning-line-end", cue_id, leaning, 0, "never_break_after")
        if lonely:
            yield from standard.found("lonely-word", cue_id, lonely)


def _worse_than_needed(upper: str, lower: str, profile: StyleProfile) -> tuple[bool, bool]:
    """Whether the break is after a leaning word, or before a lonely one, with a better one near."""
    tops, bottoms = upper.split(), lower.split()
    if not tops or not bottoms or _ENDS_CLAUSE.search(tops[-1]):
        return False, False
    leaning = bare_word(tops[-1]) in profile.never_break_after
    lonely = len(bottoms) == 1 and len(tops) > 1
    if not (leaning or lonely) or not _better_break([*tops, *bottoms], profile):
        return False, False
    return leaning, lonely and not leaning


def _better_break(words: Sequence[str], profile: StyleProfile) -> bool:
    """Whether two rows of the words fit with no leaning end above and no single word below."""
    limit, rule = profile.max_chars_per_line, profile.counting
    return any(
        bare_word(words[index - 1]) not in profile.never_break_after
        and line_width(" ".join(words[:index]), rule) <= limit
        and line_width(" ".join(words[index:]), rule) <= limit
        for index in range(1, len(words) - 1)
    )
