"""What is wrong with a rendering that shows without knowing either language.

Translation models fail in ways that leave marks: they go round in circles, lose half a sentence or
invent one, leave words as they were, drop numbers, names, negations and symbols. A whole sentence
is compared with a whole rendering here, before it is spread over cues; the checks of the finished
track (`subtitles.checks`) look at cues.

On reference translations these are false alarms (Tatoeba, 800 held-out lines each of Spanish,
French and German | FLORES, 100 lines each, also Portuguese): a lost name 1 | 10 %, a lost negation
0.4 | 0.5 %, sentences counted otherwise 0.2 | 5 %, numbers 0 | 3 %, anything else below 0.5 %.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from subtitles.language import LanguageTag, base_language
from subtitles.meaning.copies import MAX_COPIED_PERCENT, copied_percent
from subtitles.meaning.figures import extra_numbers, missing_numbers
from subtitles.meaning.names import lost_names
from subtitles.meaning.negation import negation_lost
from subtitles.meaning.scripts import MAX_FOREIGN_PERCENT, foreign_percent
from translate.choosing.fault_table import FAULT_KINDS
from translate.sentencing.kept import lost_stretches
from translate.sentencing.sentence_ends import sentence_ends
from translate.translator import LanguagePair

MAX_LOOPS = 3
"""The same words follow themselves so often in speech, and no oftener."""

_LOOP_WORDS = 4
_MIN_CHARS_FOR_RATIO = 20
_MOST_TOLD = 5
_MAX_RATIO = 2.5
# One word may be the same in both languages; of two on end in 2,800 reference translations, two.
_MAX_LEFT_WORDS = 1

# Characters a language needs for what English says in one, measured on FLORES-like prose.
_DENSITY = {"zh": 0.32, "yue": 0.32, "ja": 0.45, "ko": 0.52, "th": 0.95, "he": 0.8, "ar": 0.85}

_WORDS = re.compile(r"\w+")
_SPOKEN_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        rule: Of `subtitles.rules`.
        measured: In the rule's unit.
        limit: In the rule's unit.
        said: The words of the source that it is about; empty where that is all of it.
        note: What a number cannot say, for people.
    """

    rule: str
    measured: float
    limit: float = 0
    said: str = ""
    note: str = ""

    @property
    def penalty(self) -> float:
        """How much it counts, in nats per token."""
        return FAULT_KINDS[self.rule].penalty


def faults_of(
    source: str, text: str, pair: LanguagePair, kept: Collection[str] = ()
) -> tuple[Fault, ...]:
    """Everything wrong with a rendering of a sentence; both without the subtitler's signs.

    Args:
        source: The sentence.
        text: The rendering.
        pair: Their languages.
        kept: Words of the show that stay as they are, and so are no words left in the source's
            language.
    """
    own = _without(text, kept)
    checks = (
        _untranslated(source, own),
        _other_script(own, pair),
        _looping(source, text),
        _length_ratio(source, text, pair),
        _lost_symbols(source, text),
        _lost_foreign(source, text, pair),
        _numbers(source, text),
        _lost_meaning(source, text, pair),
        _sentence_count(source, text, pair),
    )
    return tuple(fault for check in checks for fault in check)


_Faults = Iterator[Fault]


def _without(text: str, kept: Collection[str]) -> str:
    """A rendering without the words that stay as they are; the longest are taken out first."""
    for name in sorted(kept, key=len, reverse=True):
        text = text.replace(name, " . ")
    return text


def _untranslated(source: str, text: str) -> _Faults:
    """The source again, or a stretch of it."""
    copied = copied_percent(source, text)
    if copied >= MAX_COPIED_PERCENT:
        yield Fault("untranslated", copied, MAX_COPIED_PERCENT)
        return
    left = _left_words(source, text)
    if left > _MAX_LEFT_WORDS:
        yield Fault("left-in-source", left, _MAX_LEFT_WORDS)


