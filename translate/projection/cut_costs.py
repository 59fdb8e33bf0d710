"""What it costs to cut a translation: the one objective of the projection.

Everything is in columns of a row of 42, whatever the width of the target's rows: one column is a
cut one letter away from where it should be. The cheapest cuts are those with the least sum of, for
each cut:

- what lies there (`_CUT_COSTS`): nothing after a sentence, much after an article;
- likeness (`_LIKE_SOURCE`): less where both source and translation have a mark;
- distance from the source's proportions, far cuts counting more than their distance;
- with an alignment, the width of the words that stand on the other side than what they render
  (`_MISPLACED`); the proportions then count a part only (`_PROPORTIONS_BESIDE_LINKS`);

and for each cue: `NO_ROOM` when its text has no room there, `EMPTY` when it has none.

The weights were tried on sentences whose right cuts are known (tests/support/
bench_mt_projection.py): everyday sentences joined by a comma, by "and" or by nothing, and prose cut
at its commas, from English into Spanish, French and German.
"""

from collections.abc import Sequence
from itertools import accumulate

from subtitles.segmentation.break_costs import BreakPlace, break_places
from subtitles.segmentation.linebreaks import Piece
from subtitles.style.profile import StyleProfile
from translate.projection.alignment import misplaced
from translate.translator import Link

NO_ROOM = 12.0
"""A cue that cannot be read in its time, or whose rows are too short. A word or two move next door
for it (9 columns away cost 13), if that helps; more would be read at another moment than they are
said. On everyday sentences it spares one in six of such cues, at a price of one cut in fifteen that
is not at the best word."""

EMPTY = 1_000_000.0
"""A cue without words, where the text has any to spare: more than anything else."""

EARLIER_EMPTY = 1_000.0
"""On top for each cue that follows: a later cue stays without words sooner than an earlier one,
since nobody should wait for words that are being spoken."""

# A comma eight columns off beats a bare space on the spot, and an article is left at a cue's end
# only when nothing else is within reach. The order is the style guides' (`break_costs`).
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
_LIKE_SOURCE = -20.0
# One word read seconds early is worse than several words read a moment early.
_FAR_DIVISOR = 20.0
# The proportions still say how much each cue has time for, and engines' attention wanders.
_PROPORTIONS_BESIDE_LINKS = 0.2
_MISPLACED = 1.5


def cut_costs(
    pieces: Sequence[Piece],
    widths: Sequence[float],
    *,
    source_cuts: Sequence[tuple[int, bool]],
    source_chars: int,
    links: Sequence[Link],
    profile: StyleProfile,
) -> list[list[float]]:
    """For each cut of the source, what it costs before each piece and at the end.

    Args:
        pieces: Of the translation.
        widths: Of each, in columns of the target language.
        source_cuts: Characters of the source sentence before each cut, and whether a mark is there.
        source_chars: Of the whole source sentence.
        links: Into the characters of the pieces' text; none when nobody knows.
        profile: Of the target language.
    """
    scale = _ROW_COLUMNS / profile.max_chars_per_line
    full = [(width + piece.spaced) * scale for piece, width in zip(pieces, widths, strict=True)]
    ends = [0.0, *accumulate(full)]
    places = _places(pieces, profile)
    wrong = misplaced(pieces, full, links, [chars for chars, _ in source_cuts]) if links else None
    found = []
    for number, (chars, is_marked) in enumerate(source_cuts):
        costs = [_kind_cost(place, is_marked=is_marked) for place in places]
        trust = 1.0 if wrong is None else _PROPORTIONS_BESIDE_LINKS
        ideal = ends[-1] * chars / source_chars
        costs = [cost + trust * _far(end - ideal) for cost, end in zip(costs, ends, strict=True)]
        if wrong is not None:
            amiss = zip(costs, wrong[number], strict=True)
            costs = [cost + _MISPLACED * columns for cost, columns in amiss]
        found.append(costs)
    return found


def _places(pieces: Sequence[Piece], profile: StyleProfile) -> list[BreakPlace | None]:
    """What lies before each piece; None at both ends, where nothing is cut."""
    inner = break_places([piece.text for piece in pieces], [one.spaced for one in pieces], profile)
    return [None, *inner, None] if pieces else [None]


def _kind_cost(place: BreakPlace | None, *, is_marked: bool) -> float:
    if place is None:
        return 0.0
    return _CUT_COSTS[place] + (_LIKE_SOURCE if is_marked and place in _MARKED else 0.0)


def _far(columns: float) -> float:
    return abs(columns) + columns * columns / _FAR_DIVISOR
