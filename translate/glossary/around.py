"""A sentence translated around words that must stay, for engines that lose them in every way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from subtitles.language import is_unspaced
from translate.glossary.finding import FoundTerm
from translate.glossary.words import joint
from translate.sentencing.engine_text import assembled, engine_text, has_letters
from translate.sentencing.offsets import carried, places
from translate.translator import LanguagePair, Link, Rendering

# Signs at the border to a word that stays belong to neither: ", " and ' "'.
_GAP = re.compile(r"(?P<before>\W*)(?P<core>.*?)(?P<after>[\s\"'“‘«(\[]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two words that stay, or at an end of the sentence.

    Attributes:
        before: Signs and spaces at its beginning.
        core: What is translated; may be empty.
        after: Spaces and opening signs at its end.
        start: Where the core stands in the sentence.
    """

    before: str
    core: str
    after: str
    start: int

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to translate."""
        return has_letters(self.core)


def gaps_between(source: str, kept: Sequence[FoundTerm]) -> tuple[Gap, ...]:
    """What stands around the words that stay: one gap more than there are words."""
    return tuple(_gaps(source, kept))


def _gaps(source: str, kept: Sequence[FoundTerm]) -> Iterator[Gap]:
    start = 0
    for end, following in [*((one.start, one.end) for one in kept), (len(source), 0)]:
        found = _GAP.fullmatch(source, start, end)
        if found is None:
            raise AssertionError(source[start:end])  # the pattern matches any text
        yield Gap(found["before"], found["core"], found["after"], found.start("core"))
        start = following


def filled(
    gaps: Sequence[Gap], kept: Sequence[FoundTerm], said: Sequence[Rendering], pair: LanguagePair
) -> Rendering:
    """The words that stay, each in its place between the translated gaps.

    Without text when the engine says nothing for one of the gaps. Its score is the gaps' mean by
    length, None when one of them has none.

    Args:
        gaps: Of the sentence (`gaps_between`).
        kept: The words that stay.
        said: What the engine says for each gap that is asked.
        pair: The languages.
    """
    answers = iter(said)
    text, links = "", list[Link]()
    for number, gap in enumerate(gaps):
        text += _sign(gap.before, pair)
        if gap.is_asked:
            one = next(answers)
            core = assembled(engine_text(gap.core, pair.source), one.text, pair.target)
            if not core:
                return Rendering(text="")
            text += joint(text, core, pair.target)
            here = range(gap.start, gap.start + len(gap.core) + 1)
            there = [len(text) + place for place in places(one.text, core)]
            links += carried(one.alignment, here, there)
            text += core
        else:
            text += joint(text, gap.core, pair.target) + gap.core
        text += _sign(gap.after, pair)
        if number < len(kept):
            term = kept[number]
            form = term.agreed.forms[0]
            text += joint(text, form, pair.target)
            links.append(Link((len(text), len(text) + len(form)), (term.start, term.end)))
            text += form
    is_aligned = all(one.alignment for one in said)
    alignment = tuple(links) if said and is_aligned else ()
    return Rendering(text=text.strip(), score=_mean(said), alignment=alignment)


def _sign(signs: str, pair: LanguagePair) -> str:
    """Signs between words, without spaces where the language has none."""
    return "".join(signs.split()) if is_unspaced(pair.target) else signs


def _mean(said: Sequence[Rendering]) -> float | None:
    """The mean score by length."""
    weighted = [one.score * len(one.text) for one in said if one.score is not None]
    total = sum(len(one.text) for one in said)
    return sum(weighted) / total if total and len(weighted) == len(said) else None
