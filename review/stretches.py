"""Where the sentences of a passage stand in the cues that the machine made of them.

Rows are broken and marks are printed on the way from a sentence to its cues, but no letter and no
figure comes or goes. So the place of a sentence is told by counting them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from review.passages import Passage, cue_ids_of
from review.tasks import ReviewCue
from translate.drafts import SentenceDraft
from translate.sentencing.markup import plain_cue

_SPACES = " \n\u3000"
_OPENING = "¿¡«“„‚‘(（「『［[<-–—♪"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What one cue has of one sentence, in the machine's text, styling off.

    Attributes:
        cue_id: The cue.
        before: What stands in the cue before it, white space included; rows by line breaks.
        text: The stretch; may be empty.
        after: What stands after it, white space included.
    """

    cue_id: str
    before: str
    text: str
    after: str

    @property
    def letters(self) -> int:
        """How many letters and figures it has."""
        return _letters(self.text)


def stretches_of(
    sentence: SentenceDraft, passage: Passage, cues: Mapping[str, ReviewCue]
) -> tuple[Stretch, ...]:
    """The stretches of a sentence, one for each of its cues; none where they cannot be told.

    Args:
        sentence: One of the passage.
        passage: All that share cues with it.
        cues: Those of the passage, by id.
    """
    cue_ids = cue_ids_of(passage)
    texts = [shown_text(cues[cue_id].machine_text) for cue_id in cue_ids]
    if len(passage) == 1:
        return tuple(
            Stretch(cue_id=cue_id, before="", text=text, after="")
            for cue_id, text in zip(cue_ids, texts, strict=True)
        )
    said = [0, *accumulate(_letters(one.text) for one in passage)]
    shown = [0, *accumulate(map(_letters, texts))]
    if said[-1] != shown[-1]:
        return ()
    number = next(place for place, one in enumerate(passage) if one is sentence)
    found = _stretches(
        zip(cue_ids, texts, pairwise(shown), strict=True), *said[number : number + 2]
    )
    own = frozenset(sentence.cue_ids)
    return tuple(stretch for stretch in found if stretch.cue_id in own)


def shown_text(text: str) -> str:
    """The rows of a cue as a viewer reads them, joined by line breaks."""
    return "\n".join(plain_cue(text.split("\n")).lines)


def _stretches(
    cues: Iterator[tuple[str, str, tuple[int, int]]], begin: int, end: int
) -> Iterator[Stretch]:
    """For each cue the stretch from one letter of the passage to another."""
    for cue_id, text, (first, last) in cues:
        start = _place(text, min(max(begin, first), last) - first)
        stop = max(start, _place(text, min(max(end, first), last) - first))
        stretch = text[start:stop]
        stop -= len(stretch) - len(stretch.rstrip(_SPACES))
        yield Stretch(cue_id=cue_id, before=text[:start], text=text[start:stop], after=text[stop:])


def _place(text: str, letters: int) -> int:
    """Where a sentence begins that has so many letters before it in a cue.

    Closing marks belong to the sentence before, opening ones to the one that begins.
    """
    places = [place for place, character in enumerate(text) if character.isalnum()]
    if letters == 0:
        return 0
    if letters == len(places):
        return len(text)
    between = range(places[letters - 1] + 1, places[letters])
    return next(_border(text, between), between.stop)


def _border(text: str, between: Sequence[int]) -> Iterator[int]:
    """The end of the first white space, or else the first opening mark."""
    for place in between:
        if text[place] in _SPACES:
            yield place + 1
    for place in between:
        if text[place] in _OPENING:
            yield place


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
