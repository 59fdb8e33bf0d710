"""A form of a term put into a rendering: which form, and what becomes of the alignment."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from subtitles.language import LanguageTag
from translate.glossary.agreed import AgreedTerm
from translate.glossary.finding import FoundTerm
from translate.glossary.verifying import printed
from translate.glossary.word_forms import word_forms
from translate.glossary.words import fold
from translate.translator import Link, Rendering

Span = tuple[int, int]
"""First character and the place after the last."""

_SENTENCE_ENDS = '.!?…:"“«¿¡。！？'
_MOST_ENDING_LETTERS = 3


def fitting_form(agreed: AgreedTerm, replaced: str, target: LanguageTag) -> str:
    """The form to put in: of the preferred word's own forms the one that ends as what goes does.

    So a plural takes the place of a plural where the glossary has one; no form is made up.
    """
    preferred = agreed.forms[0]
    forms = [
        form
        for form in agreed.forms
        if form == preferred
        or word_forms(target).alike(fold(preferred, target), fold(form, target))
    ]
    best = max(forms, key=lambda form: _common_ending(form, replaced))
    return printed(best, agreed.case, target)


def opens(before: str) -> bool:
    """Whether a sentence begins after this text."""
    said = before.rstrip()
    return not said or said[-1] in _SENTENCE_ENDS


def put(form: str, rendering: Rendering, place: Span, term: FoundTerm) -> Rendering:
    """The rendering with a form of the term in that place, its alignment moved along."""
    start, end = place
    return replace(
        rendering,
        text=rendering.text[:start] + form + rendering.text[end:],
        alignment=tuple(_moved(rendering.alignment, place, len(form), term)),
    )


def _common_ending(one: str, other: str) -> int:
    count = 0
    for ours, theirs in zip(reversed(one.casefold()), reversed(other.casefold()), strict=False):
        if ours != theirs or count == _MOST_ENDING_LETTERS:
            break
        count += 1
    return count


def _moved(links: Sequence[Link], place: Span, length: int, term: FoundTerm) -> Iterator[Link]:
    """The alignment after a stretch was replaced, which now comes from the term."""
    start, end = place
    shift = length - (end - start)
    gone = [link for link in links if link.target[0] < end and start < link.target[1]]
    yield from (link for link in links if link.target[1] <= start)
    if links:
        weight = max((link.weight for link in gone), default=1.0)
        yield Link((start, start + length), (term.start, term.end), weight)
    for link in links:
        if end <= link.target[0]:
            yield replace(link, target=(link.target[0] + shift, link.target[1] + shift))
