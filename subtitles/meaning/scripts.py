"""Whether a text is written in its language's own script."""

import re
from functools import cache

import langcodes
import regex

from subtitles.language import LanguageTag

MAX_FOREIGN_PERCENT = 60.0
"""A cue may be mostly a foreign name or title; beyond this it is in another language."""

# Fewer letters than this are a name or an acronym.
_MIN_LETTERS = 8
_WESTERN = re.compile("[\x00-\u02af\u1e00-\u1eff\u2000-\u2bff]*")
_LETTER = regex.compile(r"\p{L}")
_COMPOUND = {
    "Jpan": r"[\p{Han}\p{Hiragana}\p{Katakana}ー]",
    "Kore": r"[\p{Hangul}\p{Han}]",
    "Hans": r"\p{Han}",
    "Hant": r"\p{Han}",
    "Zsye": r"\p{L}",
}


def foreign_percent(text: str, language: LanguageTag) -> float:
    """Share of a text's letters that are not of the language's own script, 0…100.

    Zero for a text of fewer than eight letters, and for a language whose script is not known.
    """
    own = script_letters(language)
    if own is None or len(text) < _MIN_LETTERS:
        return 0.0
    if is_latin(language) and _WESTERN.fullmatch(text):
        return 0.0  # the quick way
    letters = len(_LETTER.findall(text))
    if letters < _MIN_LETTERS:
        return 0.0
    return max(0.0, 100 * (1 - len(own.findall(text)) / letters))


@cache
def script_letters(language: LanguageTag) -> "regex.Pattern[str] | None":
    """One letter of the language's script; None when the script is not known."""
    script = langcodes.Language.get(language).maximize().script
    if script is None:
        return None
    try:
        return regex.compile(_COMPOUND.get(script, rf"\p{{Script={script}}}"))
    except regex.error:  # a script that the regular expression engine does not know
        return None


@cache
def is_latin(language: LanguageTag) -> bool:
    """Whether the language is written in Latin letters."""
    return str(langcodes.Language.get(language).maximize().script) == "Latn"
