"""How fast anybody can speak (pure).

Languages are read at 4.7 (Thai) to 8.0 (Japanese) syllables a second on average, and no reader of
any was faster than 9.1 over a text (Coupé, Oh, Dediu, Pellegrino 2019: 170 readers, 17 languages).
A Han character or a Hangul block is a syllable and a kana a mora, of which Japanese has the most a
second; in alphabets a syllable takes two to three letters and spaces. The rates here are a third to
a half above the fastest of them; whole windows of the real recordings that the other rules were
measured on have at most 20 letters a second.
"""

import unicodedata

from subtitles.span import MS_PER_SECOND

_LETTERS_PER_SECOND = 28
_KANA_PER_SECOND = 16
_HANGUL_PER_SECOND = 12
_HAN_PER_SECOND = 12
# By the first word of a character's Unicode name.
_OF_SCRIPT = {
    "HIRAGANA": _KANA_PER_SECOND,
    "KATAKANA": _KANA_PER_SECOND,
    "HANGUL": _HANGUL_PER_SECOND,
    "CJK": _HAN_PER_SECOND,
}


def least_ms(text: str) -> float:
    """The time below which nobody can say a text, in milliseconds; 0 without letters or digits."""
    return sum(MS_PER_SECOND / _rate(character) for character in text.strip())


def _rate(character: str) -> int:
    if character.isascii():  # most text: no name to look up
        return _LETTERS_PER_SECOND
    script = unicodedata.name(character, "").partition(" ")[0]
    return _OF_SCRIPT.get(script, _LETTERS_PER_SECOND)
