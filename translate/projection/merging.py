"""Target cues of one sentence joined where that reads better than the source's cut.

A translation is often longer than what was said, or shorter than its cues are many. Within one
sentence the target may have fewer cues than the source: two that touch become one, with the time
of both, where one of them could not be read in its own time or had no words of its own.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from subtitles.counting import line_width
from subtitles.cues import Cue
from subtitles.picture import Picture
from subtitles.segmentation.linebreaks import break_lines
from subtitles.span import MS_PER_SECOND, Span, gap_ms
from subtitles.style.profile import StyleProfile
from translate.sentencing.markup import plain_cue
from translate.sentencing.sentences import opens_turn
from translate.translator import Sentence

MERGING_PAUSE_MS = 500
"""Over a longer silence nothing is joined: half a second is when a viewer sees a cue go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """What decides whether cues are joined.

    Attributes:
        within: Source cues whose next cue goes on with the same sentence, and nothing else.
        widths: For each source cue, how wide a text it has room for.
        placeholder: What a cue without words of its own shows.
        profile: Of the target language.
        picture: Its cuts: no cue is joined across one.
    """

    within: Set[str]
    widths: Mapping[str, float]
    placeholder: str
    profile: StyleProfile
    picture: Picture

    def merged(self, cues: Sequence[Cue]) -> tuple[Cue, ...]:
        """The cues, some of them joined with the next; a joined one keeps the first one's id."""
        found: list[Cue] = []
        for cue in cues:
            joined = self._joined(found[-1], cue) if found else None
            if joined is None:
                found.append(cue)
            else:
                found[-1] = joined
        return tuple(found)

    def _joined(self, one: Cue, other: Cue) -> Cue | None:
        is_strained = self._strains(one) or self._strains(other)
        if not is_strained or not self._belong_together(one, other):
            return None
        before, after = plain_cue(one.lines), plain_cue(other.lines)
        texts = [" ".join(rows) for rows in (before.lines, after.lines)]
        joiner = "" if self.profile.breaks_anywhere else " "
        text = joiner.join(text for text in texts if text != self.placeholder)
        rows = break_lines(text, self.profile) if text else None
        span = Span(one.span.start_ms, other.span.end_ms)
        if rows is None or not self._is_readable(text, span):
            return None
        return replace(
            one,
            span=span,
            lines=before.styled(rows),
            confidence=min(one.confidence, other.confidence),
            source_cue_ids=(*one.source_cue_ids, *other.source_cue_ids),
            speech=_around(one.speech, other.speech),
            moves=(*one.moves, *other.moves),
        )

    def _belong_together(self, one: Cue, other: Cue) -> bool:
        """One sentence, one speaker, one look, no silence and no cut between them."""
        first, second = plain_cue(one.lines), plain_cue(other.lines)
        cuts = self.picture.shot_changes_ms
        return (
            one.source_cue_ids[-1] in self.within
            and gap_ms(one.span, other.span) <= MERGING_PAUSE_MS
            and bisect_right(cuts, one.span.end_ms - 1) == bisect_right(cuts, other.span.start_ms)
            and (one.kind, one.position) == (other.kind, other.position)
            and (first.tags, first.position) == (second.tags, second.position)
            and not (first.partly or second.partly or first.dropped or second.dropped)
            and not any(map(opens_turn, (*first.lines, *second.lines)))
        )

    def _strains(self, cue: Cue) -> bool:
        """Whether a cue has no words of its own, or more than it has room for."""
        text = " ".join(plain_cue(cue.lines).lines)
        room = sum(self.widths[name] for name in cue.source_cue_ids)
        return text == self.placeholder or line_width(text, self.profile.counting) > room

    def _is_readable(self, text: str, span: Span) -> bool:
        """Whether nothing is read faster for having been joined, nor stays longer than allowed."""
        needed_ms = line_width(text, self.profile.counting) * MS_PER_SECOND
        shown_ms = span.duration_ms + self.profile.max_linger_ms
        is_fast = needed_ms > shown_ms * self.profile.max_chars_per_second
        return span.duration_ms <= self.profile.max_duration_ms and not is_fast


def running_on(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Source cues that one sentence runs through into the next cue, alone on both sides."""
    sharing = Counter(cue_id for sentence in sentences for cue_id in sentence.cue_ids)
    return frozenset(
        here
        for sentence in sentences
        for here, there in pairwise(sentence.cue_ids)
        if sharing[here] == sharing[there] == 1
    )


def _around(one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return one or other
    return Span(one.start_ms, max(one.end_ms, other.end_ms))
