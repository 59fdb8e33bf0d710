"""The quality report of a run: what was checked, and the files that say how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.artifacts.store import ArtifactStore
from flows.delivering.transaction import write_set
from flows.observing.effort import effort_so_far
from flows.report import LanguageReport
from flows.runs.recording import current_run
from flows.stages.once import loaded
from flows.stages.subtitling import TRACKS, TRANSLATIONS
from flows.title import Localizable
from flows.translation_summary import summary_text
from subtitles.checks.hearing import check_hearing
from subtitles.checks.track import check_track
from subtitles.cues import CueTrack
from subtitles.findings import Finding
from subtitles.report.building import build_report
from subtitles.report.model import LanguageResult, QualityReport
from subtitles.report.page import render_html
from subtitles.report.values import report_json
from subtitles.rules import distinct


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """A quality report on disk.

    Attributes:
        files: A page for people first, then the same as JSON.
        cached: Whether both were there already, to the byte.
    """

    files: tuple[Path, ...]
    cached: bool


def checked(
    title: Localizable, source: CueTrack, track: CueTrack, doubts: Sequence[Finding] = ()
) -> LanguageResult:
    """A track of the title with everything found on it.

    Args:
        title: With its shot changes, where they are known, and its transcript, whose doubts are
            found on the cues.
        source: The cues in the language of the speech.
        track: The same, or what was made of them.
        doubts: What its maker found.
    """
    compared = None if track is source else source
    profile = title.request.profile(track.language)
    found = check_track(track, profile, picture=title.picture, source=compared)
    heard = check_hearing(track, title.transcript, profile) if title.transcript else ()
    return LanguageResult(
        track=track,
        profile=profile,
        picture=title.picture,
        findings=distinct((*found, *heard, *doubts)),
        source_track=compared,
    )


def report_run(
    store: ArtifactStore, title: Localizable, source: CueTrack, languages: Sequence[LanguageReport]
) -> WrittenReport:
    """Write ``{stem}.report.html`` and ``.json`` about the languages of a run.

    ``source`` is what they were translated from: the approved transcript, where there is one.

    The same cues give the same bytes, whenever and however often it is called, as long as nothing
    was computed anew: what the title took stands in it, too.

    Raises:
        CannotWriteError: full disk, missing permission, or a file where the folder should be.
        KeyError: a language's cues are no longer in the store.
    """
    made = (one for one in languages if one.cues is not None)
    results = [_again(store, title, source, one) for one in made]
    failures = [(one.language, one.error) for one in languages if one.error is not None]
    remarks = [
        f"{one.language}: {summary_text(one.translation)}" for one in languages if one.translation
    ]
    run = current_run.get()
    report = build_report(
        title.request.stem,
        results,
        failures=failures,
        remarks=remarks,
        effort=effort_so_far(run) if run else None,
    )
    return write_report(report, title.request.out_folder, title.request.stem)


def _again(
    store: ArtifactStore, title: Localizable, source: CueTrack, one: LanguageReport
) -> LanguageResult:
    """Checked again from the store: findings do not travel between tasks."""
    if one.cues is None:
        return checked(title, source, source)
    if one.language == source.language:
        own = loaded(store, one.cues, TRACKS).value
        return checked(title, own, own)
    made = loaded(store, one.cues, TRANSLATIONS).value
    return checked(title, source, made.track, made.warnings)


def write_report(report: QualityReport, folder: Path, stem: str) -> WrittenReport:
    """The page and the JSON beside it, both or neither; a file that is already so is left alone.

    Raises:
        CannotWriteError: see `write_set`.
    """
    texts = {"html": render_html(report), "json": report_json(report)}
    paths = {folder / f"{stem}.report.{ending}": text for ending, text in texts.items()}
    files = {path.name: text.encode("utf-8") for path, text in paths.items()}
    written = write_set(folder, f"{stem}.report", files)
    return WrittenReport(files=tuple(paths), cached=not written)
