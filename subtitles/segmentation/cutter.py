"""Where speech is cut into cues: the cuts with the least total cost, by dynamic programming.

Cuts at sentence and clause ends, at pauses and where the speaker changes are cheap; cues that are
too fast, too short or break badly into rows are dear. The costs are ours; what they weigh is the
line treatment and timing of the published style guides (see the profiles' sources).
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from subtitles.segmentation.break_costs import BreakPlace
from subtitles.segmentation.linebreaks import IMPOSSIBLE, Layout, half_widths, rows_of
from subtitles.segmentation.spoken import SpokenPiece
from subtitles.segmentation.turns import turn_marks, turn_starts
from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import StyleProfile
from subtitles.timing.grid import Grid
from subtitles.typography.dashes import speaker_rows

# A pause as long as this always ends a cue: text that stays on over silence reads as a mistake.
_HARD_PAUSE_MS = 1500
# A sentence or a turn that starts after half a second of silence always starts its own cue.
_HARD_SENTENCE_PAUSE_MS = 500
# Below this a gap between words is articulation, not a pause.
_PAUSE_MS = 250

_CUT_COSTS = {
    BreakPlace.SENTENCE: 0.0,
    BreakPlace.CLAUSE: 0.8,
    BreakPlace.BEFORE_LINK: 1.6,
    BreakPlace.NEUTRAL: 2.6,
    BreakPlace.INSIDE_NAME: 4.0,
    BreakPlace.INSIDE_WORD: 5.0,
    BreakPlace.AFTER_LEANING: 6.0,
    BreakPlace.FORBIDDEN: 20.0,
}
# A cue ends there only when nothing else fits, whatever it costs.
_CLOSED = frozenset({BreakPlace.INSIDE_WORD, BreakPlace.AFTER_LEANING, BreakPlace.FORBIDDEN})
_CUE_COST = 1.0
_SECOND_ROW_COST = 0.3
_ROW_BREAK_WEIGHT = 0.8
_TWO_SENTENCES_COST = 0.4
_SENTENCE_AFTER_PAUSE_COST = 1.5
# More than a cue costs: speakers share one only when that makes it long enough to be read.
_TWO_SPEAKERS_COST = 1.5
_COST_PER_SECOND_OF_PAUSE = 3.0
# A cue over the limit has to be edited, by however little it is, and the more text the more work;
# in proportion to it, so that speech too fast everywhere is cut like any other.
_TOO_FAST_COST = 0.5
_TOO_FAST_WEIGHT = 4.0
_TOO_FAST_ROWS = 0.25
# Three times the limit is no worse than any speed beyond: nobody can read either.
_TOO_FAST_WORST = 2.0
_TOO_SHORT_COST = 1.0
_TOO_SHORT_WEIGHT = 3.0
_FRAGMENT_COST = 1.0
# The end of one sentence with only the start of the next.
_TORN_SENTENCE_COST = 2.0
# A cue under a quarter of a row that is no whole sentence is a fragment.
_FRAGMENT_SHARE = 0.25


class Cutter:
    """Costs of every possible cue of one transcript, by piece numbers.

    Args:
        spoken: In time order, none overlapping the next; at least one.
        profile: Limits of the spoken language.
        frame_rate: Of the picture, as in `Picture`.
    """

    def __init__(
        self, spoken: Sequence[SpokenPiece], profile: StyleProfile, frame_rate: Fraction | None
    ) -> None:
        self._profile = profile
        self._longest_ms, self._shortest_ms = profile.max_duration_ms, profile.min_duration_ms
        self._ms_per_half_width = MS_PER_SECOND / (2 * profile.max_chars_per_second)
        self._pieces = [one.piece for one in spoken]
        self._layout = Layout(self._pieces, profile)
        self._starts = [one.span.start_ms for one in spoken]
        self._ends = [one.span.end_ms for one in spoken]
        # When a cue that starts with this piece comes, and until when one that ends with it may
        # stay, as the timing pass has it without shot changes; the last word has all the time.
        grid = Grid(profile, frame_rate)
        ticks = [grid.at_or_before(start_ms) for start_ms in self._starts]
        self._in_times = list(map(grid.ms, ticks))
        self._room_ends = [
            min(grid.ms(tick - grid.min_gap), end + profile.max_linger_ms)
            for tick, end in zip(ticks[1:], self._ends, strict=False)
        ]
        self._room_ends.append(self._ends[-1] + profile.max_linger_ms)
        self._weigh_joints(spoken, profile)

    def _weigh_joints(self, spoken: Sequence[SpokenPiece], profile: StyleProfile) -> None:
        """What every place between two pieces costs, cut or kept."""
        marks = turn_marks(profile)
        self._mark_widths = [half_widths(mark, profile.counting) for mark in marks or ("", "")]
        self._turn_starts = turn_starts([one.speaker for one in spoken])
        turns = frozenset(self._turn_starts)
        self._turns = list(accumulate(number in turns for number in range(len(spoken))))
        pauses = [
            0,
            *(later - end for later, end in zip(self._starts[1:], self._ends, strict=False)),
        ]
        places = list(self._layout.places)
        for number in turns:
            places[number] = BreakPlace.SENTENCE
        joints = list(zip(places, pauses, strict=True))
        self._must_cut = [_must_cut(place, pause_ms) for place, pause_ms in joints]
        self._cut_costs = [_cut_cost(place, pause_ms) for place, pause_ms in joints]
        keep_costs = [_keep_cost(place, pause_ms) for place, pause_ms in joints]
        for number in turns:
            self._must_cut[number] |= marks is None
            keep_costs[number] += _TWO_SPEAKERS_COST
        self._kept = list(accumulate(keep_costs))
        self._is_border = [
            pause_ms >= _PAUSE_MS or place is BreakPlace.SENTENCE for place, pause_ms in joints
        ]
        self._is_border.append(True)
        self._cut_costs.append(0.0)
        self._kept.append(self._kept[-1])
        self._is_open = [place not in _CLOSED for place in places]
        self._sentences = list(accumulate(place is BreakPlace.SENTENCE for place in places))

    def cuts(self) -> list[tuple[int, int]]:
        """The cheapest cues, in order, as (first piece, piece after the last).

        Cut at open places alone where that gives cues that fit, else anywhere.
        """
        count = len(self._starts)
        edges = [0, *(number for number in range(1, count) if self._must_cut[number]), count]
        cuts: list[tuple[int, int]] = []
        for first, last in pairwise(edges):
            inside = [number for number in range(first + 1, last) if self._is_open[number]]
            cuts += self._best_cuts([first, *inside, last]) or self._best_cuts(
                range(first, last + 1)
            )
        return cuts

    def rows(self, start: int, end: int) -> tuple[str, ...]:
        """The rows of a cue; those of two speakers with the dashes of the language."""
        pieces, turn = self._pieces[start:end], self._turn_in(start, end)
        if turn is not None:
            return speaker_rows(rows_of(pieces, [turn - start]), self._profile)
        breaks = self._layout.fewest_rows(start, end) or ()
        return rows_of(pieces, [number - start for number in breaks])

    def _turn_in(self, start: int, end: int) -> int | None:
        """The piece with which another speaker takes over inside a cue."""
        first = self._turns[start]
        return self._turn_starts[first] if self._turns[end - 1] > first else None

    def _best_cuts(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """The cheapest cues of one stretch that end at places only; none when they do not fit."""
        # The innermost loop of the whole module: plain local lists make it several times faster.
        turns, starts, kept, longest_ms = self._turns, self._starts, self._kept, self._longest_ms
        sums, spaces = self._layout.sums, self._layout.spaces
        widest = self._layout.limit * self._layout.max_rows
        first = places[0]
        befores, chosen = [_CUE_COST + self._cut_costs[first] - kept[first]], [0]
        for index, end in enumerate(places[1:]):
            best_cost, best = IMPOSSIBLE, index
            right, spoken_ms, kept_here = sums[end], self._ends[end - 1], kept[end - 1]
            turn = turns[end - 1]
            for at in range(index, -1, -1):
                start = places[at]
                width = right - sums[start] - spaces[start]
                too_much = width > widest or spoken_ms - starts[start] > longest_ms
                crowded = turn != turns[start] and not self._turns_fit(start, end)
                if (too_much or crowded) and start < end - 1:
                    break  # one piece alone always fits (spoken_pieces)
                cost = befores[at] + kept_here
                if cost < best_cost:
                    cost += self._cue_cost(start, end, width, best_cost - cost)
                    if cost < best_cost:
                        best_cost, best = cost, at
            chosen.append(best)
            befores.append(best_cost + _CUE_COST + self._cut_costs[end] - kept[end])
        return _cuts_back(places, chosen) if befores[-1] < IMPOSSIBLE else []

    def _cue_cost(self, start: int, end: int, width: int, bearable: float) -> float:
        """Of a cue by itself: its time, its wholeness, its rows; some part of it over bearable."""
        cost = 0.0
        if not (self._is_border[start] and self._is_border[end]):
            cost = self._fragment_cost(start, end, width)
        room_ms = self._room_ends[end - 1] - self._in_times[start]
        if room_ms < self._shortest_ms:
            room_ms = max(1, room_ms)
            cost += _TOO_SHORT_COST + _TOO_SHORT_WEIGHT * (1 - room_ms / self._shortest_ms)
        too_fast = width * self._ms_per_half_width / room_ms - 1
        if too_fast > 0:
            worse = _TOO_FAST_COST + _TOO_FAST_WEIGHT * min(_TOO_FAST_WORST, too_fast)
            cost += worse * (_TOO_FAST_ROWS + width / self._layout.limit)
        if self._turns[end - 1] != self._turns[start]:
            return cost + _SECOND_ROW_COST
        if width > self._layout.limit and cost < bearable:
            cost += _SECOND_ROW_COST + _ROW_BREAK_WEIGHT * self._layout.rows_cost(start, end)
        return cost

    def _turns_fit(self, start: int, end: int) -> bool:
        """Whether these pieces are two turns of one row each; more of them never do."""
        if self._turns[end - 1] > self._turns[start] + 1:
            return False
        turn = self._turn_starts[self._turns[start]]
        top = self._layout.width(start, turn) + self._mark_widths[0]
        bottom = self._layout.width(turn, end) + self._mark_widths[1]
        return max(top, bottom) <= self._layout.limit

    def _fragment_cost(self, start: int, end: int, width: int) -> float:
        """Of a cue that is torn out of its sentence."""
        cost = _FRAGMENT_COST if width < _FRAGMENT_SHARE * self._layout.limit else 0.0
        if self._sentences[end - 1] != self._sentences[start]:
            cost += _TORN_SENTENCE_COST
        return cost


def _cuts_back(places: Sequence[int], chosen: Sequence[int]) -> list[tuple[int, int]]:
    """The cues that lead to the last place, in order, given the best start for every end."""
    cuts: list[tuple[int, int]] = []
    at = len(places) - 1
    while at > 0:
        cuts.append((places[chosen[at]], places[at]))
        at = chosen[at]
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
