"""How a track spreads around its limits: what the quality report draws and lists."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from subtitles.cues import CueTrack
from subtitles.findings import Finding, Severity
from subtitles.quality import reading_speeds
from subtitles.rules import LIMIT_RULES, RULES
from subtitles.style.profile import StyleProfile

SPEED_STEP = 1.0
DURATION_STEP_MS = 250.0

# Nobody looks at bars beyond this many; the last one holds the rest.
_MOST_BARS = 60
_WEIGHTS: Mapping[Severity, int] = MappingProxyType(
    {Severity.ERROR: 100, Severity.WARNING: 10, Severity.INFO: 1}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How many cues lie where.

    Attributes:
        unit: Of what is measured.
        step: Width of a bar; bar ``n`` holds ``n * step`` up to below ``(n + 1) * step``.
        counts: Cues in each bar, from 0 on; the last bar holds everything beyond, too.
        lowest: The profile's lower limit, None without.
        highest: The profile's upper limit.
        median: The value in the middle; 0 without cues.
        percentile_95: The value that 95 % of the cues do not exceed; 0 without cues.
    """

    unit: str
    step: float
    counts: tuple[int, ...]
    lowest: float | None
    highest: float
    median: float
    percentile_95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformity:
    """How many cues keep one limit.

    Attributes:
        rule: Of `subtitles.rules.LIMIT_RULES`.
        limit: The profile's value in ``unit``; None where every cue has it another way.
        unit: Of the limit.
        broken: Cues beyond it.
        share: Cues that keep it, 0…1; 1 without cues.
    """

    rule: str
    limit: float | None
    unit: str
    broken: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstCue:
    """A cue with findings.

    Attributes:
        cue_id: The cue.
        weight: Its findings: an error counts 100, a warning 10, an info 1.
        findings: Worst first.
    """

    cue_id: str
    weight: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distributions:
    """A track around its limits."""

    reading_speed: Histogram
    duration: Histogram
    conformity: tuple[Conformity, ...]
    worst: tuple[WorstCue, ...]


def distributions(
    track: CueTrack, profile: StyleProfile, findings: Sequence[Finding], *, worst: int = 20
) -> Distributions:
    """How the track spreads, and its ``worst`` cues by what `check_track` found on it."""
    return Distributions(
        reading_speed=_histogram(
            reading_speeds(track, profile),
            unit="chars/s",
            step=SPEED_STEP,
            limits=(None, profile.max_chars_per_second),
        ),
        duration=_histogram(
            [float(cue.span.duration_ms) for cue in track.cues],
            unit="ms",
            step=DURATION_STEP_MS,
            limits=(profile.min_duration_ms, profile.max_duration_ms),
        ),
        conformity=_conformity(track, profile, findings),
        worst=_worst(track, findings)[:worst],
    )


def _histogram(
    values: Sequence[float], *, unit: str, step: float, limits: tuple[float | None, float]
) -> Histogram:
    bars = Counter(min(int(value // step), _MOST_BARS - 1) for value in values)
    ordered = sorted(values)
    return Histogram(
        unit=unit,
        step=step,
        counts=tuple(bars[bar] for bar in range(max(bars, default=-1) + 1)),
        lowest=limits[0],
        highest=limits[1],
        median=_at(ordered, 0.5),
        percentile_95=_at(ordered, 0.95),
    )


def _at(ordered: Sequence[float], share: float) -> float:
    """The smallest value that so many do not exceed (nearest rank)."""
    return round(ordered[ceil(share * len(ordered)) - 1], 2) if ordered else 0.0


def _conformity(
    track: CueTrack, profile: StyleProfile, findings: Sequence[Finding]
) -> tuple[Conformity, ...]:
    beyond: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        beyond[finding.rule].add(finding.cue_id)
    limits: dict[str, float] = {
        "line-count": profile.max_lines,
        "line-length": profile.max_chars_per_line,
        "reading-speed": profile.max_chars_per_second,
        "short-duration": profile.min_duration_ms,
        "long-duration": profile.max_duration_ms,
        "one-frame-gap": profile.min_gap_frames,
    }
    count = len(track.cues)
    return tuple(
        Conformity(
            rule=rule,
            limit=limits.get(rule),
            unit=RULES[rule].unit,
            broken=len(beyond[rule]),
            share=1 - len(beyond[rule]) / count if count else 1.0,
        )
        for rule in RULES
        if rule in LIMIT_RULES
    )


def _worst(track: CueTrack, findings: Sequence[Finding]) -> tuple[WorstCue, ...]:
    """All cues with findings, worst first, earlier ones before later ones alike."""
    by_cue: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_cue[finding.cue_id].append(finding)
    ranked = [
        WorstCue(
            cue_id=cue.cue_id,
            weight=sum(_WEIGHTS[one.severity] for one in by_cue[cue.cue_id]),
            findings=tuple(sorted(by_cue[cue.cue_id], key=lambda one: -_WEIGHTS[one.severity])),
        )
        for cue in track.cues
        if cue.cue_id in by_cue
    ]
    return tuple(sorted(ranked, key=lambda one: -one.weight))
