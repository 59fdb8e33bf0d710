"""How a subtitle file is refused: which format, which line, and why."""

from subtitles.errors import FormatError


class MalformedSubtitleError(FormatError):
    """A file that breaks its format.

    ``line`` counts from 1.
    """

    def __init__(self, format_name: str, line: int, why: str) -> None:
        super().__init__(format_name, line, why)
        self.format_name, self.line, self.why = format_name, line, why

    def __str__(self) -> str:
        return f"{self.format_name}, line {self.line}: {self.why}; correct the file and try again"


class UnwritableSubtitleError(FormatError):
    """A subtitle without text or time: a file cannot hold it."""

    def __init__(self, format_name: str, number: int, why: str) -> None:
        super().__init__(format_name, number, why)
        self.format_name, self.number, self.why = format_name, number, why

    def __str__(self) -> str:
        return f"subtitle {self.number} cannot be written as {self.format_name}: {self.why}"


class UnknownFormatError(FormatError):
    """A format nobody here writes."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name, self.known = name, known

    def __str__(self) -> str:
        return f"unknown subtitle format {self.name[:40]!r}: use one of {', '.join(self.known)}"
