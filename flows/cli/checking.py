"""What ``polycue qc`` does: read a file, find out about the picture, check, report."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from flows.cli.shot_list import parse_shots
from flows.errors import UsageError
from flows.file_names import title_in_name
from flows.subtitle_files import bytes_of, language_of, read_file
from subtitles.checks.track import check_track
from subtitles.cues import CueTrack
from subtitles.formats.reading import ReadFile
from subtitles.language import LanguageTag
from subtitles.picture import NO_PICTURE, Picture
from subtitles.report.building import build_report
from subtitles.report.file_track import rendering, track_of
from subtitles.report.model import LanguageResult, QualityReport
from subtitles.style.profile import Audience, Kind, load_profile


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """One file to check, and what is known about it.

    Attributes:
        file: The subtitles.
        language: Of their text; from the name, or the file itself, when None.
        client: Whose house style they keep; empty for none.
        audience: Who reads.
        kind: What is read.
        source: The subtitles they are a translation of.
        source_language: Of those; as for the file when None.
        media: The film.
        find_shots: Search the film for shot changes when no run has found them yet.
        shots: A list of shot changes; goes before those of the film.
        frame_rate: Goes before those of the film and the file.
        encoding: Of the file; guessed when None.
        repair: Mend faults of the file instead of refusing it.
    """

    file: Path
    language: LanguageTag | None = None
    client: str = ""
    audience: Audience = "adult"
    kind: Kind = "subtitle"
    source: Path | None = None
    source_language: LanguageTag | None = None
    media: Path | None = None
    find_shots: bool = False
    shots: Path | None = None
    frame_rate: Fraction | None = None
    encoding: str | None = None
    repair: bool = False


def check_file(check: FileCheck) -> QualityReport:
    """The report of one file; what was guessed, mended or not known stands in its remarks.

    Raises:
        UsageError: a file cannot be read from disk, or its language is not known.
        FormatError: the file, its source or the list of shot changes cannot be understood.
        MediaError: the film cannot be read.
        UnservedStyleError, UnknownStyleError: there is no such style.
    """
    if check.find_shots and check.media is None:
        raise UsageError("--find-shots needs the film: name it with --media")
    read = _read(check.file, check.language, check)
    language = language_of(check.file, check.language, read, "--lang")
    profile = load_profile(language, audience=check.audience, kind=check.kind, client=check.client)
    picture = _picture(check, read)
    track = track_of(read.document, language, read.form.name)
    source = None
    remarks = [*_remarks(check.file, read, language)]
    if check.source is not None:
        source, noted = _source(check.source, check)
        track = rendering(track, source)
        remarks += noted
    if not picture.shot_changes_ms:
        remarks.append("no shot changes are known: rules about cuts are not checked")
    findings = check_track(track, profile, picture=picture, source=source)
    result = LanguageResult(
        track=track, profile=profile, picture=picture, findings=findings, source_track=source
    )
    title = read.document.title or title_in_name(check.file.name)
    return build_report(title, [result], remarks=remarks)


def _read(path: Path, language: LanguageTag | None, check: FileCheck) -> ReadFile:
    encoding = check.encoding if path == check.file else None
    return read_file(path, language, encoding=encoding, repair=check.repair)


def _remarks(path: Path, read: ReadFile, language: LanguageTag) -> Iterator[str]:
    """How the file was read."""
    count = len(read.document.subtitles)
    yield f"{path.name}: {read.form.name}, {read.text}, {count} subtitles"
    said = read.document.language
    if said is not None and said != language:
        yield f"{path.name} says that it is in {said}; it is checked as {language}"
    yield from (f"repaired {one}" for one in read.repairs)
    yield from map(str, read.remarks)


def _source(path: Path, check: FileCheck) -> tuple[CueTrack, list[str]]:
    read = _read(path, check.source_language, check)
    language = language_of(path, check.source_language, read, "--source-lang")
    track = track_of(read.document, language, read.form.name)
    return track, [*_remarks(path, read, language)]


def _picture(check: FileCheck, read: ReadFile) -> Picture:
    picture = NO_PICTURE
    if check.media is not None:
        from flows.cli.film_picture import picture_of

        picture = picture_of(check.media, find_shots=check.find_shots and check.shots is None)
    rate = check.frame_rate or picture.frame_rate or read.document.frame_rate
    if check.shots is None:
        return replace(picture, frame_rate=rate)
    text = bytes_of(check.shots).decode("utf-8", "replace")
    return replace(picture, frame_rate=rate, shot_changes_ms=parse_shots(text, rate))
