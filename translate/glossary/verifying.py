"""Whether a text has the words that were agreed; also for a cue that a person has just edited."""

from collections.abc import Iterable
from functools import lru_cache

from subtitles.language import LanguageTag
from subtitles.typography.casing import lower_case, upper_case
from translate.glossary.agreed import AgreedTerm
from translate.glossary.phrases import likeness, phrase_spans
from translate.glossary.terms import CaseRule
from translate.glossary.words import text_of


@lru_cache(maxsize=16_384)
def standing(agreed: AgreedTerm, text: str, language: LanguageTag) -> tuple[tuple[int, int], ...]:
    """Where a rendering of the word stands in a text, in any of its forms; in order.

    Args:
        agreed: The word.
        text: In the language, as a viewer reads it; rows may be joined by line breaks.
        language: Of the text.
    """
    like = likeness(language, agreed.case, is_fixed=agreed.is_fixed, joins=True)
    shown = text_of(text, language)
    spans = {
        span
        for form in agreed.forms
        for span in phrase_spans(
            text_of(printed(form, agreed.case, language), language), shown, like
        )
    }
    return tuple(sorted(spans))


def missed_terms(
    terms: Iterable[AgreedTerm], text: str, language: LanguageTag
) -> tuple[AgreedTerm, ...]:
    """Those of which no rendering stands in a text, each once.

    A word that is said twice and rendered once is not missed: a pronoun does for the other.
    """
    missed: dict[tuple[str, ...], AgreedTerm] = {}
    for agreed in terms:
        if agreed.forms not in missed and not standing(agreed, text, language):
            missed[agreed.forms] = agreed
    return tuple(missed.values())


def printed(form: str, case: CaseRule, language: LanguageTag) -> str:
    """A rendering as its case rule wants it printed."""
    if case is CaseRule.UPPER:
        return upper_case(form, language)
    if case is CaseRule.LOWER:
        return lower_case(form, language)
    return form
