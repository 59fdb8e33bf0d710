"""Missed terms put where the engine said something else for them."""

from collections.abc import Mapping, Sequence
from itertools import chain

from subtitles.language import LanguageTag
from subtitles.typography.casing import capitalized
from translate.glossary.finding import FoundTerm
from translate.glossary.placing import Situation, likely_places, sure_places
from translate.glossary.putting import Span, fitting_form, opens, put
from translate.glossary.terms import CaseRule
from translate.glossary.verifying import standing
from translate.glossary.words import Text
from translate.translator import Rendering


def enforced(
    rendering: Rendering,
    found: Sequence[FoundTerm],
    source: Text,
    own_words: Mapping[str, tuple[str, ...]],
    target: LanguageTag,
) -> Rendering:
    """The rendering with each of the sentence's terms in it, as far as their places can be told.

    A term that stands in it in any allowed form is left alone. Articles and prepositions before a
    term stay as they are. Of a term that was said several times and stands in it at least once,
    the others are put in only where their place is sure.

    Args:
        rendering: Of the sentence.
        found: Its terms.
        source: The sentence.
        own_words: What the engine says for a term by itself, by what was said.
        target: The language of the rendering.
    """
    by_length = sorted(found, key=lambda one: -max(map(len, one.agreed.forms)))
    places = _standing(rendering.text, by_length, target)
    for term in by_length:
        if term in places:
            continue
        around = Situation(
            source=source,
            target=target,
            own_words=own_words.get(term.agreed.said, ()),
            taken=tuple(places.values()),
        )
        ways = [sure_places(term, rendering, around)]
        if not any(other.agreed.forms == term.agreed.forms for other in places):
            ways.append(likely_places(term, rendering, around))
        place = next(chain.from_iterable(ways), None)
        if place is not None:
            rendering = _with_term(rendering, term, place, target)
            places = _standing(rendering.text, by_length, target)
    return rendering


def _standing(
    text: str, found: Sequence[FoundTerm], target: LanguageTag
) -> Mapping[FoundTerm, Span]:
    """Which of the terms stand where; no two in the same place."""
    places: dict[FoundTerm, Span] = {}
    for term in found:
        for start, end in standing(term.agreed, text, target):
            if all(end <= other[0] or other[1] <= start for other in places.values()):
                places[term] = (start, end)
                break
    return places


def _with_term(
    rendering: Rendering, term: FoundTerm, place: Span, target: LanguageTag
) -> Rendering:
    form = fitting_form(term.agreed, rendering.text[slice(*place)], target)
    is_cased = term.agreed.is_fixed or term.agreed.case is not CaseRule.ANY
    if not is_cased and opens(rendering.text[: place[0]]):
        form = capitalized(form, target)
    return put(form, rendering, place, term)
