"""One title to its transcript and the subtitles in the language it is spoken in."""

from dataclasses import dataclass
from pathlib import Path

from flows.delivering.outlet import Outlet
from flows.delivering.outputs import outlet_of
from flows.errors import UsageError
from flows.files import write_atomically
from flows.inline import open_for_work
from flows.pipeline import Pipeline
from flows.request import LocalizeRequest
from flows.runs.opening import run_log_for
from flows.runs.recording import recorded
from flows.runs.records import RunKind
from flows.runs.requests import run_of
from flows.settings import Settings
from flows.stages.deliverables import write_files
from flows.stages.once import StageResult
from flows.title import Title, with_shots, with_transcript
from flows.transcript_file import EXTENSION, encode_transcript
from subtitles.formats.registry import parse_formats
from subtitles.words import Transcript

_WORDS = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptFormats:
    """Which files are wanted.

    Attributes:
        words: The transcript itself, as JSON.
        subtitles: Extensions of subtitle formats.
    """

    words: bool
    subtitles: tuple[str, ...]


def parse_transcript_formats(text: str) -> TranscriptFormats:
    """Formats of a list such as ``json,srt vtt``, where json is the transcript itself.

    Raises:
        UsageError: the list is empty.
        UnknownFormatError: an extension of no format here.
    """
    names = parse_formats(text)
    if not names:
        raise UsageError("no file is asked for: name formats, such as --formats json,srt")
    return TranscriptFormats(
        words=_WORDS in names, subtitles=tuple(name for name in names if name != _WORDS)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscribedTitle:
    """What was heard in a title, and where it is written.

    Attributes:
        title: The title.
        transcript: What was heard.
        cached: Whether that was stored already.
        files: Written, or found as they should be.
    """

    title: Title
    transcript: Transcript
    cached: bool
    files: tuple[Path, ...]


def transcribed(
    pipeline: Pipeline, request: LocalizeRequest, settings: Settings, *, with_words: bool
) -> TranscribedTitle:
    """Recognise one title and write its files; its artifacts are those of a whole run.

    Args:
        pipeline: Of this process.
        request: The title, and which subtitle files are wanted of it.
        settings: For the title's lock.
        with_words: Whether the transcript itself is written as JSON, too.

    Raises:
        PolycueError: media, recognition model, disk, lock.
    """
    new = run_of(request, settings, kind=RunKind.TRANSCRIPT)
    with (
        recorded(run_log_for(settings), new) as run,
        open_for_work(pipeline, request, settings) as opened,
    ):
        run.found(media_id=opened.media_id, programme_ms=opened.asset.duration_ms)
        if request.formats:
            with pipeline.look_for_shots(opened) as looking:
                transcript = pipeline.transcribe(opened)
                found = looking.result()
        else:
            transcript, found = pipeline.transcribe(opened), None
        title = with_transcript(opened, transcript.value)
        title = with_shots(title, found.value if found else None)
        outlet = outlet_of(request, pipeline.localizer.naming)
        files = (
            *((_write_words(title, outlet, transcript.value),) if with_words else ()),
            *(_write_cues(pipeline, title, outlet, transcript) if request.formats else ()),
        )
    return TranscribedTitle(
        title=title, transcript=transcript.value, cached=transcript.cached, files=files
    )


def _write_words(title: Title, outlet: Outlet, transcript: Transcript) -> Path:
    stem = title.request.stem
    path = outlet.path(transcript.language, EXTENSION)
    data = encode_transcript(transcript, title=stem, asset=title.asset, stream=title.stream)
    write_atomically(path, data)
    return path


def _write_cues(
    pipeline: Pipeline, title: Title, outlet: Outlet, transcript: StageResult[Transcript]
) -> tuple[Path, ...]:
    source = pipeline.source_track(title, transcript)
    return write_files(
        source.value,
        outlet,
        title.request.formats,
        frame_rate=title.picture.frame_rate,
        made_from=source.ref.digest,
    )
