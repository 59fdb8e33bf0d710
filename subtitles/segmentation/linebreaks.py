"""Rows: text broken into at most so many rows, evenly and where the language allows it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import regex

from subtitles.counting import CountingRule, line_width
from subtitles.plain_text import clean_text
from subtitles.segmentation.break_costs import BreakPlace, break_places
from subtitles.style.profile import StyleProfile

# Of two equally even ways the bottom-heavy one wins ("pyramid"), and no row is one lonely word.
_TOP_HEAVY_COST = 0.05
_LONELY_WORD_COST = 0.3

# "in | the house" rather than "in the | house".
_CLINGING_COST = 0.4

IMPOSSIBLE = float("inf")
"""The cost of rows that do not fit."""

# Latin words and numbers inside a script without spaces stay whole; a wide or no-break space goes
# with what stands before it, since a row cannot be blank.
_UNSPACED_PIECE = regex.compile(
    r"(?:[\p{Latin}\p{Nd}][\p{Latin}\p{Nd}\p{M}'’.,:%&+-]*|\X)[\u00a0\u202f\u3000]*"
)
_HARD_PART = regex.compile(r"\X[\u00a0\u202f\u3000]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never broken: a word, or a character of a script without spaces."""

    text: str
    spaced: bool
    """Whether a space stands before it."""


class Layout:
    """Widths and break costs of a stretch of pieces, ready for asking many times.

    Widths are half characters, so that they are whole numbers.
    """

    __slots__ = ("costs", "limit", "max_rows", "places", "spaces", "sums", "unspaced")

    def __init__(self, pieces: Sequence[Piece], profile: StyleProfile) -> None:
        rule = profile.counting
        space = half_widths(" ", rule)
        self.limit, self.max_rows = 2 * profile.max_chars_per_line, profile.max_lines
        self.unspaced = profile.breaks_anywhere
        self.spaces = [space if piece.spaced else 0 for piece in pieces]
        texts = [piece.text for piece in pieces]
        widths = {text: half_widths(text, rule) for text in set(texts)}
        own = [widths[text] for text in texts]
        self.sums = [0, *accumulate(map(int.__add__, self.spaces, own))]
        spaced = [piece.spaced for piece in pieces]
        self.places = [BreakPlace.SENTENCE, *break_places(texts, spaced, profile)]
        self.costs = [place.value for place in self.places]
        for index, (one, other) in enumerate(pairwise(self.places), start=1):
            if one is other is BreakPlace.AFTER_LEANING:
                self.costs[index] += _CLINGING_COST

    def width(self, start: int, end: int) -> int:
        """Of pieces start…end on one row, in half characters."""
        return self.sums[end] - self.sums[start] - self.spaces[start]

    def rows_cost(self, start: int, end: int) -> float:
        """Cost of the fewest rows that hold pieces start…end, infinite when ``max_rows`` cannot."""
        for row_count in range(1, self.max_rows + 1):
            cost, _ = self.best_rows(start, end, row_count)
            if cost < IMPOSSIBLE:
                return cost
        return IMPOSSIBLE

    def fewest_rows(self, start: int, end: int) -> tuple[int, ...] | None:
        """The first piece of every row but the top, in the best setting; None if impossible."""
        for row_count in range(1, self.max_rows + 1):
            cost, breaks = self.best_rows(start, end, row_count)
            if cost < IMPOSSIBLE:
                return breaks
        return None

    def best_rows(self, start: int, end: int, row_count: int) -> tuple[float, tuple[int, ...]]:
        """Cost and breaks of pieces start…end in exactly ``row_count`` rows."""
        if row_count == 1:
            return (0.0 if self.width(start, end) <= self.limit else IMPOSSIBLE), ()
        if row_count == 2:  # noqa: PLR2004 - a top and a bottom row
            return self._best_two_rows(start, end)
        best: tuple[float, tuple[int, ...]] = (IMPOSSIBLE, ())
        for index in range(start + 1, end):
            top = self.width(start, index)
            if top > self.limit:
                break
            rest_cost, rest = self.best_rows(index, end, row_count - 1)
            uneven = (top - self.width(index, end) / (row_count - 1)) / self.limit
            cost = self.costs[index] + uneven * uneven + rest_cost
            if cost < best[0]:
                best = (cost, (index, *rest))
        return best

    def _best_two_rows(self, start: int, end: int) -> tuple[float, tuple[int, ...]]:
        sums, spaces, costs, limit = self.sums, self.spaces, self.costs, self.limit
        left_edge, total = sums[start] + spaces[start], sums[end]
        best_cost, best_index = IMPOSSIBLE, -1
        # The first break that leaves few enough for the bottom row (a space is at most 2 wide).
        first = bisect_left(sums, total - limit - 2, start + 1, end)
        for index in range(first, end):
            top = sums[index] - left_edge
            if top > limit:
                break
            bottom = total - sums[index] - spaces[index]
            if bottom > limit:
                continue
            uneven = (top - bottom) / limit
            cost = costs[index] + uneven * uneven
            if top > bottom:
                cost += _TOP_HEAVY_COST
            if not self.unspaced and index in (start + 1, end - 1):
                cost += _LONELY_WORD_COST
            if cost < best_cost:
                best_cost, best_index = cost, index
        return best_cost, (best_index,) if best_index >= 0 else ()


