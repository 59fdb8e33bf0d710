"""What ``polycue eval asr`` compares: transcripts, subtitles and plain text, read from files."""

import json
from collections.abc import Iterator
from pathlib import Path

from asr.scoring.timing import TimedPassage
from flows.asr_score import Heard, Reference
from flows.errors import UsageError
from flows.file_names import language_in_name
from flows.subtitle_files import bytes_of
from flows.transcript_file import decode_transcript
from subtitles.cues import Subtitle
from subtitles.formats.charset import decode_bytes
from subtitles.formats.document import Notes
from subtitles.formats.reading import ReadingOptions, read_subtitles
from subtitles.language import LanguageTag
from subtitles.span import Span
from subtitles.words import Transcript, Word

_PLAIN_TEXT = ".txt"
_JSON = ".json"
_SUBTITLES = frozenset(
    {".srt", ".vtt", ".ttml", ".dfxp", ".xml", ".itt", ".scc", ".ass", ".ssa", ".json"}
)


def is_heard_already(path: Path) -> bool:
    """Whether a file is text by its name, and not something to listen to."""
    return path.suffix.lower() in {_PLAIN_TEXT, *_SUBTITLES}


def read_heard(path: Path, language: LanguageTag | None) -> Heard:
    """A transcript, a subtitle file or plain text.

    Args:
        path: The file.
        language: Of the text; what the name or the file itself says when None.

    Raises:
        UsageError: it cannot be read from disk.
        FormatError: it cannot be understood.
    """
    data = bytes_of(path)
    known = language or language_in_name(path.name)
    if path.suffix.lower() == _PLAIN_TEXT:
        return Heard(text=_text(data, known), language=known)
    if path.suffix.lower() == _JSON and _is_transcript(data):
        return heard_of(decode_transcript(data))
    subtitles, said = _subtitles(path, data, known)
    return Heard(
        text=_joined(subtitles),
        spans=tuple(subtitle.span for subtitle in subtitles),
        words=tuple(word for subtitle in subtitles for word in shared_out(subtitle)),
        language=known or said,
        is_timed_by_cue=True,
    )


def heard_of(transcript: Transcript) -> Heard:
    """What a transcript says."""
    return Heard(
        text=transcript.text,
        spans=tuple(word.span for word in transcript.words),
        words=transcript.words,
        doubts=transcript.doubts,
        language=transcript.language,
    )


def read_reference(path: Path, language: LanguageTag | None) -> Reference:
    """A subtitle file, or plain text without times.

    Raises:
        UsageError: it cannot be read from disk, or is neither.
        FormatError: it cannot be understood.
    """
    if not is_heard_already(path):
        what = "a subtitle file such as .srt, or .txt"
        raise UsageError(f"{path.name} is no reference: give what was said as {what}")
    data = bytes_of(path)
    known = language or language_in_name(path.name)
    if path.suffix.lower() == _PLAIN_TEXT:
        reference = Reference(text=_text(data, known), language=known)
    else:
        subtitles, said = _subtitles(path, data, known)
        passages = tuple(
            TimedPassage(text=" ".join(subtitle.lines), span=subtitle.span)
            for subtitle in subtitles
        )
        reference = Reference(text=_joined(subtitles), passages=passages, language=known or said)
    return reference


def _text(data: bytes, language: LanguageTag | None) -> str:
    return decode_bytes(data, Notes(), language=language).text


def _is_transcript(data: bytes) -> bool:
    """Of ours, as opposed to subtitles in JSON."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == "polycue-transcript"


def _subtitles(
    path: Path, data: bytes, language: LanguageTag | None
) -> tuple[tuple[Subtitle, ...], LanguageTag | None]:
    """In order of time, whatever the order in the file."""
    read = read_subtitles(data, path.name, ReadingOptions(language=language))
    subtitles = sorted(read.document.subtitles, key=lambda subtitle: subtitle.span)
    return tuple(subtitles), read.document.language


def _joined(subtitles: tuple[Subtitle, ...]) -> str:
    return " ".join(" ".join(subtitle.lines) for subtitle in subtitles)


def shared_out(subtitle: Subtitle) -> Iterator[Word]:
    """The words of a cue; each takes as much of its time as of its letters."""
    words = " ".join(subtitle.lines).split()
    letters = sum(map(len, words))
    now_ms, done = subtitle.span.start_ms, 0
    for word in words:
        done += len(word)
        end_ms = subtitle.span.start_ms + subtitle.span.duration_ms * done // letters
        yield Word(text=f" {word}", span=Span(now_ms, end_ms), probability=1.0)
        now_ms = end_ms
