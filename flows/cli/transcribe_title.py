"""What ``polycue transcribe`` does: wire the engines, listen to progress, print the outcome."""

import json
import sys
from collections.abc import Iterator

from flows.cli.progress import terminal_progress
from flows.doubts_text import doubts_text
from flows.request import LocalizeRequest
from flows.settings import Settings
from flows.title_transcript import TranscribedTitle, transcribed
from subtitles.language import language_name


def transcribe_title(
    request: LocalizeRequest, *, with_words: bool, quiet: bool
) -> TranscribedTitle:
    """Recognise one title and write its files.

    Raises:
        PolycueError: see `flows.title_transcript.transcribed`.
    """
    from flows.wiring import build_pipeline

    settings = Settings()
    with terminal_progress(sys.stderr, quiet=quiet):
        pipeline = build_pipeline(settings, request)
        return transcribed(pipeline, request, settings, with_words=with_words)


def print_transcribed(done: TranscribedTitle, *, as_json: bool) -> None:
    """A summary and where the files are; or one JSON object."""
    if as_json:
        sys.stdout.write(json.dumps(_as_json(done), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(done))


def _lines(done: TranscribedTitle) -> Iterator[str]:
    transcript = done.transcript
    count = len(transcript.words)
    name = language_name(transcript.language)
    forced = done.title.request.language is not None
    language = name if forced else f"{name} ({transcript.language_probability:.0%} sure)"
    doubts = doubts_text(transcript.doubts) if transcript.doubts else "nothing to listen to again"
    words = "1 word" if count == 1 else f"{count:,} words"
    yield f"{words}, {language}; {doubts}"
    yield from (f"  {path}" for path in done.files)


def _as_json(done: TranscribedTitle) -> dict[str, object]:
    transcript, title = done.transcript, done.title
    return {
        "title": title.request.stem,
        "media_id": title.asset.media_id,
        "duration_ms": title.asset.duration_ms,
        "audio_stream": title.stream.index,
        "language": transcript.language,
        "language_probability": transcript.language_probability,
        "words": len(transcript.words),
        "doubts": [
            {
                "start_ms": one.span.start_ms,
                "end_ms": one.span.end_ms,
                "doubts": list(one.doubts),
                "set_aside": one.set_aside,
            }
            for one in transcript.doubts
        ],
        "engine": str(transcript.made_by),
        "cached": done.cached,
        "files": [str(path) for path in done.files],
    }
