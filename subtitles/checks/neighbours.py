"""Checks of a cue and the one that follows it."""

import re
from collections.abc import Iterator, Sequence

from subtitles.checks.checked import Checkable
from subtitles.checks.standard import Standard
from subtitles.counting import visible_text
from subtitles.cues import CueKind
from subtitles.findings import Finding
from subtitles.span import Span, gap_ms
from subtitles.style.profile import StyleProfile, min_gap_ms

_LETTERS = re.compile(r"[^\W_]+")
# One word may well be said twice; so may a refrain, and what comes back after a while.
_MIN_REPEATED_WORDS = 2
_MIN_REPEATED_CHARS = 4
_MAX_REPEATED_GAP_MS = 2000


def check_gap(
    cue_id: str, span: Span, following: Span, standard: Standard, *, speech: Span | None = None
) -> Iterator[Finding]:
    """What is found between the times of two cues; ``speech`` is the first one's."""
    gap = gap_ms(span, following)
    profile, grid = standard.profile, standard.grid
    if following.start_ms < span.start_ms:
        yield from standard.found("out-of-order", cue_id, span.start_ms - following.start_ms)
        return
    if gap < 0:
        yield from standard.found("overlap", cue_id, -gap, 0, "min_gap_frames")
        return
    ticks = grid.ticks_between(span.end_ms, following.start_ms)
    if ticks < grid.min_gap:
        if grid.frame_rate and ticks == 1:
            limit = profile.min_gap_frames
            yield from standard.found("one-frame-gap", cue_id, 1, limit, "min_gap_frames")
        else:
            limit = min_gap_ms(profile, grid.frame_rate)
            yield from standard.found("gap", cue_id, gap, limit, "min_gap_frames")
    elif grid.min_gap < ticks < grid.min_open_gap and _can_close(span, following, speech, standard):
        yield from standard.found(
            "open-gap", cue_id, gap, profile.min_open_gap_ms, "min_open_gap_ms"
        )


def _can_close(span: Span, following: Span, speech: Span | None, standard: Standard) -> bool:
    """Whether the first cue may stay until the second: not too long, over no cut, near its speech.

    The guidelines stretch no out-time that is half a second past its audio already.
    """
    grid = standard.grid
    start, end = grid.nearest(span.start_ms), grid.nearest(span.end_ms)
    closed = grid.nearest(following.start_ms) - grid.min_gap
    cut = standard.cuts.first_at_or_after(end)
    is_past_speech = (
        speech is not None and span.end_ms - speech.end_ms >= standard.profile.min_open_gap_ms
    )
    return (
        closed - start <= grid.longest
        and not (cut is not None and cut - standard.cuts.zones.margin < closed)
        and not is_past_speech
    )


def is_repeated(cue: Checkable, following: Checkable, profile: StyleProfile) -> bool:
    """Whether the second cue says at once what the first has said; songs may."""
    if CueKind.LYRICS in (cue.kind, following.kind):
        return False
    if gap_ms(cue.span, following.span) > _MAX_REPEATED_GAP_MS:
        return False
    if cue.lines[0][:1].casefold() != following.lines[0][:1].casefold():
        return False  # the quick way
    words = _words(cue.lines)
    if words != _words(following.lines):
        return False
    if profile.breaks_anywhere:
        return len("".join(words)) >= _MIN_REPEATED_CHARS
    return len(set(words)) >= _MIN_REPEATED_WORDS


def _words(lines: Sequence[str]) -> list[str]:
    return _LETTERS.findall(visible_text("\n".join(lines)).casefold())
