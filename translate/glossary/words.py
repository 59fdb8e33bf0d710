"""Text as words with their places."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

from subtitles.language import LanguageTag, base_language, is_unspaced
from subtitles.typography.casing import lower_case

# Scripts without spaces give a word for each sign, so that a phrase is found inside a run of them.
_SIGN = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー々〆]\p{M}*"
_WORD = regex.compile(rf"{_SIGN}|(?:(?!{_SIGN})[\p{{L}}\p{{M}}\p{{N}}])+")

_READ_OVER = regex.compile(r"[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_DOTTED_I = frozenset({"tr", "az"})
_ARABIC = str.maketrans("أإآىة", "اااىه")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        start: Its first character's place.
        end: The place after its last.
        key: It without what readers pass over: capitals, vowel signs of Arabic and Hebrew.
    """

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its words."""

    text: str
    words: tuple[Word, ...]

    def said(self, word: Word) -> str:
        """The word as it is written."""
        return self.text[word.start : word.end]

    def between(self, number: int) -> str:
        """What stands before a word and after the one before it."""
        start = self.words[number - 1].end if number else 0
        end = self.words[number].start if number < len(self.words) else len(self.text)
        return self.text[start:end]


def fold(word: str, language: LanguageTag) -> str:
    """A word as it is compared."""
    if word.isascii() and base_language(language) not in _DOTTED_I:
        return word.lower()
    plain: str = _READ_OVER.sub("", unicodedata.normalize("NFKC", lower_case(word, language)))
    return plain.casefold().translate(_ARABIC)


@lru_cache(maxsize=16_384)
def text_of(text: str, language: LanguageTag) -> Text:
    """The words of a text."""
    return Text(
        text,
        tuple(
            Word(found.start(), found.end(), fold(found.group(), language))
            for found in _WORD.finditer(text)
        ),
    )


def joint(before: str, after: str, language: LanguageTag) -> str:
    """What has to stand between two texts so that their words stay apart: a space, or nothing."""
    border = before[-1:] + after[:1]
    if not (before[-1:].isalnum() and after[:1].isalnum()):
        return ""
    is_one_word = len(text_of(border, language).words) == 1
    return " " if is_one_word or not is_unspaced(language) else ""
