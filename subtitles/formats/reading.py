"""Any subtitle file, whatever its encoding and format, as a document with all that was noted."""

from dataclasses import dataclass, replace

from subtitles.formats.charset import DecodedText, decode_bytes
from subtitles.formats.document import Notes, Remark, Repair, SubtitleDocument
from subtitles.formats.malformed import OversizedFileError
from subtitles.formats.port import SubtitleFormat
from subtitles.formats.sniffing import sniffed
from subtitles.language import LanguageTag

MAX_FILE_BYTES = 64_000_000
"""A file beyond this is not even read: the longest film in the wordiest format has two million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file's content, and how it was read.

    Attributes:
        document: What the file says; its language is the one given when it names none.
        form: The format it is in.
        text: Its encoding and how that is known; the text itself is left out.
        remarks: What the document cannot hold or what looks odd.
        repairs: Faults that were mended.
    """

    document: SubtitleDocument
    form: SubtitleFormat
    text: DecodedText
    remarks: tuple[Remark, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """What is known of a file beforehand.

    Attributes:
        encoding: Of its bytes; guessed when None.
        language: Of its text; helps to guess the encoding.
        form: Its format; found out when None.
        repair: Mend faults that have one sensible remedy instead of refusing the file.
    """

    encoding: str | None = None
    language: LanguageTag | None = None
    form: SubtitleFormat | None = None
    repair: bool = False


_STRICT = ReadingOptions()


def read_subtitles(data: bytes, file_name: str = "", options: ReadingOptions = _STRICT) -> ReadFile:
    """Read the bytes of a subtitle file; strict unless repair is asked for.

    Raises:
        FormatError: too large, undecodable, of no known format, or malformed; says where.
    """
    require_sane_bytes(len(data))
    notes = Notes()
    text = decode_bytes(
        data, notes, encoding=options.encoding, language=options.language, repair=options.repair
    )
    form = options.form or sniffed(text.text, file_name, notes)
    read = form.decode(text.text, repair=options.repair)
    document = read.document
    if document.language is None and options.language is not None:
        document = replace(document, language=options.language)
    return ReadFile(
        document=document,
        form=form,
        text=replace(text, text=""),
        remarks=(*notes.remarks, *read.remarks),
        repairs=(*notes.repairs, *read.repairs),
    )


def require_sane_bytes(size_bytes: int) -> None:
    """OversizedFileError for a size beyond `MAX_FILE_BYTES`."""
    if size_bytes > MAX_FILE_BYTES:
        raise OversizedFileError(size_bytes, MAX_FILE_BYTES)
