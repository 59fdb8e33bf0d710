"""A media file as bytes, before any demuxer sees it: may it be read, what is its identity."""

import hashlib
from pathlib import Path

from asr.errors import UnreadableMediaError


def checked_digest(path: Path) -> str:
    """Return the SHA-256 (hex) of a regular, non-empty, readable file, read as a stream.

    Raises:
        UnreadableMediaError: missing, a folder, not a regular file, empty, or not permitted.
    """
    if not path.exists():
        raise UnreadableMediaError(path, "there is no such file; check the path")
    if path.is_dir():
        raise UnreadableMediaError(path, "it is a folder; name the media file inside it")
    if not path.is_file():
        raise UnreadableMediaError(path, "it is not a regular file; copy the media to a file first")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise UnreadableMediaError(path, "it is empty; copy it again")
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> UnreadableMediaError:
    """The same failure in our own terms."""
    if isinstance(error, PermissionError):
        return UnreadableMediaError(path, "permission denied; ask its owner for access")
    if isinstance(error, FileNotFoundError):
        return UnreadableMediaError(path, "it is not there any more; put it back and run again")
    return UnreadableMediaError(path, (error.strerror or "input error").lower())


def claims_mp4(path: Path) -> bool:
    """Whether the first bytes are those of an MP4/QuickTime file."""
    with path.open("rb") as file:
        return file.read(12)[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free"}
