"""Title and language as subtitle files are named: ``film.pt-BR.srt``, ``film.en.sdh.vtt``."""

import re

from subtitles.language import LanguageTag, UnknownLanguageError, parse_language

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
# What media servers put after the language; "hi" is Hindi, too, unless a language stands before it.
_AFTER = frozenset({"sdh", "cc", "hi", "forced", "default", "draft", "full"})


def language_in_name(file_name: str) -> LanguageTag | None:
    """The language that a file's name ends in, before its ending; None when there is none."""
    return _split(file_name)[1]


def title_in_name(file_name: str) -> str:
    """The name without language and ending."""
    return _split(file_name)[0]


def _split(file_name: str) -> tuple[str, LanguageTag | None]:
    parts = file_name.split(".")
    named = parts[:-1] if len(parts) > 1 else parts
    for place in range(len(named) - 1, 0, -1):
        is_after = named[place].lower() in _AFTER
        if is_after and place > 1 and _tag(named[place - 1]):
            continue
        found = _tag(named[place])
        if found is not None:
            return ".".join(named[:place]), found
        if not is_after:
            break
    return ".".join(named), None


def _tag(text: str) -> LanguageTag | None:
    if not _TAG.fullmatch(text):
        return None
    try:
        return parse_language(text)
    except UnknownLanguageError:
        return None
