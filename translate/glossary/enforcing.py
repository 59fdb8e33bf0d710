"""Missed terms put where the engine said something else for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from subtitles.language import LanguageTag
from subtitles.typography.casing import capitalized
from translate.glossary.agreed import AgreedTerm
from translate.glossary.finding import FoundTerm
from translate.glossary.placing import Situation, Span, likely_places, sure_places
from translate.glossary.terms import CaseRule
from translate.glossary.verifying import printed, standing
from translate.glossary.word_forms import word_forms
from translate.glossary.words import Text, fold
from translate.translator import Link, Rendering

_SENTENCE_ENDS = '.!?…:"“«¿¡。！？'
_MOST_ENDING_LETTERS = 3


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
    start, end = place
    text = rendering.text
    form = _fitting(term.agreed, text[start:end], target)
    if term.agreed.case is CaseRule.ANY and not term.agreed.is_fixed and _opens(text[:start]):
        form = capitalized(form, target)
    return replace(
        rendering,
        text=text[:start] + form + text[end:],
        alignment=tuple(_moved(rendering.alignment, place, len(form), term)),
    )


def _fitting(agreed: AgreedTerm, replaced: str, target: LanguageTag) -> str:
    """The form to put in: of the preferred word's own forms the one that ends as what goes does."""
    preferred = agreed.forms[0]
    forms = [
        form
        for form in agreed.forms
        if form == preferred
        or word_forms(target).alike(fold(preferred, target), fold(form, target))
    ]
    best = max(forms, key=lambda form: _common_ending(form, replaced))
    return printed(best, agreed.case, target)


def _common_ending(one: str, other: str) -> int:
    count = 0
    for ours, theirs in zip(reversed(one.casefold()), reversed(other.casefold()), strict=False):
        if ours != theirs or count == _MOST_ENDING_LETTERS:
            break
        count += 1
    return count


def _opens(before: str) -> bool:
    """Whether a sentence begins after this text."""
    said = before.rstrip()
    return not said or said[-1] in _SENTENCE_ENDS


def _moved(links: Sequence[Link], place: Span, length: int, term: FoundTerm) -> Iterator[Link]:
    """The alignment after a stretch was replaced, which now comes from the term."""
    start, end = place
    shift = length - (end - start)
    gone = [link for link in links if link.target[0] < end and start < link.target[1]]
    before = [link for link in links if link.target[1] <= start]
    after = [link for link in links if end <= link.target[0]]
    yield from before
    if links:
        weight = max((link.weight for link in gone), default=1.0)
        yield Link((start, start + length), (term.start, term.end), weight)
    for link in after:
        moved = (link.target[0] + shift, link.target[1] + shift)
        yield replace(link, target=moved)
