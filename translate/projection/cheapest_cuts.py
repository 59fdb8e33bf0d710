"""The cheapest way to cut a row of pieces into so many parts: one dynamic program."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part costs by what it holds; all costs in one unit, of the caller's choice.

    Attributes:
        capacity: Width that it has room for.
        overflow_cost: Of being wider than that, however much.
        empty_cost: Of holding nothing.
    """

    capacity: float
    overflow_cost: float
    empty_cost: float


def cheapest_cuts(
    widths: Sequence[float],
    spaced: Sequence[bool],
    parts: Sequence[Part],
    cut_costs: Sequence[Sequence[float]],
) -> list[int]:
    """The number of the piece that each part but the first begins with, in order.

    The costs of the parts and of the cuts between them add up to the least possible. Takes time in
    proportion to parts × pieces.

    Args:
        widths: Of the pieces.
        spaced: Whether a space, one wide, stands before each piece; it goes where a part begins.
        parts: What the parts cost, at least one.
        cut_costs: For each border between parts, what a cut there costs before each piece and at
            the end.
    """
    line = _Line(widths, spaced)
    best = [0.0] + [float("inf")] * len(widths)
    ways: list[list[int]] = []
    for number, part in enumerate(parts):
        best, origins = line.advanced(best, part)
        ways.append(origins)
        if number < len(cut_costs):
            best = [cost + own for cost, own in zip(best, cut_costs[number], strict=True)]
    cuts = [len(widths)]
    for origins in reversed(ways[1:]):
        cuts.append(origins[cuts[-1]])
    return cuts[:0:-1]


class _Line:
    """Where pieces begin and end when they stand side by side."""

    def __init__(self, widths: Sequence[float], spaced: Sequence[bool]) -> None:
        self._ends = [0.0, *accumulate(map(float.__add__, map(float, widths), map(float, spaced)))]
        firsts = [end + space for end, space in zip(self._ends, spaced, strict=False)]
        self._firsts = [*firsts, self._ends[-1]]

    def advanced(self, best: Sequence[float], part: Part) -> tuple[list[float], list[int]]:
        """With one part more: for each place where it may end, the least cost and where it begins.

        Args:
            best: For each place, the least cost of what stands before it.
            part: What this part costs.
        """
        costs: list[float] = []
        origins: list[int] = []
        fitting: deque[int] = deque()  # places to begin at with room, the cheapest first
        lowest = 0  # the cheapest place to begin at, room or not
        for place, end in enumerate(self._ends):
            while fitting and end - self._firsts[fitting[0]] > part.capacity:
                fitting.popleft()
            ways = [(best[place] + part.empty_cost, place)]
            if fitting:
                ways.append((best[fitting[0]], fitting[0]))
            if place:
                ways.append((best[lowest] + part.overflow_cost, lowest))
            cost, origin = min(ways, key=lambda way: way[0])
            costs.append(cost)
            origins.append(origin)
            while fitting and best[fitting[-1]] > best[place]:
                fitting.pop()
            fitting.append(place)
            if best[place] < best[lowest]:
                lowest = place
        return costs, origins
