"""Words to cues: where to cut speech so that it reads well and in time.

Dynamic programming over the gaps between words finds the cuts with the least total cost; cuts at
sentence and clause ends and at pauses are cheap, cues that are too fast, too short or break badly
into rows are dear. The costs are ours; what they weigh is the line treatment and timing of the
published style guides (see the profiles' sources).
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from subtitles.break_costs import BreakPlace
from subtitles.cues import Cue, CueTrack, derive_cue_id
from subtitles.linebreaks import IMPOSSIBLE, Layout, rows_of
from subtitles.picture import Picture
from subtitles.profile import StyleProfile, min_gap_ms
from subtitles.signature import EngineSignature
from subtitles.span import MS_PER_SECOND, Span
from subtitles.spoken import SpokenPiece, spoken_pieces
from subtitles.timing import fit_spans, reading_time_ms
from subtitles.words import Transcript

SEGMENTATION_VERSION = "1"
"""Moves with every change that can cut or time differently: part of every cache key."""

# A pause as long as this always ends a cue: text that stays on over silence reads as a mistake.
_HARD_PAUSE_MS = 1500
# A sentence that starts after half a second of silence always starts its own cue.
_HARD_SENTENCE_PAUSE_MS = 500
# Below this a gap between words is articulation, not a pause.
_PAUSE_MS = 250

_CUT_COSTS = {
    BreakPlace.SENTENCE: 0.0,
    BreakPlace.CLAUSE: 0.8,
    BreakPlace.BEFORE_LINK: 1.6,
    BreakPlace.NEUTRAL: 2.2,
    BreakPlace.INSIDE_NAME: 4.0,
    BreakPlace.INSIDE_WORD: 5.0,
    BreakPlace.AFTER_LEANING: 6.0,
    BreakPlace.FORBIDDEN: 20.0,
}
_CUE_COST = 1.0
_SECOND_ROW_COST = 0.3
_ROW_BREAK_WEIGHT = 0.6
_TWO_SENTENCES_COST = 0.4
_SENTENCE_AFTER_PAUSE_COST = 1.5
_COST_PER_SECOND_OF_PAUSE = 3.0
_TOO_FAST_WEIGHT = 4.0
_TOO_FAST_WORST = 8.0
_TOO_SHORT_WEIGHT = 3.0
_FRAGMENT_COST = 1.0
# The end of one sentence with only the start of the next.
_TORN_SENTENCE_COST = 1.0
# A cue under a quarter of a row that is no whole sentence is a fragment.
_FRAGMENT_SHARE = 0.25


class _Cutter:
    """Costs of every possible cue of one transcript, by piece numbers."""

    def __init__(self, spoken: Sequence[SpokenPiece], profile: StyleProfile, gap_ms: int) -> None:
        self._longest_ms, self._shortest_ms = profile.max_duration_ms, profile.min_duration_ms
        self._ms_per_half_width = MS_PER_SECOND / (2 * profile.max_chars_per_second)
        self.layout = Layout([one.piece for one in spoken], profile)
        self._starts = [one.span.start_ms for one in spoken]
        self._ends = [one.span.end_ms for one in spoken]
        # Until when a cue that ends with this piece may stay; the last word has all the time.
        self._room_ends = [
            min(following - gap_ms, end + profile.max_linger_ms)
            for following, end in zip(
                [*self._starts[1:], self._ends[-1] + 2 * profile.max_linger_ms],
                self._ends,
                strict=True,
            )
        ]
        pauses = [
            0,
            *(later - end for later, end in zip(self._starts[1:], self._ends, strict=False)),
        ]
        joints = list(zip(self.layout.places, pauses, strict=True))
        self._must_cut = [_must_cut(place, pause_ms) for place, pause_ms in joints]
        self._cut_costs = [_cut_cost(place, pause_ms) for place, pause_ms in joints]
        self._kept = list(accumulate(_keep_cost(place, pause_ms) for place, pause_ms in joints))
        self._is_border = [
            pause_ms >= _PAUSE_MS or place is BreakPlace.SENTENCE for place, pause_ms in joints
        ]
        self._is_border.append(True)
        self._cut_costs.append(0.0)
        self._kept.append(self._kept[-1])
        self._sentences = list(accumulate(place is BreakPlace.SENTENCE for place, _ in joints))

    def cuts(self) -> list[tuple[int, int]]:
        """The cheapest cues, in order, as (first piece, piece after the last)."""
        count = len(self._starts)
        edges = [0, *(number for number in range(1, count) if self._must_cut[number]), count]
        return [cut for start, end in pairwise(edges) for cut in self._best_cuts(start, end)]

    def _best_cuts(self, first: int, last: int) -> list[tuple[int, int]]:
        """The same for one stretch without an obligatory cut inside."""
        # The innermost loop of the whole module: plain local lists make it several times faster.
        starts, sums, spaces, kept = self._starts, self.layout.sums, self.layout.spaces, self._kept
        limit, widest = self.layout.limit, self.layout.limit * self.layout.max_rows
        longest_ms, ms_per_half = self._longest_ms, self._ms_per_half_width
        befores, chosen = [_CUE_COST + self._cut_costs[first] - kept[first]], [first]
        for end in range(first + 1, last + 1):
            best_cost, best_start = IMPOSSIBLE, end - 1
            right, spoken_ms, kept_here = sums[end], self._ends[end - 1], kept[end - 1]
            room_end = self._room_ends[end - 1]
            for start in range(end - 1, first - 1, -1):
                width = right - sums[start] - spaces[start]
                too_much = width > widest or spoken_ms - starts[start] > longest_ms
                if too_much and start < end - 1:  # one piece alone always fits (spoken_pieces)
                    break
                cost = befores[start - first] + kept_here
                if cost >= best_cost:
                    continue
                room_ms = room_end - starts[start]
                if width * ms_per_half > room_ms or room_ms < self._shortest_ms:
                    cost += self._time_cost(width * ms_per_half, max(1, room_ms))
                cost += self._fragment_cost(start, end, width)
                if width > limit and cost < best_cost:
                    cost += _SECOND_ROW_COST
                    cost += _ROW_BREAK_WEIGHT * self.layout.rows_cost(start, end)
                if cost < best_cost:
                    best_cost, best_start = cost, start
            chosen.append(best_start)
            befores.append(best_cost + _CUE_COST + self._cut_costs[end] - kept[end])
        return _cuts_back_from(last, first, chosen)

    def _time_cost(self, reading_ms: float, room_ms: int) -> float:
        """Of a cue that must be read faster than the limit, or is shorter than the shortest."""
        cost = 0.0
        if reading_ms > room_ms:
            cost += min(_TOO_FAST_WORST, _TOO_FAST_WEIGHT * (reading_ms / room_ms - 1))
        if room_ms < self._shortest_ms:
            cost += _TOO_SHORT_WEIGHT * (1 - room_ms / self._shortest_ms)
        return cost

    def _fragment_cost(self, start: int, end: int, width: int) -> float:
        """Of a cue that is torn out of its sentence."""
        if self._is_border[start] and self._is_border[end]:
            return 0.0
        cost = _FRAGMENT_COST if width < _FRAGMENT_SHARE * self.layout.limit else 0.0
        if self._sentences[end - 1] != self._sentences[start]:
            cost += _TORN_SENTENCE_COST
        return cost


def _cuts_back_from(last: int, first: int, chosen: Sequence[int]) -> list[tuple[int, int]]:
    """The cues that lead to ``last``, in order, given the best start for every end."""
    cuts: list[tuple[int, int]] = []
    while last > first:
        start = chosen[last - first]
        cuts.append((start, last))
        last = start
    return cuts[::-1]


def _must_cut(place: BreakPlace, pause_ms: int) -> bool:
    if place is BreakPlace.SENTENCE:
        return pause_ms >= _HARD_SENTENCE_PAUSE_MS
    return pause_ms >= _HARD_PAUSE_MS


def _cut_cost(place: BreakPlace, pause_ms: int) -> float:
    """What it costs to end a cue here: the longer the pause, the less."""
    return _CUT_COSTS[place] * max(0.2, 1 - max(0, pause_ms) / MS_PER_SECOND)


def _keep_cost(place: BreakPlace, pause_ms: int) -> float:
    """What it costs to have this inside a cue."""
    cost = 0.0
    if place is BreakPlace.SENTENCE:
        cost = _SENTENCE_AFTER_PAUSE_COST if pause_ms >= _PAUSE_MS else _TWO_SENTENCES_COST
    if pause_ms >= _PAUSE_MS:
        cost += _COST_PER_SECOND_OF_PAUSE * (pause_ms - _PAUSE_MS) / MS_PER_SECOND
    return cost


def segment(transcript: Transcript, profile: StyleProfile, *, picture: Picture) -> CueTrack:
    """The transcript as cues: every visible character, in order, in rows and times that hold.

    Never more than ``max_lines`` rows nor a row wider than allowed, never longer than the longest
    duration, never closer than the smallest gap. Reading speed and the shortest duration are kept
    where the speech leaves room. In-times are at most one frame before the first word, and later
    only where words collide. The same input gives the same cues and ids.

    Args:
        transcript: What was said; nonsense (zero-length or overlapping words, one endless word) is
            cut like anything else.
        profile: Limits of the spoken language.
        picture: The frame grid, cuts and end of the title.
    """
    spoken = spoken_pieces(transcript.words, profile)
    cues: tuple[Cue, ...] = ()
    if spoken:
        cues = _cues(spoken, transcript, profile, picture)
    return CueTrack(
        media_id=transcript.media_id,
        language=transcript.language,
        cues=cues,
        made_by=EngineSignature(
            engine="polycue-segmenter",
            engine_version=SEGMENTATION_VERSION,
            model=profile.profile_id,
            model_revision=profile.revision,
            options=(("frame_rate", str(picture.frame_rate)),),
        ),
    )


def _cues(
    spoken: Sequence[SpokenPiece],
    transcript: Transcript,
    profile: StyleProfile,
    picture: Picture,
) -> tuple[Cue, ...]:
    cutter = _Cutter(spoken, profile, min_gap_ms(profile, picture.frame_rate))
    cuts = cutter.cuts()
    rows = []
    for start, end in cuts:
        breaks = cutter.layout.fewest_rows(start, end) or ()
        pieces = [one.piece for one in spoken[start:end]]
        rows.append(rows_of(pieces, [number - start for number in breaks]))
    speech = [
        Span(spoken[start].span.start_ms, max(one.span.end_ms for one in spoken[start:end]))
        for start, end in cuts
    ]
    spans = fit_spans(
        speech,
        [reading_time_ms(lines, profile) for lines in rows],
        profile,
        picture,
        linger=True,
    )
    names = (transcript.media_id, transcript.language, profile.revision, SEGMENTATION_VERSION)
    return tuple(
        Cue(
            cue_id=derive_cue_id(*names, number, "\n".join(lines)),
            span=span,
            lines=lines,
            confidence=min(one.probability for one in spoken[start:end]),
            speech=said,
        )
        for number, ((start, end), lines, span, said) in enumerate(
            zip(cuts, rows, spans, speech, strict=True)
        )
    )
