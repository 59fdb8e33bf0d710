"""One translation over several cues: where a linguist would cut it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from subtitles.counting import line_width
from subtitles.plain_text import clean_text
from subtitles.segmentation.break_costs import BreakPlace, break_places
from subtitles.segmentation.linebreaks import Piece, join_pieces, pieces_of
from subtitles.style.profile import StyleProfile
from translate.projection.alignment import misplaced
from translate.translator import Link

# What a cut costs, in columns (a row has 42) away from where the source was cut: a comma eight
# columns off beats a bare space on the spot, and an article is left at a cue's end only when
# nothing else is within reach. The order of the kinds is the style guides' (`break_costs`).
_CUT_COSTS = {
    BreakPlace.SENTENCE: 0.0,
    BreakPlace.CLAUSE: 3.0,
    BreakPlace.BEFORE_LINK: 8.0,
    BreakPlace.NEUTRAL: 14.0,
    BreakPlace.INSIDE_WORD: 18.0,
    BreakPlace.INSIDE_NAME: 22.0,
    BreakPlace.AFTER_LEANING: 30.0,
    BreakPlace.FORBIDDEN: 500.0,
}
_ROW_COLUMNS = 42
_MARKED = frozenset({BreakPlace.SENTENCE, BreakPlace.CLAUSE})
# A cue whose source ends with punctuation should end with punctuation.
_LIKE_SOURCE_BONUS = 12.0
# Far cuts cost more than their distance: one word read seconds early is worse than several words
# read a moment early.
_FAR_DIVISOR = 20.0
# Up to about two words move next door when that makes both cues fit. More would be read at another
# moment than it is said, and a person has to shorten the text anyway.
_MAX_MOVED_COLUMNS = 12
# The source's proportions beside an alignment: they still say how much each cue has time for.
_ALIGNED_PROPORTIONS = 0.2
# A word in another cue than what it translates is worse than a cut as far from the proportions.
_MISPLACED = 1.5
# More than any cut; a later cue is left without words sooner than an earlier one, since nobody
# should wait for words that are being spoken.
_EMPTY_COST = 1_000_000.0
_EARLIER_EMPTY_COST = 1_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CueShare:
    """What one cue holds of a sentence, and may hold of its translation.

    Attributes:
        source_chars: Characters of the source sentence in this cue.
        capacity: Width that fits here by rows and reading speed, in the target's characters.
        is_owner: No other sentence has a greater part of this cue: it must not stay without text.
        ends_with_mark: The source has punctuation where it leaves this cue.
    """

    source_chars: int
    capacity: float
    is_owner: bool
    ends_with_mark: bool


def split_translation(
    text: str, shares: Sequence[CueShare], profile: StyleProfile, links: Sequence[Link] = ()
) -> tuple[str, ...]:
    """One part per share, in order; together they hold every word of the text.

    What is made small, in columns: words that stand in another cue than their source words (by
    the alignment, where there is one), the distance from the source's proportions, and what each
    cut costs where it is: after punctuation little, before a conjunction some, never inside a word
    or after an article. A part is empty only where the share is no owner, or where the text has
    fewer words than there are owners.

    Args:
        text: The translation.
        shares: The parts of the source sentence's cues.
        profile: Of the target language.
        links: From the clean text's characters into the sentence's; none when nobody knows.
    """
    if len(shares) == 1:
        return (clean_text(text),)
    pieces = _pieces(text, profile)
    widths = [line_width(piece.text, profile.counting) + piece.spaced for piece in pieces]
    ends = [0.0, *accumulate(widths)]
    costs = _cut_costs(pieces, shares, profile)
    away_scale = _ROW_COLUMNS / profile.max_chars_per_line
    trust = _ALIGNED_PROPORTIONS if links else 1.0
    for cost_row, ideal in zip(costs, _ideal_cuts(ends[-1], shares, away_scale), strict=True):
        for place, end in enumerate(ends):
            away = abs(end - ideal) * away_scale
            cost_row[place] += trust * (away + away * away / _FAR_DIVISOR)
    if links:
        borders_said = list(accumulate(share.source_chars for share in shares))[:-1]
        for cost_row, wrong in zip(
            costs, misplaced(pieces, widths, links, borders_said), strict=True
        ):
            for place, columns in enumerate(wrong):
                cost_row[place] += _MISPLACED * columns * away_scale
    borders = (0, *_cheapest_cuts(shares, costs), len(pieces))
    return tuple(join_pieces(pieces[start:end]) for start, end in pairwise(borders))


def word_count(text: str, profile: StyleProfile) -> int:
    """How many parts a text can be cut into."""
    return len(_pieces(text, profile))


def _pieces(text: str, profile: StyleProfile) -> tuple[Piece, ...]:
    """The text's pieces, without those that would leave a cue blank (a lone no-break space)."""
    return tuple(piece for piece in pieces_of(clean_text(text), profile) if piece.text.strip())


