"""Where in a rendering a missed term should stand: what the engine said instead of it.

Four ways to tell, the surest first: the term itself in other capitals; what the engine says for the
term alone; the engine's alignment; and, for names, a copy with damaged letters.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from subtitles.language import LanguageTag
from subtitles.style.profile import load_profile
from translate.glossary.finding import FoundTerm
from translate.glossary.phrases import likeness, phrase_spans
from translate.glossary.putting import Span
from translate.glossary.terms import CaseRule
from translate.glossary.words import Text, Word, fold, text_of
from translate.translator import Rendering

_MIN_NAME_LETTERS = 3
_DAMAGED_PERCENT = 75
"""Of the letters of a name and its damaged copy taken together: one letter of four may be another
one, two of eight. Below that, words of a language are as near to names as their copies are."""

_OTHER_INITIAL_PERCENT = 85
# Engines add an article or split a word; longer stretches are hardly what stands for a term.
_MOST_WORDS_MORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known around a term that is to be placed.

    Attributes:
        source: The source sentence.
        target: The language of the rendering.
        own_words: What the engine says for the term by itself, best first.
        taken: Where other terms stand in the rendering already.
    """

    source: Text
    target: LanguageTag
    own_words: tuple[str, ...] = ()
    taken: tuple[Span, ...] = ()

    def is_free(self, span: Span) -> bool:
        """Whether no other term stands there."""
        return all(span[1] <= start or end <= span[0] for start, end in self.taken)


def sure_places(found: FoundTerm, rendering: Rendering, around: Situation) -> Iterator[Span]:
    """Where the term certainly stands in other words; the surest first.

    What stands for a name of one word has a capital: what the engine says for the name Will alone
    may be a verb that is said beside it.
    """
    shown = text_of(rendering.text, around.target)
    said = text_of(found.agreed.said, around.target).words
    any_case = likeness(around.target, CaseRule.ANY)
    needs_capital = _is_name(found) and len(said) == 1
    for number, phrase in enumerate((*found.agreed.forms, *around.own_words)):
        words = text_of(phrase, around.target)
        is_own = number >= len(found.agreed.forms)
        # An engine that says the same for the term as for the sentence has said nothing of either.
        is_all = len(words.words) == len(shown.words) and len(said) < len(around.source.words)
        if _says_something(words, around.target) and not (is_own and is_all):
            for span in filter(around.is_free, phrase_spans(words, shown, any_case)):
                if not (is_own and needs_capital) or not rendering.text[span[0]].islower():
                    yield span


def likely_places(found: FoundTerm, rendering: Rendering, around: Situation) -> Iterator[Span]:
    """Where the term probably stands in other words; the most likely first."""
    yield from filter(around.is_free, _aligned(found, rendering, around.target))
    if _is_name(found):
        yield from filter(around.is_free, _damaged(found, rendering, around))


def _is_name(found: FoundTerm) -> bool:
    return found.agreed.is_fixed or found.agreed.case is CaseRule.KEEP


def _says_something(words: Text, target: LanguageTag) -> bool:
    return any(word.key not in leaning_words(target) for word in words.words)


@cache
def leaning_words(language: LanguageTag) -> frozenset[str]:
    """Articles, prepositions and their like, which stay where a term is put in."""
    return load_profile(language).never_break_after


def _aligned(found: FoundTerm, rendering: Rendering, target: LanguageTag) -> Iterator[Span]:
    """The stretch of words that come from the term more than from anything else."""
    shown = text_of(rendering.text, target)
    shares = [_share(word, found, rendering) for word in shown.words]
    stretches: list[tuple[float, int, int]] = []
    for start, end in _runs(shown.words, shares, leaning_words(target)):
        most = len(text_of(found.agreed.said, target).words) + _MOST_WORDS_MORE
        if end - start <= most:
            stretches.append((-sum(shares[start:end]), start, end))
    for _, start, end in sorted(stretches):
        yield shown.words[start].start, shown.words[end - 1].end


def _share(word: Word, found: FoundTerm, rendering: Rendering) -> float:
    """How much of a word comes from the term; 0 where more of it comes from elsewhere."""
    inside = outside = 0.0
    for link in rendering.alignment:
        if link.target[0] < word.end and word.start < link.target[1]:
            if link.source[0] < found.end and found.start < link.source[1]:
                inside += link.weight
            else:
                outside += link.weight
    return inside if inside >= outside else 0.0


def _runs(
    words: Sequence[Word], shares: Sequence[float], leaning: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Runs of words with a share, without leaning words at either end; one may stand inside."""
    start = None
    end = 0
    for number, (word, share) in enumerate(zip(words, shares, strict=True)):
        if share > 0 and word.key not in leaning:
            start, end = number if start is None else start, number + 1
        elif start is not None and (word.key not in leaning or number > end):
            yield start, end
            start = None
    if start is not None:
        yield start, end


def _damaged(found: FoundTerm, rendering: Rendering, around: Situation) -> Iterator[Span]:
    """Words that look like the name with some letters changed, the most alike first."""
    shown = text_of(rendering.text, around.target)
    said_besides = {
        word.key
        for word in around.source.words
        if word.end <= found.start or found.end <= word.start
    }
    alike: list[tuple[float, Span]] = []
    for name in dict.fromkeys((found.agreed.said, found.agreed.forms[0])):
        letters = _letters(name, around.target)
        if len(letters) >= _MIN_NAME_LETTERS:
            for words in _windows(shown, len(text_of(name, around.target).words), said_besides):
                span = (words[0].start, words[-1].end)
                percent = _likeness_percent(
                    letters, _letters(shown.text[slice(*span)], around.target)
                )
                if percent:
                    alike.append((-percent, span))
    for _, span in sorted(alike):
        yield span


def _windows(shown: Text, length: int, said_besides: Collection[str]) -> Iterator[Sequence[Word]]:
    """Stretches of about as many words, beginning with a capital, not said elsewhere."""
    for number, word in enumerate(shown.words):
        initial = shown.text[word.start]
        if initial.isupper() or initial == initial.swapcase():
            for size in range(max(1, length - 1), length + 2):
                words = shown.words[number : number + size]
                if len(words) == size and not any(one.key in said_besides for one in words):
                    yield words


def _likeness_percent(name: str, shown: str) -> float:
    """How much of the letters both have; 0 where it is too little."""
    percent = fuzz.ratio(name, shown)
    needed = _DAMAGED_PERCENT if name[:1] == shown[:1] else _OTHER_INITIAL_PERCENT
    return percent if percent >= needed else 0.0


def _letters(text: str, language: LanguageTag) -> str:
    """The letters of a text without accents, spaces and signs."""
    decomposed = unicodedata.normalize("NFD", fold(text, language))
    return "".join(character for character in decomposed if character.isalnum())
