"""How the cues of a track keep the limits of their style, one by one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from subtitles.checks.standard import HOUSE_RULE, Standard
from subtitles.findings import Finding
from subtitles.report.model import LanguageResult, Limit
from subtitles.rules import RULES

_LABELS: tuple[tuple[str, str, str], ...] = (
    ("reading-speed", "Reading speed", "max_chars_per_second"),
    ("line-length", "Line length", "max_chars_per_line"),
    ("line-count", "Lines in a cue", "max_lines"),
    ("short-duration", "Shortest cue", "min_duration_ms"),
    ("long-duration", "Longest cue", "max_duration_ms"),
    ("gap", "Gap to the next cue", "min_gap_frames"),
    ("one-frame-gap", "Gaps of one frame", "min_gap_frames"),
    ("overlap", "Overlaps", "min_gap_frames"),
    ("out-of-order", "Order of the cues", ""),
    ("off-grid", "On the frame grid", ""),
    ("out-time-at-cut", "Out-times at cuts", "min_open_gap_ms"),
    ("out-time-near-cut", "Out-times near cuts", "min_open_gap_ms"),
    ("in-time-near-cut", "In-times near cuts", "min_open_gap_ms"),
    ("crosses-cut", "Cuts crossed in silence", "min_open_gap_ms"),
)
"""Rule, label, and the profile's value behind the limit (empty for a house rule)."""

_OF_FRAMES = frozenset({"one-frame-gap", "off-grid"})
_OF_SPEECH = frozenset({"crosses-cut"})


def limits_of(result: LanguageResult) -> tuple[Limit, ...]:
    """A row for every limit, in the order people ask for them; rules switched off are left out."""
    return tuple(_limits(result, Standard(result.profile, result.picture)))


def _limits(result: LanguageResult, standard: Standard) -> Iterator[Limit]:
    profile, cues = result.profile, result.track.cues
    broken = Counter(rule for rule, _ in _rules_and_cues(result.findings))
    allowed = _allowed(standard)
    for rule, label, value in _LABELS:
        if profile.severity(rule, RULES[rule].severity) is None:
            continue
        yield Limit(
            rule=rule,
            label=label,
            limit=allowed[rule],
            unit=RULES[rule].unit,
            source=profile.source(value) if value else HOUSE_RULE,
            advisory=bool(value) and profile.is_advisory(value),
            broken=broken[rule],
            share=1 - broken[rule] / len(cues) if cues else 1.0,
            measured=_is_measured(rule, result),
        )


def _rules_and_cues(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.cue_id) for finding in findings}


def _allowed(standard: Standard) -> dict[str, float]:
    """The last value still allowed, in the unit of the rule's findings."""
    profile, zones = standard.profile, standard.cuts.zones
    gap_ms = float(standard.grid.ms(standard.grid.min_gap))
    margin, half = float(zones.margin), float(zones.half)
    if not standard.grid.frame_rate:
        margin, half = standard.frames(zones.margin), standard.frames(zones.half)
    return {
        "reading-speed": profile.max_chars_per_second,
        "line-length": profile.max_chars_per_line,
        "line-count": profile.max_lines,
        "short-duration": profile.min_duration_ms,
        "long-duration": profile.max_duration_ms,
        "gap": gap_ms,
        "one-frame-gap": profile.min_gap_frames,
        "overlap": 0,
        "out-of-order": 0,
        "off-grid": 1,
        "out-time-at-cut": margin,
        "out-time-near-cut": half,
        "in-time-near-cut": half,
        "crosses-cut": 0,
    }


def _is_measured(rule: str, result: LanguageResult) -> bool:
    """Whether what the rule needs to know was known."""
    if rule in _OF_FRAMES:
        return result.picture.frame_rate is not None
    if rule.endswith("cut"):
        has_speech = rule not in _OF_SPEECH or any(cue.speech for cue in result.track.cues)
        return bool(result.picture.shot_changes_ms) and has_speech
    return True


def worst_of(findings: Sequence[Finding]) -> Finding:
    """The finding that is farthest from its limit; of equals, the first."""
    return max(findings, key=lambda one: abs(one.measured - one.limit))
