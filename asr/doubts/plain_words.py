"""Text without what recognisers write differently each time: case, accents, punctuation (pure)."""

import unicodedata


def plain(text: str) -> str:
    """Letters and digits alone, folded: ``"Sous-titrés"`` becomes ``"soustitres"``."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def says_something(word: str) -> bool:
    """Whether a word has a letter or a digit; music signs and lone punctuation have none."""
    return any(character.isalnum() for character in word)
