"""Text without what recognisers write differently each time: case, accents, punctuation (pure)."""

import unicodedata

from subtitles.language import LanguageTag, base_language

UNSPACED = frozenset({"zh", "yue", "ja", "th", "lo", "km", "my", "bo", "dz"})
"""Languages written without spaces between words: their text is compared by characters."""


def plain(text: str) -> str:
    """Letters and digits alone, folded: ``"Sous-titrés"`` becomes ``"soustitres"``."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def says_something(word: str) -> bool:
    """Whether a word has a letter or a digit; music signs and lone punctuation have none."""
    return any(character.isalnum() for character in word)


def is_unspaced(language: LanguageTag) -> bool:
    """Whether a language is written without spaces between words."""
    return base_language(language) in UNSPACED
