"""A glossary's file, whatever its format: bytes to terms and back."""

from pathlib import PurePath

from subtitles.language import LanguageTag
from translate.glossary.csv_file import decode_csv, encode_csv
from translate.glossary.faults import (
    Fault,
    FoundEntries,
    MalformedGlossaryError,
    OversizedGlossaryError,
    UnknownGlossaryFormatError,
    twice,
)
from translate.glossary.glossary import Glossary, glossary_of
from translate.glossary.tbx_reading import decode_tbx
from translate.glossary.tbx_writing import encode_tbx

MAX_FILE_BYTES = 50_000_000
"""A file beyond this is not even looked at: fifty thousand terms in ten languages have less."""

_READERS = {".csv": decode_csv, ".tsv": decode_csv, ".tbx": decode_tbx, ".xml": decode_tbx}
_WRITERS = {".csv": encode_csv, ".tbx": encode_tbx}


def read_glossary(data: bytes, file_name: str, language: LanguageTag | None = None) -> Glossary:
    """The glossary in a file; all of it or nothing.

    Args:
        data: The file, UTF-8, with a byte order mark or without.
        file_name: Its ending names the format: .csv, .tsv, .tbx or .xml.
        language: Of the terms, where the file does not say.

    Raises:
        MalformedGlossaryError: there are faults in it.
        FormatError: too large, or of no known format.
    """
    found = inspected(data, file_name, language)
    if found.faults:
        raise MalformedGlossaryError(file_name, tuple(map(str, found.faults)))
    return glossary_of(entry.term for entry in found.entries)


def inspected(data: bytes, file_name: str, language: LanguageTag | None = None) -> FoundEntries:
    """Every term and every fault of a file, in the order of its lines; see `read_glossary`."""
    read = _READERS.get(PurePath(file_name).suffix.lower())
    if read is None:
        raise UnknownGlossaryFormatError(file_name)
    if len(data) > MAX_FILE_BYTES:
        raise OversizedGlossaryError(file_name, MAX_FILE_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return FoundEntries(faults=(Fault(line, "", "is not UTF-8: save the file as UTF-8"),))
    found = read(text, language)
    faults = sorted((*found.faults, *twice(found.entries)), key=lambda one: one.line)
    return FoundEntries(entries=found.entries, faults=tuple(faults))


def write_glossary(glossary: Glossary, file_name: str) -> bytes:
    """The glossary as a file; its ending names the format: .csv or .tbx.

    A table begins with a byte order mark, without which spreadsheets take it for another encoding.

    Raises:
        FormatError: no known format, or one that cannot hold it.
    """
    suffix = PurePath(file_name).suffix.lower()
    write = _WRITERS.get(suffix)
    if write is None:
        raise UnknownGlossaryFormatError(file_name)
    text = write(glossary)
    return text.encode("utf-8-sig" if suffix == ".csv" else "utf-8")
