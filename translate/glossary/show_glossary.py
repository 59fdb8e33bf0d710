"""A glossary at work on a track: found in sentences, put into renderings, verified at the end."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from subtitles.cues import CueTrack
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.plain_text import clean_text
from subtitles.span import Span
from subtitles.style.profile import StyleProfile
from translate.glossary.agreed import AgreedTerm
from translate.glossary.finding import FoundTerm, TermIndex, term_index
from translate.glossary.glossary import Glossary
from translate.glossary.placing import leaning_words
from translate.glossary.sentence_words import SentenceWords
from translate.glossary.stand_ins import NAMES
from translate.glossary.terms import CaseRule, Term, TermKind
from translate.glossary.track_findings import track_findings
from translate.glossary.words import text_of
from translate.sentencing.engine_text import EngineText
from translate.sentencing.kept import kept_stretches
from translate.sentencing.sentences import sentences_of
from translate.translator import Ask, LanguagePair, Sentence, Translator

GLOSSARY_RULES_VERSION = "2"
"""Of finding, placing and verifying: part of every cache key, raised when output changes."""

_OWN_WORDS = Ask(candidates=4)
_REMEMBERED_SENTENCES = 16_384


class ShowGlossary:
    """The glossary of a show, as the road of translation needs it (`translate.aids.ShowWords`)."""

    def __init__(self, glossary: Glossary) -> None:
        """The index of a spoken language is made when it is first needed.

        Args:
            glossary: All layers in one (`translate.glossary.glossary.layered`).
        """
        self._glossary = glossary
        self._indexes: dict[LanguageTag, TermIndex] = {}
        # A sentence is looked through before it is asked, for its draft, and for the findings.
        self._found = lru_cache(maxsize=_REMEMBERED_SENTENCES)(self._find)

    def found_in(
        self, shown: Sequence[EngineText], pair: LanguagePair, translator: Translator
    ) -> Sequence[SentenceWords | None]:
        """For each sentence its terms and what else has to stay, None where there is neither.

        The engine is asked once how it says the terms by themselves: that is what has to be
        replaced where it does not say which of its words come from where.
        """
        found = [self._found(one.core, pair, is_shouted=one.is_shouted) for one in shown]
        kept = [tuple(_kept(one.core, some, pair)) for one, some in zip(shown, found, strict=True)]
        agreed = dict.fromkeys(term.agreed for some in found for term in some)
        names = NAMES if any(kept) or any(one.is_fixed for one in agreed) else ()
        words = dict.fromkeys((*(one.said for one in agreed), *names))
        own_words = _own_words(tuple(words), pair, translator)
        return [
            SentenceWords(source=one.core, pair=pair, found=some, kept=others, own_words=own_words)
            if some or others
            else None
            for one, some, others in zip(shown, found, kept, strict=True)
        ]

    def agreed_in(self, text: str, pair: LanguagePair) -> tuple[AgreedTerm, ...]:
        """What was agreed for the terms of a text, in the order in which they stand in it."""
        return tuple(one.agreed for one in self._found(text, pair))

    def findings(
        self, track: CueTrack, source: CueTrack, profile: StyleProfile
    ) -> tuple[Finding, ...]:
        """Terms that the finished track misses, each on the cue in whose words it was said."""
        pair = LanguagePair(source.language, track.language)
        found = [(one, self._found(one.text, pair)) for one in sentences_of(source)]
        return tuple(track_findings(track, found, profile))

    def digest_for(self, source: CueTrack, target: LanguageTag) -> str:
        """Digest of all that this glossary can change in a translation of the track.

        Terms that nobody says in it, and their renderings in other languages, change nothing; nor
        do owners and notes. Empty when it changes nothing at all.
        """
        pair = LanguagePair(source.language, target)
        said = {
            (one.agreed, one.term.text)
            for sentence in sentences_of(source)
            for one in self._found(sentence.text, pair)
        }
        if not said:
            return ""
        plain = sorted(map(repr, said))
        return hashlib.sha256("\n".join((GLOSSARY_RULES_VERSION, *plain)).encode()).hexdigest()

    def _find(
        self, text: str, pair: LanguagePair, *, is_shouted: bool = False
    ) -> tuple[FoundTerm, ...]:
        return self._index(pair.source).found_in(text, pair.target, is_shouted=is_shouted)

    def _index(self, language: LanguageTag) -> TermIndex:
        if language not in self._indexes:
            self._indexes[language] = term_index(self._glossary, language)
        return self._indexes[language]


def _own_words(
    said: Sequence[str], pair: LanguagePair, translator: Translator
) -> Mapping[str, tuple[str, ...]]:
    """What the engine says for each word by itself, best first."""
    if not said:
        return {}
    # Models that were trained on sentences say another thing where there is a full stop.
    asked = [text + stop for text in said for stop in ("", ".")]
    answers = translator.translate([_alone(text) for text in asked], pair, _OWN_WORDS)
    if len(answers) != len(asked):  # which answer is whose cannot be told
        return {}
    words: dict[str, list[str]] = {text: [] for text in said}
    for text, answer in zip(asked, answers, strict=True):
        words[text.removesuffix(".") if text not in words else text] += (
            one.text for one in answer.renderings
        )
    return {text: tuple(_bare(some, pair.target)) for text, some in words.items()}


def _kept(text: str, found: Sequence[FoundTerm], pair: LanguagePair) -> Iterator[FoundTerm]:
    """The stretches that stay and are no term, as terms that are not to be translated."""
    for start, end in kept_stretches(text, pair):
        said = text[start:end]
        is_apart = all(end <= one.start or one.end <= start for one in found)
        if is_apart and clean_text(said) == said:
            kind = TermKind.DO_NOT_TRANSLATE
            term = Term(text=said, language=pair.source, kind=kind, case=CaseRule.KEEP)
            agreed = AgreedTerm(said=said, forms=(said,), case=CaseRule.KEEP, is_fixed=True)
            yield FoundTerm(term=term, agreed=agreed, start=start, end=end)


def _alone(text: str) -> Sentence:
    return Sentence(text=text, span=Span(0, 1), cue_ids=(), cue_lengths=(len(text),))


def _bare(texts: Iterable[str], target: LanguageTag) -> Iterator[str]:
    """Each once, without the article before it and the full stop after it."""
    found: dict[str, None] = {}
    for text in texts:
        words = text_of(text, target)
        for word in words.words:
            if word.key not in leaning_words(target):
                found.setdefault(text[word.start :].rstrip(".!?。！？… "))
                break
    yield from found
