"""All words of a show, and how a series' own come before its project's."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from subtitles.language import LanguageTag
from translate.glossary.terms import InvalidTermError, Term, TermKind, Wording

MAX_TERMS = 50_000
"""Of one glossary; the largest that broadcasters publish have some ten thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Terms by language and text, in this order, each once; make one with `glossary_of`."""

    terms: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        keys = [_key(term) for term in self.terms]
        if keys != sorted(set(keys)):
            raise InvalidTermError(_twice(keys), "stands twice, or out of order")

    @property
    def revision(self) -> str:
        """Digest of everything in it: equal glossaries have equal revisions."""
        plain = [asdict(term) for term in self.terms]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def glossary_of(terms: Iterable[Term]) -> Glossary:
    """The terms as a glossary.

    Raises:
        InvalidTermError: two terms of one language have the same text.
    """
    return Glossary(terms=tuple(sorted(terms, key=_key)))


def layered(*glossaries: Glossary) -> Glossary:
    """One glossary out of several, from the most general (project) to the most special (series).

    Where two have the same term, the later one's kind, case, status, owner and note hold, and its
    renderings in the languages that it names; in other languages the earlier one's stay. So a
    series drops a term of its project by rejecting it, or has it left alone by saying that it is
    not to be translated.
    """
    found: dict[tuple[LanguageTag, str], Term] = {}
    for glossary in glossaries:
        for term in glossary.terms:
            earlier = found.get(_key(term))
            found[_key(term)] = term if earlier is None else _over(earlier, term)
    return glossary_of(found.values())


def _over(earlier: Term, later: Term) -> Term:
    if later.kind is TermKind.DO_NOT_TRANSLATE:
        return later
    forms = {one.language: one.forms for one in (*earlier.wordings, *later.wordings)}
    wordings = tuple(Wording(language=tag, forms=forms[tag]) for tag in sorted(forms))
    return replace(later, wordings=wordings)


def _key(term: Term) -> tuple[LanguageTag, str]:
    return term.language, term.text


def _twice(keys: list[tuple[LanguageTag, str]]) -> str:
    seen: set[tuple[LanguageTag, str]] = set()
    for key in keys:
        if key in seen:
            return key[1]
        seen.add(key)
    return ""
