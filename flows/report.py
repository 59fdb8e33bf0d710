"""What a run has to tell: per language, what was made, where it is, how good it looks."""

from dataclasses import dataclass
from pathlib import Path

from flows.artifacts.store import ArtifactRef
from flows.translation_summary import TranslationSummary
from subtitles.language import LanguageTag
from subtitles.quality import QualitySummary


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageReport:
    """One language of a run.

    Attributes:
        language: Of the cues.
        cached: Whether the cues were there already, so that nothing was computed.
        engine: Printed signature of who made the cues; empty when it failed.
        files: Written (or found as they should be).
        task_id: Review task; None when it failed, and when nothing is reviewed.
        task_is_new: Whether this run put it into the queue.
        cues: Where its cues are stored; None when it failed.
        quality: None when it failed.
        translation: How it was translated; None for the source language, and when it failed.
        error: Why it failed; None when it did not.
        exit_code: Of that error; 0 when it did not fail.
    """

    language: LanguageTag
    cached: bool = False
    engine: str = ""
    files: tuple[Path, ...] = ()
    task_id: str | None = None
    task_is_new: bool = False
    cues: ArtifactRef | None = None
    quality: QualitySummary | None = None
    translation: TranslationSummary | None = None
    error: str | None = None
    exit_code: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleReport:
    """A whole run.

    Attributes:
        title: Stem of the media file, or of the subtitles that were translated.
        media_id: SHA-256 of the media file's bytes; of the subtitles' where there is no media.
        duration_ms: Of the media; up to the last out-time where there is none.
        source_language: Of the speech or of the subtitles.
        transcript_cached: Whether recognition was there already; None when nothing was recognised.
        languages: The language of the speech first; of subtitles only those translated into.
        report_files: The quality report: a page for people first, then the same as JSON.
    """

    title: str
    media_id: str
    duration_ms: int
    source_language: LanguageTag
    transcript_cached: bool | None
    languages: tuple[LanguageReport, ...]
    report_files: tuple[Path, ...] = ()

    @property
    def failed(self) -> tuple[LanguageReport, ...]:
        """Languages that could not be made."""
        return tuple(report for report in self.languages if report.error is not None)
