"""Cue tracks to files."""

import logging
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from flows.files import write_atomically
from subtitles.cues import CueTrack
from subtitles.formats.document import SubtitleDocument, document_of
from subtitles.formats.losses import losses
from subtitles.formats.registry import format_of
from subtitles.formats.verifying import encode_verified

_LOG = logging.getLogger(__name__)


def file_name(stem: str, language: str, extension: str) -> str:
    """``{stem}.{language}.{extension}``, which media servers and players recognise."""
    return f"{stem}.{language}.{extension}"


def write_files(
    track: CueTrack,
    stem: str,
    folder: Path,
    extensions: Sequence[str],
    *,
    frame_rate: Fraction | None = None,
) -> tuple[Path, ...]:
    """Write the track in every format asked for; a file that is already so is left alone.

    Every text is read back and compared before the first file is written. What a format cannot
    carry of a subtitle is told in the log.

    Raises:
        UnknownFormatError: an extension of no format here.
        UnwritableSubtitleError: a format cannot hold a subtitle at all.
        RoundTripError: a text does not say what it was written to say.
        CannotWriteError: full disk, missing permission, or a file where the folder should be.
    """
    document = document_of(track, frame_rate=frame_rate, title=stem)
    texts = {extension: _text_of(document, extension) for extension in extensions}
    paths = []
    for extension, text in texts.items():
        path = folder / file_name(stem, track.language, extension)
        write_atomically(path, text.encode("utf-8"))
        paths.append(path)
    return tuple(paths)


def _text_of(document: SubtitleDocument, extension: str) -> str:
    form = format_of(extension)
    for loss in losses(form, document):
        if loss.numbers:
            _LOG.warning("%s, %s: %s", document.language, form.name, loss)
    return encode_verified(form, document)
