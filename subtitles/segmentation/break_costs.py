"""How good or bad it is to end a row, or a cue, between two pieces of text.

The costs are one scale, 0 the best place. Their order is what matters: sentence end, clause end,
before a conjunction or preposition, anywhere else, inside a name, after a word that leans on the
next one (article, preposition, auxiliary, negation), where a script forbids it. The order follows
the line treatment of the published style guides (General Requirements, article 215758617).
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

import regex

from subtitles.segmentation.word_breaks import phrase_starts
from subtitles.style.profile import StyleProfile


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
# Vowel signs and other marks belong to the letters.
_EDGES = regex.compile(r"^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$")

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
# Symbols of units and currencies: the same in every language, and never without their number.
_UNIT = re.compile(
    r"(?:[%‰°º€$£¥₹₽]|(?:[kcmdhµ]?m[²³]?|[kmµ]?g|[kmcdh]?l|[kM]?Pa|[kMG]?Hz|[kMG]?W|[kMGT]?B|[kM]?V|"
    r"°[CF]|km/h|mph|ft|lb|oz|s|h|min|kWh|dB|K)(?!\w))"
)


@lru_cache(maxsize=10_000)
def bare_word(piece: str) -> str:
    """Lower case, without punctuation around it, straight apostrophes: as word lists have it."""
    bare: str = _EDGES.sub("", piece)
    return bare.replace("’", "'").lower()


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
    marked = _sentence_or_clause(before, after, profile)
    if marked is not None:
        return marked
    if profile.breaks_anywhere:
        return _unspaced_place(before, after, spaced=spaced)
    following = bare_word(after)
    if bare_word(before) in profile.never_break_after or following in profile.never_break_before:
        return BreakPlace.AFTER_LEANING
    if before[-1:].isdigit() and (_UNIT.match(after) or after[0].isdigit()):
        return BreakPlace.INSIDE_WORD
    if following in profile.break_before:
        return BreakPlace.BEFORE_LINK
    return BreakPlace.INSIDE_NAME if _is_one_name(before, after) else BreakPlace.NEUTRAL


def break_places(
    texts: Sequence[str], spaced: Sequence[bool], profile: StyleProfile
) -> list[BreakPlace]:
    """What lies before every piece of a text but the first, in order.

    As `break_place`, but knowing the whole text: in a script without spaces words and phrases are
    found by their surroundings (`subtitles.segmentation.word_breaks`).
    """
    starts = None
    if profile.breaks_anywhere and texts:
        spaces = [" " if one else "" for one in spaced]
        text = "".join(space + piece for space, piece in zip(spaces, texts, strict=True))
        starts = phrase_starts(text, profile.language)
    if starts is None:
        return [
            break_place(before, after, spaced=space, profile=profile)
            for (before, after), space in zip(pairwise(texts), spaced[1:], strict=True)
        ]
    places, offset = [], len(texts[0]) + spaced[0]
    for (before, after), space in zip(pairwise(texts), spaced[1:], strict=True):
        offset += space
        places.append(
            _sentence_or_clause(before, after, profile)
            or _unspaced_place(before, after, spaced=space, phrase=offset in starts)
        )
        offset += len(after)
    return places


def _sentence_or_clause(before: str, after: str, profile: StyleProfile) -> BreakPlace | None:
    if ends_sentence(before, after, profile):
        return BreakPlace.SENTENCE
    return BreakPlace.CLAUSE if _CLAUSE_END.search(before) else None


def _is_one_name(before: str, after: str) -> bool:
    """A name of two words, or a number with what it counts."""
    if before[-1:].isdigit():
        return True
    return before[:1].isupper() and after[:1].isupper() and before != "I"


def _unspaced_place(
    before: str, after: str, *, spaced: bool, phrase: bool | None = None
) -> BreakPlace:
    """The same for scripts without spaces between words, by their own typesetting rules.

    ``phrase`` tells whether one begins with ``after``; None when nobody knows.
    """
    last, first = before[-1], after[0]
    if first in _NEVER_FIRST or last in _NEVER_LAST or _MARK.match(first):
        return BreakPlace.FORBIDDEN
    if spaced:
        return BreakPlace.CLAUSE
    if phrase is not None:
        return BreakPlace.NEUTRAL if phrase else BreakPlace.INSIDE_WORD
    if last == "を" or (_HIRAGANA.match(last) and _PHRASE_START.match(first)):
        # A Japanese phrase ends with its particle, and mostly starts where kana turns into kanji.
        return BreakPlace.NEUTRAL
    if _HAN.match(last) and _HAN.match(first):
        return BreakPlace.INSIDE_NAME
    return BreakPlace.INSIDE_WORD
