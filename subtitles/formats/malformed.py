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
        return (
            f"{self.format_name}, line {self.line}: {self.why}; "
            "correct the file, or let `polycue convert --repair` try"
        )


class UnwritableSubtitleError(FormatError):
    """A subtitle that a format cannot hold, such as one without text or time."""

    def __init__(self, format_name: str, number: int, why: str) -> None:
        super().__init__(format_name, number, why)
        self.format_name, self.number, self.why = format_name, number, why

    def __str__(self) -> str:
        return f"subtitle {self.number} cannot be written as {self.format_name}: {self.why}"


class UnknownFormatError(FormatError):
    """A format nobody here knows."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name, self.known = name, known

    def __str__(self) -> str:
        return f"unknown subtitle format {self.name[:40]!r}: use one of {', '.join(self.known)}"


class WriteOnlyFormatError(FormatError):
    """A format that holds no times and so cannot be read."""

    def __init__(self, format_name: str) -> None:
        super().__init__(format_name)
        self.format_name = format_name

    def __str__(self) -> str:
        return (
            f"{self.format_name} holds no times and cannot be read as subtitles; "
            "use the file it was made from"
        )


class RoundTripError(FormatError):
    """A file that does not say what it was written to say; nothing of it was kept."""

    def __init__(self, format_name: str, number: int, what: str) -> None:
        super().__init__(format_name, number, what)
        self.format_name, self.number, self.what = format_name, number, what

    def __str__(self) -> str:
        where = f"subtitle {self.number}" if self.number else "the file"
        return (
            f"{self.format_name} was read back and {where} differs ({self.what}); "
            "nothing was written: use another format and report this"
        )


class UndecodableTextError(FormatError):
    """Bytes that are no text in the encoding named or guessed."""

    def __init__(self, encoding: str, line: int) -> None:
        super().__init__(encoding, line)
        self.encoding, self.line = encoding, line

    def __str__(self) -> str:
        return (
            f"line {self.line} is not text in {self.encoding}: name the encoding of the file "
            "(--from), or let --repair replace what cannot be read"
        )


class OversizedFileError(FormatError):
    """A file far beyond any subtitle file's size."""

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(size_bytes, limit_bytes)
        self.size_bytes, self.limit_bytes = size_bytes, limit_bytes

    def __str__(self) -> str:
        return (
            f"{self.size_bytes / 1e6:.0f} MB is no subtitle file: "
            f"more than {self.limit_bytes / 1e6:.0f} MB are not read"
        )
