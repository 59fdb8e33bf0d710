"""The port every subtitle file format implements."""

from typing import ClassVar, Protocol

from subtitles.formats.document import DecodedFile, SubtitleDocument


class SubtitleFormat(Protocol):
    """Document in, text out, and back.

    ``decode(encode(d)).document == carried(d)`` for every document, and ``carried`` changes nothing
    the second time: what a format loses is the difference between ``d`` and ``carried(d)``
    (`subtitles.formats.losses`).

    Attributes:
        name: As the trade calls it.
        extension: Of its files, without the dot.
        readable: False for a format that is only written.
    """

    name: ClassVar[str]
    extension: ClassVar[str]
    readable: ClassVar[bool]

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """The document as this format can hold it; as many subtitles, in the same order.

        Raises:
            UnwritableSubtitleError: a subtitle that it cannot hold at all.
        """
        ...

    def encode(self, document: SubtitleDocument) -> str:
        """File text with LF line ends and no byte order mark.

        Hostile text (``-->``, blank lines, markup, control characters) stays text.

        Raises:
            UnwritableSubtitleError: as `carried`.
        """
        ...

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        """What the text says; everything that was not taken as it stands is noted.

        With ``repair``, faults that have one sensible remedy are mended and noted instead of
        refused.

        Raises:
            MalformedSubtitleError: names the first line that is not as the format has it.
            WriteOnlyFormatError: when the format is not readable.
        """
        ...
