"""Which of the show's words a recogniser should expect, the ones it needs most first."""

from subtitles.language import LanguageTag, same_language
from translate.glossary.glossary import Glossary
from translate.glossary.terms import Term, TermKind, TermStatus

# Recognisers know common words; it is names that they have never heard.
_ORDER = (TermKind.NAME, TermKind.DO_NOT_TRANSLATE, TermKind.TERM, TermKind.TITLE)


def heard_words(glossary: Glossary, language: LanguageTag | None) -> tuple[str, ...]:
    """Names first, then words that stay as they are, terms and titles; each kind by its text.

    Proposed terms count as well: to listen for a word costs nothing.

    Args:
        glossary: The show's words.
        language: The spoken one; None when it is not known yet, and terms of any language count.
    """
    terms = [
        term
        for term in glossary.terms
        if term.status is not TermStatus.REJECTED
        and (language is None or same_language(term.language, language))
    ]
    return tuple(dict.fromkeys(term.text for term in sorted(terms, key=_rank)))


def _rank(term: Term) -> tuple[int, int, str]:
    return _ORDER.index(term.kind), term.status is TermStatus.PROPOSED, term.text
