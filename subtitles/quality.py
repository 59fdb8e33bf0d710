"""The numbers of a track: how much there is and how well it keeps the limits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from subtitles.counting import chars_per_second
from subtitles.cues import CueTrack
from subtitles.findings import Finding, Severity
from subtitles.rules import LIMIT_RULES
from subtitles.style.profile import StyleProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class QualitySummary:
    """A track in numbers.

    Attributes:
        profile_id: The limits it was measured against.
        cues: How many.
        lines: Rows of all cues.
        shown_ms: How long something is on the screen.
        mean_chars_per_second: Over all cues, each counting the same; 0 without cues.
        max_chars_per_second: Of the fastest cue.
        share_within_limits: Cues that keep every limit of the profile, 0…1; 1 without cues.
        errors: Findings of that severity.
        warnings: Findings of that severity.
        infos: Findings of that severity.
        findings_by_rule: (rule, how many), most frequent first.
    """

    profile_id: str
    cues: int
    lines: int
    shown_ms: int
    mean_chars_per_second: float
    max_chars_per_second: float
    share_within_limits: float
    errors: int
    warnings: int
    infos: int
    findings_by_rule: tuple[tuple[str, int], ...]


def summarize(
    track: CueTrack, profile: StyleProfile, findings: Sequence[Finding]
) -> QualitySummary:
    """The numbers of a track and of what `check_track` found on it."""
    speeds = reading_speeds(track, profile)
    severities = Counter(finding.severity for finding in findings)
    beyond = {found.cue_id for found in findings if found.rule in LIMIT_RULES}
    within = sum(cue.cue_id not in beyond for cue in track.cues)
    rules = Counter(finding.rule for finding in findings)
    return QualitySummary(
        profile_id=profile.profile_id,
        cues=len(track.cues),
        lines=sum(len(cue.lines) for cue in track.cues),
        shown_ms=sum(cue.span.duration_ms for cue in track.cues),
        mean_chars_per_second=round(sum(speeds) / len(speeds), 2) if speeds else 0.0,
        max_chars_per_second=round(max(speeds, default=0.0), 2),
        share_within_limits=within / len(track.cues) if track.cues else 1.0,
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        infos=severities[Severity.INFO],
        findings_by_rule=tuple(sorted(rules.items(), key=lambda item: (-item[1], item[0]))),
    )


def reading_speeds(track: CueTrack, profile: StyleProfile) -> tuple[float, ...]:
    """Characters a second of every cue, in order."""
    return tuple(
        chars_per_second(cue.lines, cue.span.duration_ms, profile.counting) for cue in track.cues
    )