def _left_words(source: str, text: str) -> int:
    """Words in small letters within the longest stretch of words that both have."""
    said = f" {' '.join(_SPOKEN_WORDS.findall(source.casefold()))} "
    longest = 0
    stretch: list[str] = []
    for word in _SPOKEN_WORDS.findall(text):
        stretch.append(word)
        while stretch and f" {' '.join(stretch).casefold()} " not in said:
            del stretch[0]
        longest = max(longest, sum(one[0].islower() for one in stretch))
    return longest


def _other_script(text: str, pair: LanguagePair) -> _Faults:
    foreign = foreign_percent(text, pair.target)
    if foreign > MAX_FOREIGN_PERCENT:
        yield Fault("wrong-script", foreign, MAX_FOREIGN_PERCENT)


def _looping(source: str, text: str) -> _Faults:
    loops = _longest_loop(text)
    if loops > max(MAX_LOOPS, _longest_loop(source)):
        yield Fault("translation-loop", loops, MAX_LOOPS)


def _longest_loop(text: str) -> int:
    """How often the same one to four words follow themselves (characters, without spaces)."""
    words = _WORDS.findall(text.casefold())
    if len(words) <= MAX_LOOPS:
        words = list(text.casefold())
    if len(words) - len(set(words)) < MAX_LOOPS:
        return 1  # the quick way: a loop beyond the limit repeats one word that often
    longest = 1
    for size in range(1, _LOOP_WORDS + 1):
        for offset in range(size):
            grams = [
                tuple(words[at : at + size]) for at in range(offset, len(words) - size + 1, size)
            ]
            longest = max(longest, *(sum(1 for _ in run) for _, run in groupby(grams)), 1)
    return longest


def length_ratio(source: str, text: str, pair: LanguagePair) -> float:
    """How long a rendering is for its source, 1 as long as is usual between the languages."""
    ours = max(len(source), 1) / _DENSITY.get(base_language(pair.source), 1.0)
    return len(text) / _DENSITY.get(base_language(pair.target), 1.0) / ours


def _length_ratio(source: str, text: str, pair: LanguagePair) -> _Faults:
    if len(source) < _MIN_CHARS_FOR_RATIO and len(text) < _MIN_CHARS_FOR_RATIO:
        return
    ratio = length_ratio(source, text, pair)
    if ratio > _MAX_RATIO:
        yield Fault("translation-too-long", ratio, _MAX_RATIO)
    elif ratio < 1 / _MAX_RATIO:
        yield Fault("translation-too-short", ratio, round(1 / _MAX_RATIO, 2))


def _lost_symbols(source: str, text: str) -> _Faults:
    if source.isascii():
        return
    lost = {
        character
        for character in source
        if unicodedata.category(character) == "So" and character not in text
    }
    if lost:
        yield Fault("symbol-lost", len(lost))


def _lost_foreign(source: str, text: str, pair: LanguagePair) -> _Faults:
    """Words of a far script, and markup."""
    lost = lost_stretches(source, text, pair)
    if lost:
        yield Fault("foreign-text-lost", len(lost), said=lost[0], note=", ".join(lost[:_MOST_TOLD]))


def _numbers(source: str, text: str) -> _Faults:
    missing = missing_numbers(source, text)
    if missing:
        yield Fault("missing-numbers", len(missing))
    extra = extra_numbers(source, text)
    if extra:
        yield Fault("extra-numbers", len(extra))


def _lost_meaning(source: str, text: str, pair: LanguagePair) -> _Faults:
    if negation_lost(source, text, pair.source, pair.target):
        yield Fault("negation-lost", 1)
    names = lost_names(source, text, pair.source, pair.target)
    if names:
        yield Fault("name-lost", len(names))


def _sentence_count(source: str, text: str, pair: LanguagePair) -> _Faults:
    said, rendered = _sentences(source, pair.source), _sentences(text, pair.target)
    if said != rendered:
        yield Fault("sentence-count", rendered, said)


def _sentences(text: str, language: LanguageTag) -> int:
    return 1 + sum(1 for end in set(sentence_ends(text, language, frozenset())) if end < len(text))
