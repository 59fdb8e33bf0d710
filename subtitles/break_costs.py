"""How good or bad it is to end a row, or a cue, between two pieces of text.

The costs are one scale, 0 the best place. Their order is what matters: sentence end, clause end,
before a conjunction or preposition, anywhere else, inside a name, after a word that leans on the
next one (article, preposition, auxiliary, negation), where a script forbids it. The order follows
the line treatment of the published style guides (General Requirements, article 215758617).
"""

import re
from enum import Enum

import regex

from subtitles.profile import StyleProfile


class BreakPlace(Enum):
    """What lies between two pieces; the value is the cost of a row ending there."""

    SENTENCE = 0.0
    CLAUSE = 0.1
    BEFORE_LINK = 0.3
    NEUTRAL = 0.5
    INSIDE_NAME = 1.0
    # The next two cost more than any place above with the worst imbalance (1.35, see linebreaks).
    INSIDE_WORD = 2.4
    AFTER_LEANING = 2.5
    FORBIDDEN = 6.0


_CLOSERS = "\"'”’»›)\\]}」』）】〉》"
_SENTENCE_END = re.compile(f"[.!?…。！？؟۔।॥｡][{_CLOSERS}]*$")
_SOFT_END = re.compile(f"[.…][{_CLOSERS}]*$")
_CLAUSE_END = re.compile(f"(?:[,;:!?…،؛؟、，；：！？—–]|--)[{_CLOSERS}]*$|^-$")
_INITIAL = re.compile(r"^[^\W\d_]\.$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")

# Line-start and line-end rules of East Asian typesetting, and their Thai and Lao counterparts.
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】〉》〕］｝”’…‥ー〜々ゝゞヽヾ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    ",.:;?!)]}%％°ๆฯໆຯ။၊។៕៖ៗ"
)
_NEVER_LAST = frozenset("（「『【〈《〔［｛“‘([{$¥￥£€＄เแโใไເແໂໃໄ")
_PHRASE_START = regex.compile(r"[\p{Han}\p{Katakana}]")
_HIRAGANA = regex.compile(r"\p{Hiragana}")
_HAN = regex.compile(r"\p{Han}")
_MARK = regex.compile(r"[\p{M}\u200c\u200d]")  # continues the character before it


def bare_word(piece: str) -> str:
    """Lower case, without punctuation around it, straight apostrophes: as word lists have it."""
    return _EDGES.sub("", piece).replace("’", "'").lower()


def ends_sentence(before: str, after: str, profile: StyleProfile) -> bool:
    """Whether a sentence ends with ``before``, given the word that follows it."""
    if not _SENTENCE_END.search(before) or after[:1].islower():
        return False
    if not _SOFT_END.search(before):
        return True
    if bare_word(before) in profile.abbreviations:
        return False
    # "J. Smith", but "So do I."
    return not (_INITIAL.match(before) and before != "I.")


def break_place(before: str, after: str, *, spaced: bool, profile: StyleProfile) -> BreakPlace:
    """What lies between two neighbouring pieces; ``spaced`` tells whether a space does."""
    if ends_sentence(before, after, profile):
        return BreakPlace.SENTENCE
    if _CLAUSE_END.search(before):
        return BreakPlace.CLAUSE
    if profile.breaks_anywhere:
        return _unspaced_place(before, after, spaced=spaced)
    if bare_word(before) in profile.never_break_after:
        return BreakPlace.AFTER_LEANING
    if bare_word(after) in profile.break_before:
        return BreakPlace.BEFORE_LINK
    return BreakPlace.INSIDE_NAME if _is_one_name(before, after) else BreakPlace.NEUTRAL


def _is_one_name(before: str, after: str) -> bool:
    """A name of two words, or a number with what it counts."""
    if before[-1:].isdigit():
        return True
    return before[:1].isupper() and after[:1].isupper() and before != "I"


def _unspaced_place(before: str, after: str, *, spaced: bool) -> BreakPlace:
    """The same for scripts without spaces between words, by their own typesetting rules."""
    last, first = before[-1], after[0]
    if first in _NEVER_FIRST or last in _NEVER_LAST or _MARK.match(first):
        return BreakPlace.FORBIDDEN
    if spaced:
        return BreakPlace.CLAUSE
    if last == "を" or (_HIRAGANA.match(last) and _PHRASE_START.match(first)):
        # A Japanese phrase ends with its particle, and mostly starts where kana turns into kanji.
        return BreakPlace.NEUTRAL
    if _HAN.match(last) and _HAN.match(first):
        return BreakPlace.INSIDE_NAME
    return BreakPlace.INSIDE_WORD
