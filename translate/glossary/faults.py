"""What is wrong in a glossary's file: where, and why."""

from dataclasses import dataclass

from subtitles.errors import FormatError
from subtitles.language import LanguageTag
from translate.glossary.terms import Term

_MOST_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file.

    Attributes:
        line: Counts from 1.
        column: The heading of the column, or the name of the element; may be empty.
        why: For people; may quote hostile text.
    """

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """A term and the line on which it was found."""

    line: int
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntries:
    """Everything that could be read of a file, and everything that is wrong in it."""

    entries: tuple[FoundEntry, ...] = ()
    faults: tuple[Fault, ...] = ()


class MalformedGlossaryError(FormatError):
    """A file that is no glossary, or one with faults; nothing of it is used.

    ``faults`` are `Fault` as text, in the order of the lines.
    """

    def __init__(self, file_name: str, faults: tuple[str, ...]) -> None:
        super().__init__(file_name, faults)
        self.file_name, self.faults = file_name, faults

    def __str__(self) -> str:
        more = len(self.faults) - 1
        others = f" (and {more} more: see `polycue glossary check`)" if more else ""
        return f"{self.file_name}, {self.faults[0]}{others}; correct the file"


class UnwritableGlossaryError(FormatError):
    """A glossary that a format cannot hold."""

    def __init__(self, format_name: str, why: str) -> None:
        super().__init__(format_name, why)
        self.format_name, self.why = format_name, why

    def __str__(self) -> str:
        return f"{self.format_name} cannot hold this glossary: {self.why}; write CSV instead"


class UnknownGlossaryFormatError(FormatError):
    """A file whose name does not end like a glossary's."""

    def __init__(self, file_name: str) -> None:
        super().__init__(file_name)
        self.file_name = file_name

    def __str__(self) -> str:
        return f"{self.file_name[-_MOST_QUOTED:]} is no glossary: use .csv or .tbx"


class OversizedGlossaryError(FormatError):
    """A file far beyond any glossary's size."""

    def __init__(self, file_name: str, limit_bytes: int) -> None:
        super().__init__(file_name, limit_bytes)
        self.file_name, self.limit_bytes = file_name, limit_bytes

    def __str__(self) -> str:
        limit = f"{self.limit_bytes / 1e6:.0f} MB"
        return f"{self.file_name} is no glossary: files of more than {limit} are not read"


def twice(entries: tuple[FoundEntry, ...]) -> tuple[Fault, ...]:
    """A fault for each term that stood in the file before."""
    first: dict[tuple[LanguageTag, str], int] = {}
    faults: list[Fault] = []
    for entry in entries:
        key = (entry.term.language, entry.term.text)
        if key in first:
            why = f"{entry.term.text!r} stands in line {first[key]} already"
            faults.append(Fault(entry.line, "term", why))
        first.setdefault(key, entry.line)
    return tuple(faults)
