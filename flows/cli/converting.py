"""What ``polycue convert`` does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from flows.files import write_atomically
from flows.subtitle_files import bytes_of
from subtitles.formats.bilingual import bilingual
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.losses import losses
from subtitles.formats.reading import ReadFile, ReadingOptions, read_subtitles
from subtitles.formats.registry import format_of
from subtitles.formats.retiming import retimed, with_language, with_rows
from subtitles.formats.verifying import encode_verified
from subtitles.language import LanguageTag
from subtitles.typography.direction import DirectionMode, with_direction_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One file into another.

    Attributes:
        source: The file to read.
        target: The file to write; its ending names the format.
        encoding: Of the source; guessed when None.
        repair: Mend faults of the source instead of refusing it.
        language: Of the source; what the file itself says when None.
        frame_rate: For formats that count frames; what the file itself says when None.
        over: A file in another language whose rows go above those of the source.
        rtl_marks: Which direction marks rows of right-to-left scripts get; those they have go.
        offset_ms: Moves all times.
        speed: New frames a second over old ones; None changes nothing.
    """

    source: Path
    target: Path
    encoding: str | None = None
    repair: bool = False
    language: LanguageTag | None = None
    frame_rate: Fraction | None = None
    over: Path | None = None
    rtl_marks: DirectionMode = "none"
    offset_ms: int = 0
    speed: Fraction | None = None


def convert_file(conversion: Conversion) -> Iterator[str]:
    """Read, change and write; yields lines for people: guesses, repairs, losses, the result.

    The new file is read back and compared before it takes the place of anything.

    Raises:
        UsageError: the source cannot be read from disk.
        FormatError: it cannot be understood, or the target cannot hold it.
        CannotWriteError: the target cannot be written.
    """
    form = format_of(conversion.target.suffix)
    read = _read(conversion.source, conversion)
    yield from _said_of(conversion.source, read)
    document = _changed(read.document, conversion)
    if conversion.over is not None:
        theirs = replace(conversion, language=None, encoding=None)  # these are its own
        other = _read(conversion.over, theirs)
        yield from _said_of(conversion.over, other)
        document = bilingual(_changed(other.document, theirs), document)
    marked = _marked(document, conversion.rtl_marks)
    if conversion.rtl_marks == "none" and marked != document:
        yield "direction marks are taken out; --rtl-marks sets them"
    document = marked
    text = encode_verified(form, document)
    for loss in losses(form, document):
        yield f"{form.name} does not carry {loss}"
    write_atomically(conversion.target, text.encode("utf-8"))
    count = len(document.subtitles)
    checked = "read back and compared" if form.readable else "written only"
    yield f"{conversion.target}: {form.name}, {count} subtitles, {checked}"


def _read(path: Path, conversion: Conversion) -> ReadFile:
    options = ReadingOptions(
        encoding=conversion.encoding, language=conversion.language, repair=conversion.repair
    )
    return read_subtitles(bytes_of(path), path.name, options)


def _said_of(path: Path, read: ReadFile) -> Iterator[str]:
    count = len(read.document.subtitles)
    yield f"{path}: {read.form.name}, {read.text}, {count} subtitles"
    for repair in read.repairs:
        yield f"repaired {repair}"
    for remark in read.remarks:
        yield str(remark)


def _changed(document: SubtitleDocument, conversion: Conversion) -> SubtitleDocument:
    if conversion.language is not None:
        document = with_language(document, conversion.language)
    if conversion.frame_rate is not None:
        document = replace(document, frame_rate=conversion.frame_rate)
    speed = conversion.speed or Fraction(1)
    return retimed(document, offset_ms=conversion.offset_ms, speed=speed)


def _marked(document: SubtitleDocument, mode: DirectionMode) -> SubtitleDocument:
    rows = [with_direction_marks(one.lines, mode) for one in document.subtitles]
    return with_rows(document, rows)
