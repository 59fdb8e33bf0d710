"""What a translation is compared with its source for: left as it was, numbers lost."""

import re
import unicodedata

from subtitles.counting import visible_text

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Digits with separators inside: 1,000 and 1.000 and 1 000 and 3.5 and 3,5.
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_ROW_END = re.compile(r"[\n\r\u2028\u2029]")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")

# Up to ten, guides ask for words in place of digits; such numbers may go.
_LARGEST_IN_WORDS = 10


def is_untranslated(source_text: str, text: str) -> bool:
    """Whether a translation is the source again, although it says something translatable.

    A single word, a name or a number may well be the same in both languages: in a script with
    capitals, at least two words are needed, one of them in lower case.
    """
    words = _WORD.findall(_shown(text))
    if not words or _folded(words) != _folded(_WORD.findall(_shown(source_text))):
        return False
    letters = "".join(words)
    if letters.upper() == letters.lower():
        return len(letters) > 1  # no capitals in this script, so no way to tell a name
    return len(words) > 1 and any(word[0].islower() for word in words)


def missing_numbers(source_text: str, text: str) -> tuple[str, ...]:
    """Numbers above ten that stand in the source text and not in the other, as in the source.

    Digits of any script and any way to group thousands are the same number.
    """
    found = {digits for _, digits in _numbers(text)}
    # 1 000 in the target may be one number or two: either will do.
    found |= {digits for _, digits in _numbers(_THOUSANDS.sub("", _shown(text)))}
    return tuple(
        written
        for written, digits in _numbers(source_text)
        if int(digits[:_LONGEST_COMPARED]) > _LARGEST_IN_WORDS and digits not in found
    )


# Python converts no text of many thousand digits to a number; the first few tell enough.
_LONGEST_COMPARED = 20


def _shown(text: str) -> str:
    """The visible text on one row; a line break parts words and numbers as a space does."""
    return visible_text(_ROW_END.sub(" ", text))


def _folded(words: list[str]) -> list[str]:
    return [word.casefold().replace("’", "'") for word in words]


def _numbers(text: str) -> list[tuple[str, str]]:
    """Each number as written and as plain ASCII digits."""
    return [
        (written, "".join(str(unicodedata.digit(char)) for char in written if char.isdecimal()))
        for written in _NUMBER.findall(_shown(text))
    ]
