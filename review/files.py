"""Reviewed cues as subtitle files."""

import hashlib
from collections.abc import Sequence

from review.tasks import ReviewCue
from subtitles.cues import Subtitle
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.malformed import UnknownFormatError
from subtitles.formats.registry import FORMATS
from subtitles.formats.verifying import encode_verified

EXTENSIONS = ("srt", "vtt")
"""The files a snapshot holds; one for each field of `review.tasks.Snapshot`."""


def require_extension(extension: str) -> None:
    """UnknownFormatError unless ``extension`` is one of `EXTENSIONS`."""
    if extension not in EXTENSIONS:
        raise UnknownFormatError(extension, EXTENSIONS)


def file_of(cues: Sequence[ReviewCue], extension: str) -> str:
    """The whole file; hostile cue text cannot end a cue or start another.

    Raises:
        UnwritableSubtitleError: for a cue without text (the checks call it an error).
        RoundTripError: the file, read back, does not say what the cues say.
    """
    subtitles = tuple(Subtitle(cue.span, tuple(cue.text.split("\n"))) for cue in cues)
    return encode_verified(FORMATS[extension], SubtitleDocument(subtitles=subtitles))


def sha256_of(file_text: str) -> str:
    """Hex digest of the file as it is written to disk (UTF-8)."""
    return hashlib.sha256(file_text.encode()).hexdigest()
