"""Plain transcript: one line of text for each subtitle, no times; written only."""

from dataclasses import replace
from typing import ClassVar

from subtitles.cues import Position
from subtitles.formats.document import DecodedFile, SubtitleDocument
from subtitles.formats.entries import styled_subtitle
from subtitles.formats.malformed import WriteOnlyFormatError
from subtitles.formats.styled import literal, plain
from subtitles.language import LanguageTag, is_unspaced

_NAME = "transcript"


class TranscriptFormat:
    """The words alone, for readers, search and translation memory."""

    name: ClassVar[str] = _NAME
    extension: ClassVar[str] = "txt"
    readable: ClassVar[bool] = False

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """See `SubtitleFormat.carried`; the times are kept here, but the file does not say them."""
        space = _space(document.language)
        return SubtitleDocument(
            subtitles=tuple(
                replace(
                    subtitle,
                    lines=(space.join(_rows(styled_subtitle(subtitle, number, _NAME).lines)),),
                    position=Position.BOTTOM,
                )
                for number, subtitle in enumerate(document.subtitles, 1)
            )
        )

    def encode(self, document: SubtitleDocument) -> str:
        """See `SubtitleFormat.encode`."""
        return "".join(f"{one.lines[0]}\n" for one in self.carried(document).subtitles)

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:  # noqa: ARG002
        """Always WriteOnlyFormatError: a transcript has no times."""
        raise WriteOnlyFormatError(_NAME)


def _rows(lines: tuple[str, ...]) -> list[str]:
    return literal(plain(lines)).split("\n")


def _space(language: LanguageTag | None) -> str:
    return "" if language and is_unspaced(language) else " "
