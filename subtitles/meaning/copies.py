"""Whether a translation is the source again."""

import re
from difflib import SequenceMatcher

from subtitles.meaning.one_row import one_row

MAX_COPIED_PERCENT = 80.0
"""More of the words than this, in the order of the source, and nothing was translated."""

# Of fewer words most may be names.
_MIN_COPIED_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_untranslated(source_text: str, text: str) -> bool:
    """Whether a translation is the source again, although it says something translatable."""
    return copied_percent(source_text, text) >= MAX_COPIED_PERCENT


def copied_percent(source_text: str, text: str, context: str = "") -> float:
    """Share of a translation's words that stand in the source in the same order, 0…100.

    A single word, a name or a number may well be the same in both languages: in a script with
    capitals, at least two different words are needed, one of them in lower case, else it is zero.
    Fewer than four words are copied all together or not at all. Zero, too, where most words are
    other ones.

    Args:
        source_text: What the text translates.
        text: The translation.
        context: More source text that longer copies may come from.
    """
    around = f"{source_text}\n{context}" if context else source_text
    words = _common_words(around, text)
    if not words or not _says_something(words):
        return 0.0
    theirs = _folded(words)
    if len(words) < _MIN_COPIED_WORDS:
        return 100.0 * (_folded(_WORD.findall(one_row(source_text))) == theirs)
    ours = _folded(_WORD.findall(one_row(around)))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return 100 * sum(block.size for block in blocks) / len(theirs)


def _common_words(source_text: str, text: str) -> list[str]:
    """The text's words; none where most of them stand nowhere in the source (nearly always)."""
    words: list[str] = _WORD.findall(one_row(text))
    known = source_text.casefold().replace("’", "'")
    missing, allowed = 0, len(words) * (1 - MAX_COPIED_PERCENT / 100)
    for word in words:
        missing += word.casefold().replace("’", "'") not in known
        if missing > allowed:
            return []
    return words


def _says_something(words: list[str]) -> bool:
    """Whether the words could not be one name, or one word said over and over."""
    letters = "".join(words)
    if letters.upper() == letters.lower():
        return len(letters) > 1  # no capitals in this script, so no way to tell a name
    return len(set(_folded(words))) > 1 and any(word[0].islower() for word in words)


def _folded(words: list[str]) -> list[str]:
    return [word.casefold().replace("’", "'") for word in words]