def _cut_costs(
    pieces: Sequence[Piece], shares: Sequence[CueShare], profile: StyleProfile
) -> list[list[float]]:
    """For each cut between shares, what it costs before each piece; both ends are sentence ends."""
    places = [
        BreakPlace.SENTENCE,
        *break_places(
            [piece.text for piece in pieces], [piece.spaced for piece in pieces], profile
        ),
        BreakPlace.SENTENCE,
    ]
    plain = [_CUT_COSTS[place] for place in places]
    alike = [
        cost - _LIKE_SOURCE_BONUS * (place in _MARKED and 0 < number < len(pieces))
        for number, (cost, place) in enumerate(zip(plain, places, strict=False))
    ]
    return [list(alike if share.ends_with_mark else plain) for share in shares[:-1]]


def _ideal_cuts(width: float, shares: Sequence[CueShare], scale: float) -> list[float]:
    """Where the source's proportions would cut, after the little that does not fit moved away."""
    total = sum(share.source_chars for share in shares)
    wanted = [width * share.source_chars / total for share in shares]
    for here, share in enumerate(shares):
        excess = wanted[here] - share.capacity
        if not 0 < excess <= _MAX_MOVED_COLUMNS / scale:
            continue
        for neighbour in (here + 1, here - 1):
            if 0 <= neighbour < len(shares):
                free = shares[neighbour].capacity - wanted[neighbour]
                moved = max(0.0, min(free, excess))
                excess -= moved
                wanted[here] -= moved
                wanted[neighbour] += moved
    return list(accumulate(wanted))[:-1]


def _cheapest_cuts(shares: Sequence[CueShare], costs: Sequence[Sequence[float]]) -> list[int]:
    """The cheapest cuts in order, by dynamic programming over (cut, piece)."""
    best = [0.0] + [float("inf")] * (len(costs[0]) - 1)
    origins: list[list[int]] = []
    for number, cost_row in enumerate(costs):
        best, origin = _advanced(best, _empty_cost(shares, number))
        origins.append(origin)
        best = [cost + own for cost, own in zip(best, cost_row, strict=True)]
    _, last = _advanced(best, _empty_cost(shares, len(shares) - 1))
    cuts = [last[-1]]
    for origin in reversed(origins[1:]):
        cuts.append(origin[cuts[-1]])
    return cuts[::-1]


def _empty_cost(shares: Sequence[CueShare], number: int) -> float:
    if not shares[number].is_owner:
        return 0.0
    return _EMPTY_COST + _EARLIER_EMPTY_COST * (len(shares) - number)


def _advanced(best: Sequence[float], stay_cost: float) -> tuple[list[float], list[int]]:
    """For each place, the cheapest place at or before it to come from; staying may cost."""
    costs: list[float] = []
    origins: list[int] = []
    lowest, lowest_at = float("inf"), 0
    for place, cost in enumerate(best):
        staying = cost + stay_cost
        is_moving = lowest <= staying
        costs.append(lowest if is_moving else staying)
        origins.append(lowest_at if is_moving else place)
        if cost < lowest:
            lowest, lowest_at = cost, place
    return costs, origins
