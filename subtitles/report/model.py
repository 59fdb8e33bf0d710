"""What a quality report says: plain values that go into JSON as they are."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from subtitles.cues import CueTrack
from subtitles.distributions import Histogram
from subtitles.findings import Finding, Severity
from subtitles.language import LanguageTag
from subtitles.picture import Picture
from subtitles.quality import QualitySummary
from subtitles.style.profile import StyleProfile

REPORT_VERSION = 1
"""Of the JSON: raised when a name goes or changes its meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageResult:
    """One language of a title as it was checked.

    Attributes:
        track: The cues.
        profile: The limits they were checked against.
        picture: What they were checked against of the picture.
        findings: What was found.
        source_track: The cues they render; None on a source track.
    """

    track: CueTrack
    profile: StyleProfile
    picture: Picture
    findings: tuple[Finding, ...]
    source_track: CueTrack | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCue:
    """A cue for people.

    Attributes:
        number: Its place in the track, from 1.
        cue_id: Its id.
        start_ms: In-time.
        end_ms: Out-time.
        start_code: In-time as a SMPTE time code; empty without a frame rate.
        end_code: Out-time likewise.
        lines: Its rows, control characters taken out.
        source_lines: The rows it renders, if known.
    """

    number: int
    cue_id: str
    start_ms: int
    end_ms: int
    start_code: str
    end_code: str
    lines: tuple[str, ...]
    source_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """A finding on a cue; without a number, on the track as a whole."""

    cue_number: int | None
    rule: str
    severity: Severity
    measured: float
    limit: float
    unit: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardDoubt:
    """All findings of one rule about what was heard: their sum in ``unit``, the first of them."""

    rule: str
    says: str
    count: int
    total: float
    unit: str
    findings: tuple[ReportedFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How the cues keep one limit.

    Attributes:
        rule: Its name.
        label: For people.
        limit: The last value still allowed, in ``unit``.
        unit: Of the limit.
        source: Where the limit comes from.
        advisory: No published guide for this language was seen to say so.
        broken: Cues beyond it.
        share: Cues that keep it, 0…1.
        measured: False where something needed was not known, such as the shot changes.
    """

    rule: str
    label: str
    limit: float
    unit: str
    source: str
    advisory: bool
    broken: int
    share: float
    measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """All findings of one rule.

    Attributes:
        rule: Its name.
        severity: The worst of its findings.
        count: How many.
        worst: The finding that is farthest from its limit.
        says: What is wrong.
        fix: What to do about it.
        sources: Where its limits come from.
        cue_numbers: The first cues concerned.
    """

    rule: str
    severity: Severity
    count: int
    worst: ReportedFinding
    says: str
    fix: str
    sources: tuple[str, ...]
    cue_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The one right repair of a finding: the rows the cue would have."""

    rule: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One of the worst cues; its findings worst first."""

    cue_number: int
    findings: tuple[ReportedFinding, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The title's length in equal parts, with what lies in each.

    Attributes:
        length_ms: Of the whole.
        covered: Share of each part during which a cue is shown, 0…1.
        shot_changes: How many in each part.
        errors: Findings on cues that start in each part.
        warnings: Findings likewise.
        infos: Findings likewise.
    """

    length_ms: int
    covered: tuple[float, ...]
    shot_changes: tuple[int, ...]
    errors: tuple[int, ...]
    warnings: tuple[int, ...]
    infos: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageQuality:
    """One language of the report.

    Attributes:
        language: Of the text.
        name: Of the language, for people.
        verdict: In a few words.
        made_by: Who made the cues.
        profile_checked_on: When the style's files were last compared with their sources.
        profile_advisory: No published guide stands behind its line length or reading speed.
        summary: The track in numbers.
        limits: How the limits are kept.
        reading_speed: How the cues spread.
        duration: How the cues spread.
        strip: Over time.
        rules: Findings by rule, worst and most frequent first.
        troubles: The worst cues.
        cues: Those with findings, and those just before and after the worst.
        findings: All of them, in the order of the cues.
        heard: What should be compared with the sound, by rule.
    """

    language: LanguageTag
    name: str
    verdict: str
    made_by: str
    profile_checked_on: date
    profile_advisory: bool
    summary: QualitySummary
    limits: tuple[Limit, ...]
    reading_speed: Histogram
    duration: Histogram
    strip: Strip
    rules: tuple[RuleCount, ...]
    troubles: tuple[Trouble, ...]
    cues: tuple[ReportedCue, ...]
    findings: tuple[ReportedFinding, ...]
    heard: tuple[HeardDoubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEffort:
    """What one step of the work took.

    Attributes:
        step: For people.
        results: How many were computed.
        stage_ms: Wall time of each, added up; steps may have overlapped.
        cpu_ms: Processor time.
        size_bytes: Of the results.
    """

    step: str
    results: int
    stage_ms: int
    cpu_ms: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What a title took so far, in all of its runs.

    Attributes:
        steps: In the order of the work.
        stage_ms: Of all steps.
        cpu_ms: Of all steps.
        cpu_hours_per_hour: Of processor time for an hour of programme; None where its length is
            not known.
        price: With its currency; empty where nobody said what anything costs.
        price_per_hour: The same for an hour of programme.
    """

    steps: tuple[StepEffort, ...]
    stage_ms: int
    cpu_ms: int
    cpu_hours_per_hour: float | None
    price: str = ""
    price_per_hour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """One title in all its languages.

    Attributes:
        title: On one row.
        version: Of the JSON schema.
        length_ms: Of the title, or up to the last cue where nobody knows.
        frame_rate: Of the picture; None for sound alone and for a variable rate.
        shot_changes: How many are known.
        languages: In the order they were given.
        failures: (language, why it is not there).
        remarks: What was noted while the cues were read.
        effort: What it took to make them; None where nobody counted.
    """

    title: str
    version: int = REPORT_VERSION
    length_ms: int
    frame_rate: Fraction | None
    shot_changes: int
    languages: tuple[LanguageQuality, ...]
    failures: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    effort: Effort | None = None
