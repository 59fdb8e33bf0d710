"""A sentence in which something stands in for each term, so that an engine keeps it.

Placeholders do not survive engines; words do. A term's own rendering, put into the source sentence,
is mostly copied as an unknown word, and the engine makes its article and its adjectives agree. A
name that is to stay as it is and did not gets the place of a name that every engine knows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice

from subtitles.language import LanguageTag
from subtitles.typography.casing import capitalized
from translate.glossary.agreed import AgreedTerm
from translate.glossary.finding import FoundTerm
from translate.glossary.phrases import likeness, phrase_spans
from translate.glossary.putting import Span, fitting_form, opens, put
from translate.glossary.terms import CaseRule
from translate.glossary.words import text_of
from translate.translator import Link, Rendering

NAMES = ("Tom", "Daniel", "Martin", "Laura", "Simon", "Clara")
"""Names that the languages of Latin script spell alike and that are frequent in what engines were
trained on, the most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """What stands where a term stood.

    Attributes:
        term: The term, with its place in the sentence.
        text: What stands in for it.
        start: Where in the restated sentence.
    """

    term: FoundTerm
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A sentence with stand-ins, in order."""

    text: str
    stand_ins: tuple[StandIn, ...]


def restated(
    source: str, found: Sequence[FoundTerm], target: LanguageTag, turn: int = 0
) -> Restated:
    """The sentence with a stand-in for each of its terms.

    Args:
        source: The sentence.
        found: The terms in it, in order.
        target: Into which it will be translated.
        turn: Each turn begins with another name.
    """
    free = [name for name in NAMES if name not in source] or NAMES
    names = islice(cycle(free), turn, None)
    chosen: dict[AgreedTerm, str] = {}
    parts: list[str] = []
    stand_ins: list[StandIn] = []
    length = cursor = 0
    for term in found:
        between = source[cursor : term.start]
        agreed = term.agreed
        if agreed not in chosen:
            is_name = agreed.is_fixed
            chosen[agreed] = next(names) if is_name else fitting_form(agreed, agreed.said, target)
        text = chosen[agreed]
        if agreed.said[:1].isupper() and opens(source[: term.start]):
            text = capitalized(text, target)
        stand_ins.append(StandIn(term=term, text=text, start=length + len(between)))
        parts += (between, text)
        length += len(between) + len(text)
        cursor = term.end
    return Restated(text="".join((*parts, source[cursor:])), stand_ins=tuple(stand_ins))


def put_back(
    rendering: Rendering,
    said: Restated,
    own_words: Mapping[str, tuple[str, ...]],
    target: LanguageTag,
) -> Rendering:
    """A rendering of a restated sentence as one of the sentence itself.

    Its text is empty when a stand-in's place cannot be told, or when it stands there oftener than
    the word was said: nobody may read of somebody else, and nothing twice.

    Args:
        rendering: Of the restated sentence.
        said: The restated sentence.
        own_words: What the engine says for a stand-in by itself.
        target: The language of the rendering.
    """
    links = tuple(_on_source(rendering.alignment, said.stand_ins))
    rendering = replace(rendering, alignment=links)
    fixed = [one for one in said.stand_ins if one.term.agreed.is_fixed]
    times = Counter(one.text for one in fixed)
    for stand_in in {one.text: one for one in fixed}.values():
        places = _places(stand_in, rendering.text, own_words, target)
        if not 0 < len(places) <= times[stand_in.text]:
            return Rendering(text="")
        for place in reversed(places):
            rendering = put(stand_in.term.agreed.forms[0], rendering, place, stand_in.term)
    return rendering


def _places(
    stand_in: StandIn, text: str, own_words: Mapping[str, tuple[str, ...]], target: LanguageTag
) -> list[Span]:
    """Where a stand-in is rendered, in order."""
    like = likeness(target, CaseRule.KEEP, is_fixed=True)
    shown = text_of(text, target)
    for name in (stand_in.text, *own_words.get(stand_in.text, ())):
        phrase = text_of(name, target)
        # An engine that says the same for the name as for the sentence has said nothing of either.
        is_all = name != stand_in.text and len(phrase.words) == len(shown.words)
        places = [] if is_all else list(phrase_spans(phrase, shown, like))
        if places:
            return places
    return []


def _on_source(links: Sequence[Link], stand_ins: Sequence[StandIn]) -> Iterator[Link]:
    """The alignment counted in the characters of the sentence itself."""
    for link in links:
        start, end = link.source
        yield replace(
            link, source=(_place(start, stand_ins, ends=False), _place(end, stand_ins, ends=True))
        )


def _place(place: int, stand_ins: Sequence[StandIn], *, ends: bool) -> int:
    """A place of the restated sentence in the sentence itself; within a stand-in, the term's."""
    shift = 0
    for one in stand_ins:
        if place < one.start or (ends and place == one.start):
            break
        if place < one.end or (ends and place == one.end):
            return one.term.end if ends else one.term.start
        shift = one.term.end - one.end
    return place + shift
