"""Title and language of a file, as its header holds them."""

from subtitles.formats.document import Notes
from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from subtitles.plain_text import clean_text

_MAX_TITLE_CHARS = 200
"""Longer titles are cut: a header is no place for text."""


def one_row_title(title: str) -> str:
    """The title on one row, cut where it is far too long."""
    return clean_text(clean_text(title)[:_MAX_TITLE_CHARS])


def read_language(text: str, line: int, notes: Notes) -> LanguageTag | None:
    """The language a file names; remarked and None when that names none."""
    if not text:
        return None
    try:
        return parse_language(text)
    except UnknownLanguageError:
        notes.remark(line, f"the language {text[:40]!r} is unknown and left out")
        return None
