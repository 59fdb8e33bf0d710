"""Words that must stay put into a rendering where nothing tells their place: by their position."""

from collections.abc import Iterator, Sequence

from subtitles.language import LanguageTag
from translate.glossary.finding import FoundTerm
from translate.glossary.putting import Span, put
from translate.glossary.verifying import standing
from translate.glossary.words import joint, text_of
from translate.translator import Rendering


def positioned(
    rendering: Rendering, kept: Sequence[FoundTerm], source: str, target: LanguageTag
) -> Rendering:
    """The rendering with each word that stays in it, once where it lacked it.

    Such a word goes between two words of the rendering, as far into it as it stands in the source.

    Args:
        rendering: Not empty.
        kept: The words that stay, in the order of the source.
        source: The sentence.
        target: The language of the rendering.
    """
    for term in kept:
        if standing(term.agreed, rendering.text, target):
            continue
        text = rendering.text
        taken = [span for other in kept for span in standing(other.agreed, text, target)]
        around = len(source) - (term.end - term.start)
        ideal = len(text) * term.start / max(1, around)
        place = min(_places(text, taken, target), key=lambda one: abs(one - ideal))
        form = term.agreed.forms[0]
        before, after = text[:place], text[place:]
        form = joint(before, form, target) + form + joint(form, after, target)
        rendering = put(form, rendering, (place, place), term)
    return rendering


def _places(text: str, taken: Sequence[Span], target: LanguageTag) -> Iterator[int]:
    """Where words begin and the last one ends, outside of other terms; else the very end."""
    words = text_of(text, target).words
    borders = [*(word.start for word in words), *(word.end for word in words[-1:])]
    free = [place for place in borders if not any(start < place < end for start, end in taken)]
    yield from free or [len(text)]
