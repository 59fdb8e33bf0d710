"""Stretches of a sentence that no engine should change.

These are words of a script far from both languages', and markup that a cue shows as text.
Small models leave such words out without a trace and mangle markup. Latin letters are everybody's:
names and acronyms in them are not counted here.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import regex

from subtitles.meaning.scripts import MAX_FOREIGN_PERCENT, script_letters
from translate.translator import LanguagePair

Stretch = tuple[int, int]
"""First character, and the one after the last."""

_MAX_CHARS = 100
_MIN_LETTERS = 2
# Of HTML what does something in a browser; "<sighs>" and the like are dialogue.
_ELEMENTS = (
    "audio|base|body|button|div|embed|form|head|html|iframe|img|input|link|meta|object|script|"
    "span|style|svg|table|template|textarea|title|video"
)
_MARKUP = re.compile(
    rf"<(?:/?(?:{_ELEMENTS})(?:[\s/][^<>]{{0,{_MAX_CHARS}}})?|a\s[^<>]{{1,{_MAX_CHARS}}}|/a)>",
    re.IGNORECASE,
)
_LETTER = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
_WORD = regex.compile(rf"[\p{{L}}\p{{M}}\p{{Join_Control}}]{{{_MIN_LETTERS},{_MAX_CHARS}}}")


def kept_stretches(text: str, pair: LanguagePair) -> tuple[Stretch, ...]:
    """Where such words and markup stand in a sentence, in order, neighbouring words as one.

    None in a sentence that is mostly in another script: that one is not in its language at all.
    """
    if text.isascii() and "<" not in text:
        return ()
    markup = [one.span() for one in _MARKUP.finditer(text) if len(one.group()) <= _MAX_CHARS]
    foreign = () if text.isascii() else _foreign(text, pair)
    return tuple(sorted((*markup, *foreign)))


def lost_stretches(source: str, text: str, pair: LanguagePair) -> tuple[str, ...]:
    """Those that a rendering does not have, each once, as they stand in the source."""
    stretches = (source[start:end] for start, end in kept_stretches(source, pair))
    shown = " ".join(text.split()).casefold()
    return tuple(dict.fromkeys(one for one in stretches if one.casefold() not in shown))


def _foreign(text: str, pair: LanguagePair) -> Iterator[Stretch]:
    words = [match.span() for match in _WORD.finditer(text) if _is_far(match.group(), pair)]
    letters = len(_LETTER.findall(text))
    if sum(end - start for start, end in words) * 100 > MAX_FOREIGN_PERCENT * letters:
        return
    begun = None
    for (start, end), (following, _) in pairwise((*words, (len(text) + 1, 0))):
        begun = start if begun is None else begun
        is_last = bool(text[end:following].strip()) or following > len(text)
        if is_last or following - begun > _MAX_CHARS:
            yield begun, end
            begun = None


def _is_far(word: str, pair: LanguagePair) -> bool:
    """Whether no letter of a word is Latin or of a script of the pair."""
    own = [script_letters(language) for language in (pair.source, pair.target)]
    if None in own:
        return False  # nobody knows how one of the languages is written
    near = (_LATIN, *(letters for letters in own if letters is not None))
    return not any(letters.search(word) for letters in near)
