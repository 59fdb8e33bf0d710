"""The films of a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from flows.catalogue.titles import CatalogueError

_FILMS = (
    *("mp4", "m4v", "mov", "mkv", "webm", "ts", "m2ts", "mts"),
    *("mpg", "mpeg", "avi", "mxf", "wmv"),
)
_SOUNDS = ("wav", "flac", "mp3", "m4a", "aac", "ogg", "opus")
MEDIA = frozenset(f".{ending}" for ending in (*_FILMS, *_SOUNDS))
"""Endings of what is taken for a film or its sound, in lower case."""

# What downloads and copies are called while they are not whole.
_PARTIAL = frozenset({".part", ".partial", ".tmp", ".crdownload", ".filepart"})
_MAX_FILES = 1_000_000


def media_files(folder: Path, *, recursive: bool = False) -> tuple[Path, ...]:
    """Films below a folder, in the order of their names; hidden and unfinished ones left out.

    Raises:
        CatalogueError: it cannot be read, or is no folder.
    """
    if not folder.is_dir():
        raise CatalogueError(str(folder), "is no folder")
    try:
        return tuple(sorted(_films(folder.absolute(), recursive=recursive), key=_in_order))
    except OSError as error:
        raise CatalogueError(str(folder), error.strerror or str(error)) from error


def _in_order(path: Path) -> tuple[str, ...]:
    return path.parts


def _films(folder: Path, *, recursive: bool) -> Iterator[Path]:
    seen = 0
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if recursive and not name.startswith(".")]
        for name in files:
            seen += 1
            if seen > _MAX_FILES:
                raise CatalogueError(str(folder), f"holds more than {_MAX_FILES:,} files")
            path = Path(root, name)
            if is_media(name) and not _is_partial(path):
                yield path


def is_media(name: str) -> bool:
    """Whether a file's name says that it is a film."""
    return not name.startswith(".") and Path(name).suffix.lower() in MEDIA


def _is_partial(path: Path) -> bool:
    """A file beside which an unfinished one of its name stands is not whole yet."""
    return any(path.with_name(path.name + ending).exists() for ending in _PARTIAL)
