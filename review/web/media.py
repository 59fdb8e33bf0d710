"""Which media files the form plays, and under which type."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from review.web.problems import NoMediaError

# Spelled out, since the machine's own MIME tables differ. Only these are ever sent: whatever path a
# draft names, nothing but a media file leaves the machine.
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".mp4": "video/mp4",
        ".m4v": "video/mp4",
        ".mov": "video/quicktime",
        ".webm": "video/webm",
        ".mkv": "video/x-matroska",
        ".ogv": "video/ogg",
        ".avi": "video/x-msvideo",
        ".mpg": "video/mpeg",
        ".mpeg": "video/mpeg",
        ".ts": "video/mp2t",
        ".m2ts": "video/mp2t",
        ".mts": "video/mp2t",
        ".wmv": "video/x-ms-wmv",
        ".mxf": "application/mxf",
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".aac": "audio/aac",
        ".wav": "audio/wav",
        ".flac": "audio/flac",
        ".ogg": "audio/ogg",
        ".oga": "audio/ogg",
        ".opus": "audio/ogg",
        ".aif": "audio/aiff",
        ".aiff": "audio/aiff",
    }
)


def media_type(path: str) -> str | None:
    """The MIME type of a media file by its name; None for anything else."""
    return MEDIA_TYPES.get(Path(path).suffix.lower())


def media_kind(path: str) -> str:
    """``video`` or ``audio``: how much room the player needs."""
    return "audio" if (media_type(path) or "").startswith("audio/") else "video"


def is_playable(path: str) -> bool:
    """Whether the file can be sent from this machine."""
    return media_type(path) is not None and _is_file(path)


def require_playable(path: str) -> tuple[Path, str]:
    """The file and its type.

    Raises:
        NoMediaError: when it is no media file, or is not on this machine.
    """
    kind = media_type(path)
    if kind is None:
        raise NoMediaError("this task's file is of no kind that the form plays")
    if not _is_file(path):
        raise NoMediaError(
            "the media file is not on this machine: "
            "put it back where it was when the draft was made"
        )
    return Path(path), kind


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # a name no file system takes, such as one with a NUL
        return False
