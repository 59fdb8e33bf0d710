"""Phrases found in a text: whole words, in any of their forms where that is wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from subtitles.language import LanguageTag
from translate.glossary.terms import CaseRule
from translate.glossary.word_forms import WordForms, word_forms
from translate.glossary.words import Text, Word

# Inside a phrase these may be written otherwise, or left out.
_JOINERS = str.maketrans(
    "", "", " \t\n\u00a0\u202f\u3000-‐‑\u00ad'’ʼ´`.·・\u200b\u200c\u200d\u2060"
)
# Around a phrase these belong to the sentence.
_AROUND = " .,;:!?…\"'“”„‘’«»‹›()[]¿¡。、！？「」『』\u00a0-–—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What counts as the same phrase.

    Attributes:
        forms: Of the language.
        keeps_words: Whether a form has to begin with the whole word.
        keeps_case: Whether capitals have to be the same, unless all letters are capitals.
        joins: Whether a phrase of one word may be a part of a compound.
    """

    forms: WordForms
    keeps_words: bool = False
    keeps_case: bool = False
    joins: bool = False

    @property
    def in_any_case(self) -> "Likeness":
        """The same, capitals aside."""
        return replace(self, keeps_case=False)


def likeness(
    language: LanguageTag, case: CaseRule, *, is_fixed: bool = False, joins: bool = False
) -> Likeness:
    """What counts as a term's word in a text of that language.

    A name is not taken for another one that differs in a listed ending: Marco is no form of Marca.
    """
    forms = word_forms(language)
    is_written_so = is_fixed or case in {CaseRule.KEEP, CaseRule.UPPER}
    return Likeness(
        forms=forms,
        keeps_words=is_fixed or (is_written_so and bool(forms.endings)),
        keeps_case=is_written_so,
        joins=joins and not is_fixed,
    )


def phrase_spans(phrase: Text, text: Text, like: Likeness) -> Iterator[tuple[int, int]]:
    """Where a phrase stands in a text, in order; spans may overlap."""
    first, forms = phrase.words[0].key, like.forms
    stems = forms.stems(first)
    joins = like.joins and len(phrase.words) == 1
    for number, word in enumerate(text.words):
        # The quick way: most words are no form of the first one.
        is_form = not stems.isdisjoint(forms.marks(word.key))
        if not is_form and not (joins and forms.joined(first, word.key)):
            continue
        span = phrase_at(phrase, text, number, like)
        if span is not None:
            yield span


def phrase_at(phrase: Text, text: Text, number: int, like: Likeness) -> tuple[int, int] | None:
    """The span of a phrase whose first word is that word of the text; None where it is not.

    Spaces, hyphens, apostrophes and full stops inside it may be written otherwise; any other sign
    must be there, as the signs of ``C++`` must.
    """
    words = text.words[number : number + len(phrase.words)]
    if not _are_same(phrase.words, words, like) or not _are_joined(phrase, text, number):
        return None
    before, after = _signs(phrase)
    start, end = words[0].start - len(before), words[-1].end + len(after)
    if start < 0 or text.text[start : words[0].start] + text.text[words[-1].end : end] != (
        before + after
    ):
        return None
    if like.keeps_case and not _is_cased(phrase, text, words):
        return None
    return start, end


def _are_same(wanted: Sequence[Word], shown: Sequence[Word], like: Likeness) -> bool:
    if len(wanted) != len(shown):
        return False
    joins = like.joins and len(wanted) == 1
    for one, other in zip(wanted, shown, strict=True):
        if one.key != other.key and not _is_alike(one.key, other.key, like, joins=joins):
            return False
    return True


def _is_alike(wanted: str, shown: str, like: Likeness, *, joins: bool) -> bool:
    if like.forms.alike(wanted, shown):
        return shown.startswith(wanted) or not like.keeps_words
    return joins and like.forms.joined(wanted, shown)


def _are_joined(phrase: Text, text: Text, number: int) -> bool:
    """Whether the signs between the words join them as the phrase has it."""
    for place in range(1, len(phrase.words)):
        shown = text.between(number + place).translate(_JOINERS)
        if shown and shown != phrase.between(place).translate(_JOINERS):
            return False
    return True


def _signs(phrase: Text) -> tuple[str, str]:
    """The signs that belong to a phrase before its first word and after its last."""
    return phrase.between(0).strip(_AROUND), phrase.between(len(phrase.words)).strip(_AROUND)


def _is_cased(phrase: Text, text: Text, words: Sequence[Word]) -> bool:
    """Whether letters that both have are written alike, or the text's are all capitals."""
    if text.text[words[0].start : words[-1].end].isupper():
        return True
    return all(
        _has_case(phrase.said(wanted), text.said(shown))
        for wanted, shown in zip(phrase.words, words, strict=True)
    )


def _has_case(wanted: str, shown: str) -> bool:
    """Whether a word has the capitals of another one, in which it may also stand (a compound)."""
    place = max(0, shown.casefold().find(wanted.casefold()))
    for one, other in zip(wanted, shown[place:], strict=False):
        if one.casefold() != other.casefold():
            return True
        if one != other:
            return False
    return True
