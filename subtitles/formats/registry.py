"""Every subtitle format by its file extension."""

from collections.abc import Mapping
from types import MappingProxyType

from subtitles.formats.malformed import UnknownFormatError
from subtitles.formats.port import SubtitleFormat
from subtitles.formats.srt import SrtFormat
from subtitles.formats.vtt import VttFormat

FORMATS: Mapping[str, SubtitleFormat] = MappingProxyType(
    {SrtFormat.extension: SrtFormat(), VttFormat.extension: VttFormat()}
)
"""By extension, without the dot."""


def format_of(extension: str) -> SubtitleFormat:
    """The format of an extension such as ``srt`` or ``.SRT``; UnknownFormatError."""
    found = FORMATS.get(extension.lower().removeprefix("."))
    if found is None:
        raise UnknownFormatError(extension, tuple(FORMATS))
    return found
