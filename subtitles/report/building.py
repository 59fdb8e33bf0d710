"""From checked tracks to a quality report."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from subtitles.cues import Cue
from subtitles.distributions import Distributions, WorstCue, distributions
from subtitles.findings import Finding, Severity
from subtitles.language import language_name
from subtitles.plain_text import clean_row, clean_text
from subtitles.quality import QualitySummary, summarize
from subtitles.repairs import repair_for
from subtitles.report.limits import limits_of, worst_of
from subtitles.report.model import (
    Effort,
    HeardDoubt,
    LanguageQuality,
    LanguageResult,
    Proposal,
    QualityReport,
    ReportedCue,
    ReportedFinding,
    RuleCount,
    Trouble,
)
from subtitles.report.strip import length_ms, strip_of
from subtitles.report.timecode import time_code
from subtitles.rules import HEARING_RULES, RULES

MAX_TROUBLES = 20
"""Worst cues shown of a language: more than anybody reads before mending them."""

MAX_HEARD = 50
"""Stretches to listen to that are shown of each rule about hearing."""

_MAX_NAMED_CUES = 8
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def build_report(
    title: str,
    results: Sequence[LanguageResult],
    *,
    failures: Sequence[tuple[str, str]] = (),
    remarks: Sequence[str] = (),
    effort: Effort | None = None,
) -> QualityReport:
    """The report of a title, all of its languages in the order given.

    Args:
        title: For people; may be any text.
        results: Tracks with what `subtitles.checks.track.check_track` found on them.
        failures: (language, why it could not be made).
        remarks: What was noted while the cues were read.
        effort: What it took to make them.
    """
    whole_ms = max((length_ms(one.track, one.picture) for one in results), default=1)
    pictures = [one.picture for one in results]
    return QualityReport(
        title=clean_text(title) or "untitled",
        length_ms=whole_ms,
        frame_rate=next((one.frame_rate for one in pictures if one.frame_rate), None),
        shot_changes=max((len(one.shot_changes_ms) for one in pictures), default=0),
        languages=tuple(_language(one, whole_ms) for one in results),
        failures=tuple((language, clean_text(why)) for language, why in failures),
        remarks=tuple(clean_text(one) for one in remarks),
        effort=effort,
    )


def _language(result: LanguageResult, whole_ms: int) -> LanguageQuality:
    track, profile, findings = result.track, result.profile, result.findings
    summary = summarize(track, profile, findings)
    spread = distributions(track, profile, findings, worst=MAX_TROUBLES)
    cues = _ReportedCues(result)
    return LanguageQuality(
        language=track.language,
        name=language_name(track.language),
        verdict=_verdict(summary),
        made_by=str(track.made_by),
        profile_checked_on=profile.checked_on,
        profile_advisory=profile.advisory,
        summary=summary,
        limits=limits_of(result),
        reading_speed=spread.reading_speed,
        duration=spread.duration,
        strip=strip_of(track, result.picture, findings, whole_ms),
        rules=_rules(findings, cues),
        troubles=tuple(_trouble(one, cues, result) for one in spread.worst),
        cues=cues.concerned(spread),
        findings=tuple(cues.finding(one) for one in findings),
        heard=_heard(findings, cues),
    )


def _verdict(summary: QualitySummary) -> str:
    if not summary.cues:
        return "has no cues"
    if not summary.errors:
        return "ready for review"
    return f"has {summary.errors} error{'s' if summary.errors > 1 else ''}"


class _ReportedCues:
    """The cues of a track by number and by id, each made for people at most once."""

    def __init__(self, result: LanguageResult) -> None:
        self.cues, self._rate = result.track.cues, result.picture.frame_rate
        self._numbers = {cue.cue_id: number for number, cue in enumerate(self.cues, 1)}
        source = result.source_track
        self._sources = {cue.cue_id: cue.lines for cue in source.cues} if source else {}
        self._found = {self._numbers.get(one.cue_id, 0) for one in result.findings}

    def number(self, cue_id: str) -> int | None:
        """None for the track as a whole."""
        return self._numbers.get(cue_id)

    def finding(self, found: Finding) -> ReportedFinding:
        return ReportedFinding(
            cue_number=self.number(found.cue_id),
            rule=found.rule,
            severity=found.severity,
            measured=found.measured,
            limit=found.limit,
            unit=found.unit,
            source=found.source,
            note=clean_text(found.note),
        )

    def concerned(self, spread: Distributions) -> tuple[ReportedCue, ...]:
        """Cues with findings, and the neighbours of the worst, in order."""
        worst = {number for one in spread.worst if (number := self.number(one.cue_id))}
        wanted = self._found | {number + step for number in worst for step in (-1, 1)}
        return tuple(
            self._cue(number, cue) for number, cue in enumerate(self.cues, 1) if number in wanted
        )

    def _cue(self, number: int, cue: Cue) -> ReportedCue:
        sources = (self._sources.get(name, ()) for name in cue.source_cue_ids)
        return ReportedCue(
            number=number,
            cue_id=cue.cue_id,
            start_ms=cue.span.start_ms,
            end_ms=cue.span.end_ms,
            start_code=time_code(cue.span.start_ms, self._rate),
            end_code=time_code(cue.span.end_ms, self._rate),
            lines=tuple(map(clean_row, cue.lines)),
            source_lines=tuple(clean_row(row) for rows in sources for row in rows),
        )


def _rules(findings: Iterable[Finding], cues: _ReportedCues) -> tuple[RuleCount, ...]:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_rule[one.rule].append(one)
    counts = [_rule(rule, found, cues) for rule, found in by_rule.items()]
    return tuple(sorted(counts, key=lambda one: (_ORDER.index(one.severity), -one.count, one.rule)))


def _rule(rule: str, found: Sequence[Finding], cues: _ReportedCues) -> RuleCount:
    numbers = (cues.number(one.cue_id) for one in found)
    return RuleCount(
        rule=rule,
        severity=min((one.severity for one in found), key=_ORDER.index),
        count=len(found),
        worst=cues.finding(worst_of(found)),
        says=RULES[rule].says,
        fix=RULES[rule].fix,
        sources=tuple(dict.fromkeys(one.source for one in found)),
        cue_numbers=tuple(number for number in numbers if number)[:_MAX_NAMED_CUES],
    )


def _heard(findings: Iterable[Finding], cues: _ReportedCues) -> tuple[HeardDoubt, ...]:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if one.rule in HEARING_RULES:
            by_rule[one.rule].append(one)
    return tuple(
        HeardDoubt(
            rule=rule,
            says=RULES[rule].says,
            count=len(found),
            total=round(sum(one.measured for one in found), 2),
            unit=RULES[rule].unit,
            findings=tuple(map(cues.finding, found[:MAX_HEARD])),
        )
        for rule, found in sorted(by_rule.items())
    )


def _trouble(worst: WorstCue, cues: _ReportedCues, result: LanguageResult) -> Trouble:
    number = cues.number(worst.cue_id) or 1
    lines = cues.cues[number - 1].lines
    repaired = ((one.rule, repair_for(one.rule, lines, result.profile)) for one in worst.findings)
    return Trouble(
        cue_number=number,
        findings=tuple(map(cues.finding, worst.findings)),
        proposals=tuple(Proposal(rule=rule, lines=rows) for rule, rows in repaired if rows),
    )