def half_widths(text: str, rule: CountingRule) -> int:
    """Width in half characters: a whole number under every rule."""
    return int(2 * line_width(text, rule))


def pieces_of(text: str, profile: StyleProfile) -> tuple[Piece, ...]:
    """Clean text cut at its spaces, or anywhere for a script without spaces."""
    pieces: list[Piece] = []
    for word in text.split(" "):
        if not word.strip():
            continue
        parts = _UNSPACED_PIECE.findall(word) if profile.breaks_anywhere else [word]
        pieces.extend(
            Piece(part, spaced=index == 0 and bool(pieces)) for index, part in enumerate(parts)
        )
    return tuple(pieces)


def join_pieces(pieces: Sequence[Piece]) -> str:
    """One row."""
    return "".join(" " + piece.text if piece.spaced else piece.text for piece in pieces).strip()


def rows_of(pieces: Sequence[Piece], breaks: Sequence[int]) -> tuple[str, ...]:
    """The rows that start at the first piece and at each break."""
    edges = (0, *breaks, len(pieces))
    return tuple(join_pieces(pieces[start:end]) for start, end in pairwise(edges))


def break_lines(text: str, profile: StyleProfile) -> tuple[str, ...] | None:
    """The best rows for a text, None when it does not fit into ``max_lines`` rows.

    One row when it fits. Otherwise the fewest rows, broken after punctuation or before a
    conjunction or preposition rather than elsewhere, and after an article, preposition, auxiliary
    or negation only where there is no other place; as even as possible, the lower row the longer.
    No character is lost but spaces at the breaks; line breaks in ``text`` count as spaces. Empty
    text gives no rows.
    """
    pieces = pieces_of(clean_text(text), profile)
    if not pieces:
        return ()
    layout = Layout(pieces, profile)
    if layout.width(0, len(pieces)) > layout.limit * (profile.max_lines + 1):
        return None
    breaks = layout.fewest_rows(0, len(pieces))
    return None if breaks is None else rows_of(pieces, breaks)


def break_lines_anyway(text: str, profile: StyleProfile) -> tuple[str, ...]:
    """As `break_lines`; text that does not fit gets ``max_lines`` even rows, wider than allowed.

    The checks report the width; a person has to shorten the text.
    """
    rows = break_lines(text, profile)
    if rows is not None:
        return rows
    pieces = pieces_of(clean_text(text), profile)
    layout = Layout(pieces, profile)
    row_count = min(profile.max_lines, len(pieces))
    layout.limit = max(layout.limit, layout.width(0, len(pieces)) // row_count)
    while (found := layout.best_rows(0, len(pieces), row_count))[0] == IMPOSSIBLE:
        layout.limit += max(1, layout.limit // 20)
    return rows_of(pieces, found[1])


def hard_pieces(text: str, profile: StyleProfile) -> tuple[str, ...]:
    """A word wider than a row cut into parts of one row at most, between characters."""
    rule, limit = profile.counting, 2 * profile.max_chars_per_line
    if half_widths(text, rule) <= limit:
        return (text,)
    parts: list[str] = []
    width = limit
    for cluster in _HARD_PART.findall(text):
        own = half_widths(cluster, rule)
        if width + own > limit:
            parts.append("")
            width = 0
        parts[-1] += cluster
        width += own
    return tuple(parts)
