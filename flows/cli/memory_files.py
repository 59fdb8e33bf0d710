"""What ``polycue memory`` does."""

import json
from collections.abc import Iterator
from pathlib import Path

from flows.errors import UsageError
from flows.files import write_atomically
from flows.review_wiring import open_memory
from subtitles.language import LanguageTag, language_name
from subtitles.plain_text import clean_text
from translate.memory.tmx_reading import (
    MAX_TMX_BYTES,
    MalformedMemoryError,
    decode_tmx,
)
from translate.memory.tmx_writing import encode_tmx


def import_memory(path: Path, title: str) -> Iterator[str]:
    """Add a file's units to the memory; yields what to say about it.

    Raises:
        UsageError: the file cannot be read from disk.
        MalformedMemoryError: it is no TMX, or has what is refused; nothing of it is kept.
    """
    read = decode_tmx(_bytes(path), title or path.stem)
    added = open_memory().add(read.units)
    for remark in read.remarks:
        yield f"{path.name}, {_quoted(remark)}"
    known = len(read.units) - added
    yield (
        f"{path.name}: {added} units added, {known} known already, {read.passed_over} passed over"
    )


def export_memory(
    path: Path, *, source: LanguageTag | None, target: LanguageTag | None, title: str
) -> str:
    """Write units to a file; returns what to say about it.

    Raises:
        UsageError: there is no such unit; the file is not called ``.tmx``.
        CannotWriteError: the file cannot be written.
    """
    if path.suffix.casefold() != ".tmx":
        raise UsageError(f"{path.name}: a memory is written as TMX; name the file .tmx")
    units = open_memory().units(source=source, target=target, title=title)
    if not units:
        raise UsageError("the memory has no such units: see `polycue memory stats`")
    write_atomically(path, encode_tmx(units).encode())
    return f"{path}: {len(units)} units"


def memory_lines() -> Iterator[str]:
    """A line for each pair of languages."""
    counts = open_memory().counts()
    for count in counts:
        pair = f"{language_name(count.pair.source)} → {language_name(count.pair.target)}"
        yield f"{pair}: {count.units} units of {count.titles} titles"
    if not counts:
        yield "the memory is empty: approve a task, or import a TMX file"


def memory_json() -> str:
    """The same as a JSON list."""
    return json.dumps(
        [
            {
                "from": count.pair.source,
                "to": count.pair.target,
                "units": count.units,
                "titles": count.titles,
            }
            for count in open_memory().counts()
        ],
        indent=2,
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_TMX_BYTES:
            raise MalformedMemoryError(0, f"{MAX_TMX_BYTES // 1_000_000} MB at most are read")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error


def _quoted(remark: str) -> str:
    """A remark may quote the file: on one row, and no terminal codes in it."""
    return clean_text(remark)
