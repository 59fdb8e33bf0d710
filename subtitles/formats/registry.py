"""Every subtitle format by its file extension."""

from collections.abc import Mapping
from types import MappingProxyType

from subtitles.formats.ass import AssFormat
from subtitles.formats.malformed import UnknownFormatError
from subtitles.formats.model_json import JsonFormat
from subtitles.formats.port import SubtitleFormat
from subtitles.formats.scc import SccFormat
from subtitles.formats.srt import SrtFormat
from subtitles.formats.transcript import TranscriptFormat
from subtitles.formats.ttml import TtmlFormat
from subtitles.formats.vtt import VttFormat

_ALL: tuple[SubtitleFormat, ...] = (
    *(SrtFormat(), VttFormat(), TtmlFormat(), SccFormat(), AssFormat()),
    *(TranscriptFormat(), JsonFormat()),
)

FORMATS: Mapping[str, SubtitleFormat] = MappingProxyType({form.extension: form for form in _ALL})
"""By extension, without the dot."""

_OTHER_EXTENSIONS = {"dfxp": "ttml", "xml": "ttml", "itt": "ttml", "ssa": "ass"}


def parse_formats(text: str) -> tuple[str, ...]:
    """Extensions of a list such as ``srt,vtt ttml``, each once; UnknownFormatError."""
    return tuple(
        dict.fromkeys(format_of(name).extension for name in text.replace(",", " ").split())
    )


def format_of(extension: str) -> SubtitleFormat:
    """The format of an extension such as ``srt`` or ``.SRT``; UnknownFormatError."""
    name = extension.lower().removeprefix(".")
    found = FORMATS.get(_OTHER_EXTENSIONS.get(name, name))
    if found is None:
        raise UnknownFormatError(extension, tuple(FORMATS))
    return found
