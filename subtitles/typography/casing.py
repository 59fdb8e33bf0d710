"""Capitals and small letters as each language writes them.

What differs from Unicode's default: Turkish and Azerbaijani keep the dot (i İ, ı I); Greek capitals
have no accents, and get a diaeresis where the accent kept two vowels apart (Μάιος, ΜΑΪΟΣ);
Lithuanian drops the dot that it writes above i under an accent; a Dutch word begins with IJ, not Ij
(CLDR and Unicode SpecialCasing). German ß becomes SS: right in every edition of the official rules
and in every font, while ẞ is missing from many subtitle systems.
"""

import re
import unicodedata

from subtitles.language import LanguageTag, base_language

_DOTTED_I = frozenset({"tr", "az"})
_GREEK_HIATUS = re.compile("([άέόύΆΈΌΎ])([ιυ])(?!\u0308)")
_GREEK_OR = re.compile(r"(?<!\w)[ήΉ](?!\w)")  # "or" keeps its accent: Ή is not Η
_DIAERESIS = {"ι": "ϊ", "υ": "ϋ"}
_SOFT_DOT = re.compile("(?<=[ijįIJĮ])\u0307")
_ACUTE = "\N{COMBINING ACUTE ACCENT}"


def upper_case(text: str, language: LanguageTag) -> str:
    """The text in capitals."""
    base = base_language(language)
    if base in _DOTTED_I:
        return text.replace("i", "İ").replace("ı", "I").upper()
    if base == "el":
        return _greek_upper(text)
    if base == "lt":
        return _SOFT_DOT.sub("", text).upper()
    return text.upper()


def lower_case(text: str, language: LanguageTag) -> str:
    """The text in small letters."""
    if base_language(language) in _DOTTED_I:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def capitalized(text: str, language: LanguageTag) -> str:
    """The text with a capital at its start; the rest stays as it is."""
    length = 2 if base_language(language) == "nl" and text[:2].lower() == "ij" else 1
    return upper_case(text[:length], language) + text[length:]


def _greek_upper(text: str) -> str:
    text = _GREEK_HIATUS.sub(
        lambda found: found[1] + _DIAERESIS[found[2]], unicodedata.normalize("NFC", text)
    )
    parts: list[str] = []
    cursor = 0
    for found in _GREEK_OR.finditer(text):
        parts += (_without_accents(text[cursor : found.start()]), "Ή")
        cursor = found.end()
    return "".join(parts) + _without_accents(text[cursor:])


def _without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.upper()).replace(_ACUTE, "")
    return unicodedata.normalize("NFC", bare)
