"""Where a translation would be cut so that its words stand where their source words are said."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from subtitles.segmentation.linebreaks import Piece
from translate.translator import Link


def misplaced(
    pieces: Sequence[Piece], widths: Sequence[float], links: Sequence[Link], borders: Sequence[int]
) -> list[list[float]]:
    """For each border and each cut, before a piece or at the end: what stands on the wrong side.

    A piece that comes from the source after a border and stands before the cut is misplaced by its
    width, and the other way round. One that nothing is known of is nowhere misplaced. Attention
    wanders, so a stretch counts by its weight.

    Args:
        pieces: Of the translation.
        widths: Of each, in columns.
        links: Into the characters of the pieces' text, in the order of the translation.
        borders: Places in the source sentence where one cue's part ends and the next begins.
    """
    pulls = _pulls(pieces, links)
    found: list[list[float]] = []
    for border in borders:
        late = [
            sum(weight for place, weight in pull if place >= border) * width
            for pull, width in zip(pulls, widths, strict=True)
        ]
        early = [
            sum(weight for place, weight in pull if place < border) * width
            for pull, width in zip(pulls, widths, strict=True)
        ]
        before = (0.0, *accumulate(late))
        total_early = sum(early)
        after = (total_early - one for one in (0.0, *accumulate(early)))
        found.append([one + other for one, other in zip(before, after, strict=True)])
    return found


def _pulls(pieces: Sequence[Piece], links: Sequence[Link]) -> list[list[tuple[int, float]]]:
    """For each piece, places in the source that it comes from, with weights of 1 in all at most."""
    starts: list[int] = []
    end = 0
    for number, piece in enumerate(pieces):
        end += 1 if piece.spaced and number else 0
        starts.append(end)
        end += len(piece.text)
    pulls: list[list[tuple[int, float]]] = [[] for _ in pieces]
    for link in links:
        middle = (link.source[0] + link.source[1] - 1) // 2
        first = max(0, bisect_right(starts, link.target[0]) - 1)
        for number in range(first, len(pieces)):
            start, length = starts[number], len(pieces[number].text)
            if start >= link.target[1]:
                break
            shared = min(start + length, link.target[1]) - max(start, link.target[0])
            if shared > 0:
                pulls[number].append((middle, min(1.0, link.weight) * shared / length))
    return pulls
