"""Terms found in what is said: whole words in any of their forms, the longest first."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from subtitles.language import LanguageTag, same_language
from translate.glossary.agreed import AgreedTerm
from translate.glossary.glossary import Glossary
from translate.glossary.phrases import Likeness, likeness, phrase_at
from translate.glossary.terms import CaseRule, Term, TermKind, TermStatus
from translate.glossary.word_forms import word_forms
from translate.glossary.words import Text, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTerm:
    """A term where it stands in a text.

    Attributes:
        term: The term.
        agreed: What was agreed for it.
        start: Its first character's place in the text.
        end: The place after its last.
    """

    term: Term
    agreed: AgreedTerm
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    phrase: Text
    like: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class TermIndex:
    """The approved terms of one spoken language, by the marks of their first words.

    A text costs a few look-ups for each of its words, however many terms there are.
    """

    language: LanguageTag
    _entries: dict[str, list[_Entry]] = field(default_factory=dict)

    def found_in(
        self, text: str, target: LanguageTag, *, is_shouted: bool = False
    ) -> tuple[FoundTerm, ...]:
        """The terms in a text that have a rendering in ``target``, in order, none overlapping.

        Where terms overlap the longest counts, also when it has no rendering: a name is not taken
        apart.

        Args:
            text: What is said.
            target: Into which it is translated.
            is_shouted: Its capitals were taken away and say nothing.
        """
        spans = sorted(
            self._spans(text_of(text, self.language), is_shouted=is_shouted),
            key=lambda one: (one[0] - one[1], one[0]),
        )
        kept: list[tuple[int, int, Term]] = []
        for start, end, term in spans:
            if all(end <= other[0] or other[1] <= start for other in kept):
                kept.append((start, end, term))
        found = (
            _found(term, text[start:end], start, target)
            for start, end, term in sorted(kept, key=lambda one: one[0])
        )
        return tuple(one for one in found if one.agreed.forms)

    def _spans(self, text: Text, *, is_shouted: bool) -> Iterator[tuple[int, int, Term]]:
        forms = word_forms(self.language)
        for number, word in enumerate(text.words):
            tried: set[str] = set()
            for entry in (
                one for mark in forms.marks(word.key) for one in self._entries.get(mark, ())
            ):
                if entry.term.text not in tried:
                    tried.add(entry.term.text)
                    like = entry.like.in_any_case if is_shouted else entry.like
                    span = phrase_at(entry.phrase, text, number, like)
                    if span is not None:
                        yield (*span, entry.term)


def term_index(glossary: Glossary, language: LanguageTag) -> TermIndex:
    """The index of a glossary's approved terms in a language, whatever their region.

    Of a text that has a term in several regions' languages, the one of this very language counts.
    """
    terms: dict[str, Term] = {}
    for term in glossary.terms:
        if term.status is TermStatus.APPROVED and same_language(term.language, language):
            other = terms.get(term.text)
            if other is None or term.language == language:
                terms[term.text] = term
    entries: dict[str, list[_Entry]] = {}
    for term in terms.values():
        entry = _entry(term, language)
        for mark in word_forms(language).stems(entry.phrase.words[0].key):
            entries.setdefault(mark, []).append(entry)
    return TermIndex(language=language, _entries=entries)


def _entry(term: Term, language: LanguageTag) -> _Entry:
    is_fixed = term.kind is TermKind.DO_NOT_TRANSLATE
    # How it is printed in capitals or small letters says nothing of how it was said.
    case = CaseRule.KEEP if term.case is CaseRule.KEEP else CaseRule.ANY
    return _Entry(term, text_of(term.text, language), likeness(language, case, is_fixed=is_fixed))


def _found(term: Term, said: str, start: int, target: LanguageTag) -> FoundTerm:
    agreed = AgreedTerm(
        said=said,
        forms=term.forms_in(target),
        case=term.case,
        is_fixed=term.kind is TermKind.DO_NOT_TRANSLATE,
    )
    return FoundTerm(term=term, agreed=agreed, start=start, end=start + len(said))
