"""A title's length in parts: what a narrow drawing of thousands of cues can show."""

from collections.abc import Iterable, Mapping, Sequence

from subtitles.cues import CueTrack
from subtitles.findings import Finding, Severity
from subtitles.picture import Picture
from subtitles.report.model import Strip

PARTS = 150
"""As many marks as can be told apart side by side on a page."""


def length_ms(track: CueTrack, picture: Picture) -> int:
    """Of the title, or up to the last cue where that is later or nobody knows; at least 1."""
    last = max((cue.span.end_ms for cue in track.cues), default=0)
    return max(picture.duration_ms or 0, last, 1)


def strip_of(
    track: CueTrack, picture: Picture, findings: Sequence[Finding], whole_ms: int
) -> Strip:
    """Cues, shot changes and findings over ``whole_ms``."""
    starts = {cue.cue_id: cue.span.start_ms for cue in track.cues}
    return Strip(
        length_ms=whole_ms,
        covered=_covered(track, whole_ms),
        shot_changes=_counts(picture.shot_changes_ms, whole_ms),
        errors=_found(findings, starts, Severity.ERROR, whole_ms),
        warnings=_found(findings, starts, Severity.WARNING, whole_ms),
        infos=_found(findings, starts, Severity.INFO, whole_ms),
    )


def _found(
    findings: Sequence[Finding], starts: Mapping[str, int], severity: Severity, whole_ms: int
) -> tuple[int, ...]:
    return _counts(
        (
            starts[one.cue_id]
            for one in findings
            if one.severity is severity and one.cue_id in starts
        ),
        whole_ms,
    )


def _counts(instants_ms: Iterable[int], whole_ms: int) -> tuple[int, ...]:
    counts = [0] * PARTS
    for instant_ms in instants_ms:
        counts[min(instant_ms * PARTS // whole_ms, PARTS - 1)] += 1
    return tuple(counts)


def _covered(track: CueTrack, whole_ms: int) -> tuple[float, ...]:
    """Cues that overlap fill a part no more than once."""
    shown = [0.0] * PARTS
    part_ms = whole_ms / PARTS
    for cue in track.cues:
        first = int(cue.span.start_ms / part_ms)
        last = min(int(cue.span.end_ms / part_ms), PARTS - 1)
        for part in range(first, last + 1):
            start = max(cue.span.start_ms, part * part_ms)
            end = min(cue.span.end_ms, (part + 1) * part_ms)
            shown[part] += max(0.0, end - start)
    return tuple(round(min(1.0, ms / part_ms), 3) for ms in shown)
