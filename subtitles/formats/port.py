"""The port every subtitle file format implements."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from subtitles.cues import Subtitle


class SubtitleFormat(Protocol):
    """Text in, subtitles out, and back."""

    extension: ClassVar[str]

    def encode(self, subtitles: Sequence[Subtitle]) -> str:
        """File text with LF line ends and no byte order mark.

        Hostile text (``-->``, blank lines, control characters) cannot end a block or start another.
        """
        ...

    def decode(self, text: str) -> tuple[Subtitle, ...]:
        """Every character accounted for, or a FormatError that names the line."""
        ...
