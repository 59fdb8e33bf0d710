"""Subtitle files on disk: read whole, in the language that they are in."""

from pathlib import Path

from flows.errors import UsageError
from flows.file_names import language_in_name
from subtitles.formats.reading import ReadFile, ReadingOptions, read_subtitles, require_sane_bytes
from subtitles.language import LanguageTag


def bytes_of(path: Path) -> bytes:
    """The bytes of a file of sane size.

    Raises:
        UsageError: it cannot be read from disk.
        OversizedFileError: it is too large to be subtitles.
    """
    try:
        require_sane_bytes(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error


def read_file(
    path: Path,
    language: LanguageTag | None,
    *,
    encoding: str | None = None,
    repair: bool = False,
) -> ReadFile:
    """A subtitle file; strict unless repair is asked for.

    Args:
        path: The file.
        language: Of its text; as its name says when None.
        encoding: Of its bytes; guessed when None.
        repair: Mend faults that have one sensible remedy.

    Raises:
        UsageError: it cannot be read from disk.
        FormatError: it cannot be understood.
    """
    return read_bytes(bytes_of(path), path.name, language, encoding=encoding, repair=repair)


def read_bytes(
    data: bytes,
    name: str,
    language: LanguageTag | None,
    *,
    encoding: str | None = None,
    repair: bool = False,
) -> ReadFile:
    """The same of bytes already read; ``name`` is the file's."""
    options = ReadingOptions(
        encoding=encoding, language=language or language_in_name(name), repair=repair
    )
    return read_subtitles(data, name, options)


def language_of(path: Path, given: LanguageTag | None, read: ReadFile, option: str) -> LanguageTag:
    """As given, else as the name says, else as the file says.

    Args:
        path: The file.
        given: The language that a person named.
        read: What is in the file.
        option: Of the command, to name the language with.

    Raises:
        UsageError: nobody says.
    """
    language = given or language_in_name(path.name) or read.document.language
    if language is None:
        raise UsageError(
            f"the language of {path.name} is not known: name it, such as {option} pt-BR"
        )
    return language
