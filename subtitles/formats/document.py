"""What goes into a subtitle file and comes out of it, whatever the format."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from subtitles.cues import CueTrack, Subtitle, subtitles_of
from subtitles.errors import PolycueError
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.language import LanguageTag


class InvalidDocumentError(PolycueError, ValueError):
    """A document whose subtitles are not those of its track."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"not a subtitle document: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitleDocument:
    """The content of one subtitle file.

    Attributes:
        subtitles: In the file's order; some formats allow them to overlap.
        language: Of the text; None when nobody knows.
        frame_rate: Of the picture; formats that count frames write on its grid, the others leave
            it out.
        title: Of the film or episode, one row; may be empty.
        track: The cue track these subtitles were made from, with ids, speech and moves; only our
            own format holds it.

    Raises:
        InvalidDocumentError: when ``track`` does not say the same as ``subtitles``.
    """

    subtitles: tuple[Subtitle, ...]
    language: LanguageTag | None = None
    frame_rate: Fraction | None = None
    title: str = ""
    track: CueTrack | None = None

    def __post_init__(self) -> None:
        if self.track is not None and subtitles_of(self.track) != self.subtitles:
            raise InvalidDocumentError("its track has other cues")


def document_of(
    track: CueTrack, *, frame_rate: Fraction | None = None, title: str = ""
) -> SubtitleDocument:
    """A track as a document, the track itself included."""
    return SubtitleDocument(
        subtitles=subtitles_of(track),
        language=track.language,
        frame_rate=frame_rate,
        title=title,
        track=track,
    )


class LossKind(StrEnum):
    """What a format cannot carry."""

    CHARACTERS = "characters"
    STYLING = "styling"
    ROWS = "rows"
    TIMES = "times"
    POSITION = "position"
    LANGUAGE = "language"
    TITLE = "title"
    FRAME_RATE = "frame-rate"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something of a document that a format does not carry.

    Attributes:
        kind: Of what is lost.
        numbers: The subtitles concerned, from 1; empty when it is the document as a whole.
        what: For people, on one line.
    """

    kind: LossKind
    numbers: tuple[int, ...]
    what: str

    def __str__(self) -> str:
        if not self.numbers:
            return f"{self.kind}: {self.what}"
        count = len(self.numbers)
        whose = f"{count} subtitle{'s' if count > 1 else ''}, first {self.numbers[0]}"
        return f"{self.kind} ({whose}): {self.what}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a file that was read otherwise than it stands there; ``line`` from 1."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Repair:
    """A fault that was mended while reading; ``line`` from 1."""

    line: int
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}: {self.before[:60]!r} -> {self.after[:60]!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedFile:
    """What was read from a file's text, and all that was not taken as it stands.

    Attributes:
        document: What was read.
        remarks: What the document cannot hold or what looks odd, in the file's order.
        repairs: Faults that were mended; empty unless mending was asked for.
    """

    document: SubtitleDocument
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[Repair, ...] = ()


MAX_REPAIRS = 20_000
"""A file with more faults than a long film has subtitles is something else."""


@dataclass(slots=True)
class Notes:
    """Remarks and repairs while one file is being read."""

    remarks: list[Remark] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def remark(self, line: int, what: str) -> None:
        """Note what is left out or looks odd."""
        self.remarks.append(Remark(line, what))

    def repair(self, line: int, what: str, before: str, after: str) -> None:
        """Note what was mended; MalformedSubtitleError after `MAX_REPAIRS`."""
        if len(self.repairs) == MAX_REPAIRS:
            why = f"more than {MAX_REPAIRS} faults: this is no subtitle file to repair"
            raise MalformedSubtitleError("repair", line, why)
        self.repairs.append(Repair(line, what, before, after))

    def file_of(self, document: SubtitleDocument) -> DecodedFile:
        """The document with everything noted, in the order of the lines."""
        return DecodedFile(
            document=document,
            remarks=tuple(sorted(self.remarks, key=lambda one: one.line)),
            repairs=tuple(sorted(self.repairs, key=lambda one: one.line)),
        )
