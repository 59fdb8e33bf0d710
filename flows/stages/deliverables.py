"""Cue tracks to files."""

from collections.abc import Sequence
from pathlib import Path

from flows.files import write_atomically
from subtitles.cues import CueTrack, subtitles_of
from subtitles.formats.registry import FORMATS


def file_name(stem: str, language: str, extension: str) -> str:
    """``{stem}.{language}.{extension}``, which media servers and players recognise."""
    return f"{stem}.{language}.{extension}"


def write_files(
    track: CueTrack, stem: str, folder: Path, extensions: Sequence[str]
) -> tuple[Path, ...]:
    """Write the track in every format asked for; a file that is already so is left alone.

    Raises:
        CannotWriteError: full disk, missing permission, or a file where the folder should be.
    """
    paths = []
    for extension in extensions:
        path = folder / file_name(stem, track.language, extension)
        write_atomically(path, FORMATS[extension].encode(subtitles_of(track)).encode("utf-8"))
        paths.append(path)
    return tuple(paths)
