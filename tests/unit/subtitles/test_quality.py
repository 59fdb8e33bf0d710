"""The short numbers of a track."""

import pytest
from timed_text import cue, profile, track

from subtitles.checks.track import check_track
from subtitles.findings import Finding, Severity
from subtitles.picture import NO_PICTURE
from subtitles.quality import summarize
from subtitles.rules import LIMIT_RULES, RULES

ENGLISH = profile("en")


def test_a_summary_counts_cues_rows_speed_and_findings() -> None:
    made = track(
        [
            cue("x" * 20, 0, 2000, cue_id="a"),
            cue("y" * 30 + "\n" + "y" * 30, 3000, 5000, cue_id="b"),
            cue("z" * 43 + "…", 6000, 10_400, cue_id="c"),
            cue("w" * 20, 11_000, 13_000, cue_id="d"),
        ]
    )
    summary = summarize(made, ENGLISH, check_track(made, ENGLISH, picture=NO_PICTURE))
    assert (summary.cues, summary.lines, summary.shown_ms) == (4, 5, 10_400)
    assert summary.mean_chars_per_second == pytest.approx((10 + 30 + 10 + 10) / 4)
    assert summary.max_chars_per_second == 30
    assert summary.share_within_limits == 0.5
    assert (summary.errors, summary.warnings, summary.infos) == (0, 2, 0)
    assert summary.findings_by_rule == (("line-length", 1), ("reading-speed", 1))
    assert summary.profile_id == "en/adult/subtitle"


def test_a_track_without_cues_breaks_nothing() -> None:
    summary = summarize(track([]), ENGLISH, ())
    assert (summary.cues, summary.mean_chars_per_second, summary.max_chars_per_second) == (0, 0, 0)
    assert summary.share_within_limits == 1


def finding(rule: str, severity: Severity, cue_id: str = "c1") -> Finding:
    return Finding(
        rule=rule, severity=severity, cue_id=cue_id, measured=1, limit=0, unit="x", source="test"
    )


@pytest.mark.parametrize("rule", sorted(LIMIT_RULES))
def test_a_cue_beyond_a_limit_is_not_within_limits(rule: str) -> None:
    made = track([cue("text"), cue("more", 5000, 6000, cue_id="c2")])
    assert (
        summarize(made, ENGLISH, [finding(rule, RULES[rule].severity)]).share_within_limits == 0.5
    )


def test_a_doubt_or_a_stray_space_breaks_no_limit() -> None:
    made = track([cue("text")])
    for rule in set(RULES) - LIMIT_RULES:
        found = [finding(rule, RULES[rule].severity)]
        assert summarize(made, ENGLISH, found).share_within_limits == 1


def test_findings_are_counted_by_severity() -> None:
    severities = [Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.INFO]
    findings = [finding("gap", severity) for severity in severities]
    summary = summarize(track([cue("text")]), ENGLISH, findings)
    assert (summary.errors, summary.warnings, summary.infos) == (1, 2, 1)


def test_rules_stand_most_frequent_first() -> None:
    findings = [finding(rule, Severity.WARNING) for rule in ("b", "a", "c", "c")]
    assert summarize(track([]), ENGLISH, findings).findings_by_rule == (
        ("c", 2),
        ("a", 1),
        ("b", 1),
    )
