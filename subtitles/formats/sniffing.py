"""Which format a text is in, by what stands in it; the file's name is only a hint."""

import re

from subtitles.formats.blocks import BYTE_ORDER_MARK
from subtitles.formats.document import Notes
from subtitles.formats.malformed import UnknownFormatError
from subtitles.formats.port import SubtitleFormat
from subtitles.formats.registry import FORMATS, format_of

_START_CHARS = 4096
_SIGNS = (
    ("vtt", re.compile(r"WEBVTT(?:\s|$)")),
    ("scc", re.compile(r"Scenarist_SCC")),
    ("ass", re.compile(r"(?:;[^\n]*\n|\s)*\[(?:Script Info|V4\+? Styles|Events)\]", re.IGNORECASE)),
    ("ttml", re.compile(r"\s*(?:<\?xml|<!--|<!DOCTYPE|<(?:[\w.-]+:)?tt[\s>])")),
    ("json", re.compile(r"\s*[{\[]\s*[\"{\[\]}]")),
    ("srt", re.compile(r"(?:.*\n){0,40}?.*[0-9][:.,][0-9]{2}[:.,][0-9 ].*(?:>|→).*[0-9]")),
)


def sniffed(text: str, file_name: str, notes: Notes) -> SubtitleFormat:
    """The format of a text; a name that promises another one is remarked.

    Raises:
        UnknownFormatError: neither the text nor the name says.
    """
    start = text[:_START_CHARS].removeprefix(BYTE_ORDER_MARK)
    start = start.replace("\r\n", "\n").replace("\r", "\n")
    by_name = _by_name(file_name)
    found = next((name for name, sign in _SIGNS if sign.match(start)), None)
    if found is None:
        if by_name is None:
            raise UnknownFormatError(file_name[-40:], tuple(FORMATS))
        return by_name
    form = FORMATS[found]
    if by_name is not None and by_name.extension != form.extension:
        notes.remark(1, f"named like {by_name.name}, but it is {form.name}")
    return form


def _by_name(file_name: str) -> SubtitleFormat | None:
    stem, dot, extension = file_name.rpartition(".")
    if not dot or not stem:
        return None
    try:
        return format_of(extension)
    except UnknownFormatError:
        return None
