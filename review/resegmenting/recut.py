"""What becomes of a stretch of a transcript that is cut anew from the times of its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from review.hearing import HeardWord
from review.measuring import Yardstick
from review.resegmenting.changes import Change, changes_in
from review.resegmenting.edges import fitted
from review.resegmenting.spoken_texts import SpokenText, spoken_text
from review.resegmenting.staying import WhyLeft, why_left
from review.resegmenting.word_times import Said, word_times
from review.tasks import CueState, ReviewCue
from subtitles.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Recut:
    """What cutting anew makes of a stretch.

    Attributes:
        changes: In order; all other cues stay to the millisecond.
        left: Cues that stay though nobody has confirmed them, with why, in order.
        confirmed_count: Cues that stay because somebody has confirmed them.
    """

    changes: tuple[Change, ...]
    left: tuple[tuple[ReviewCue, WhyLeft], ...]
    confirmed_count: int


def recut(
    cues: Sequence[ReviewCue],
    heard: Sequence[HeardWord],
    by: Yardstick,
    *,
    before: ReviewCue | None = None,
    after: ReviewCue | None = None,
) -> Recut:
    """Cut cues anew where that puts other words together.

    Every visible character stays, in order. Cues with the same words as now stay as they are,
    whoever set their times; only rows that are too wide or too many are broken anew.

    Args:
        cues: That follow each other.
        heard: Every word of the film, in order.
        by: Limits, frames and shot changes.
        before: The cue in front of them.
        after: The cue behind them.
    """
    cutting = _Cutting(cues, heard, by)
    changes = tuple(cutting.fitting(before, after))
    return Recut(
        changes=changes,
        left=tuple((cue, cutting.left[cue.cue_id]) for cue in cues if cue.cue_id in cutting.left),
        confirmed_count=sum(cue.state is CueState.CONFIRMED for cue in cues),
    )


class _Cutting:
    """One stretch at work; ``left`` grows with every cue that has to stay."""

    def __init__(
        self, cues: Sequence[ReviewCue], heard: Sequence[HeardWord], by: Yardstick
    ) -> None:
        self._cues, self._by = cues, by
        self._texts = [spoken_text(cue, by.profile) for cue in cues]
        self._times = word_times(self._texts, heard, by.profile)
        self.left: dict[str, WhyLeft] = {}
        for text, said in zip(self._texts, self._times, strict=True):
            why = why_left(text, said)
            if why is not None and text.cue.state is not CueState.CONFIRMED:
                self.left[text.cue.cue_id] = why

    def fitting(self, before: ReviewCue | None, after: ReviewCue | None) -> Iterator[Change]:
        """The changes for which there is room between their neighbours."""
        wanted = [change for run in self._runs() for change in self._cut(*run)]
        moving = {cue.cue_id for change in wanted for cue in change.before}
        places = {cue.cue_id: place for place, cue in enumerate(self._cues, 1)}
        around = [before, *self._cues, after]
        # What stands in front of a change may have been cut anew itself by then.
        spans: list[Span | None] = [None if cue is None else cue.span for cue in around]
        for change in wanted:
            first, last = (places[change.before[place].cue_id] for place in (0, -1))
            following = around[last + 1]
            closes = following is not None and following.cue_id not in moving
            cues = fitted(
                change.after,
                spans[first - 1],
                spans[last + 1],
                self._by.standard.grid,
                closes=closes,
            )
            if cues is None:
                self._leave(change.before, WhyLeft.NO_ROOM)
                continue
            spans[last] = cues[-1].span
            yield replace(change, after=cues)

    def _runs(self) -> Iterator[tuple[Sequence[SpokenText], Sequence[Sequence[Said]]]]:
        """Cues in a row that can be cut anew, all in the same tags."""
        both = zip(self._texts, self._times, strict=True)
        for (is_free, _), run in groupby(both, lambda one: (self._is_free(one[0]), one[0].dress)):
            if is_free:
                texts, times = zip(*run, strict=True)
                yield texts, times

    def _is_free(self, text: SpokenText) -> bool:
        return text.cue.state is not CueState.CONFIRMED and text.cue.cue_id not in self.left

    def _cut(
        self, texts: Sequence[SpokenText], times: Sequence[Sequence[Said]]
    ) -> tuple[Change, ...]:
        changes = changes_in(texts, times, self._by)
        if changes is not None:
            return changes
        if len(texts) == 1:
            self._leave([texts[0].cue], WhyLeft.ODD)
            return ()
        # Halves, until the cue that stands in the way is by itself.
        half = len(texts) // 2
        first = self._cut(texts[:half], times[:half])
        return (*first, *self._cut(texts[half:], times[half:]))

    def _leave(self, cues: Sequence[ReviewCue], why: WhyLeft) -> None:
        self.left |= {cue.cue_id: why for cue in cues}
