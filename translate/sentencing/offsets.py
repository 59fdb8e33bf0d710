"""Where the characters of a text stand in a slightly changed copy of it.

Signs are taken off a sentence before an engine sees it and put back around the answer; an engine's
alignment, which counts characters of what it saw and said, has to follow them.
"""

from collections.abc import Iterable, Iterator, Sequence

from translate.translator import Link

# Signs put in or left out in one place are a few characters, seldom more.
_REACH = 12


def carried(
    links: Iterable[Link], source_places: Sequence[int], target_places: Sequence[int]
) -> Iterator[Link]:
    """The links on changed texts; those of characters that are gone on either side are left out.

    Args:
        links: Over the texts as they were.
        source_places: `places` of the source text.
        target_places: `places` of the rendering.
    """
    for link in links:
        source, target = _moved(link.source, source_places), _moved(link.target, target_places)
        if source[0] < source[1] and target[0] < target[1]:
            yield Link(target, source, link.weight)


def places(before: str, after: str) -> tuple[int, ...]:
    """For each place between characters of one text, ends included, its place in the other.

    Places never go backwards. Letters are the same whatever their case; what stands only in
    ``after`` belongs to nothing.
    """
    start = after.find(before)
    if start >= 0:
        return tuple(range(start, start + len(before) + 1))
    here = there = last = 0
    found: list[int] = []
    while here < len(before):
        step = _step(before, here, after, there)
        if step is None:  # it stands nowhere near: what follows may
            found.append(last)
            here += 1
            continue
        gone, added = step
        found += [last] * gone
        here, there = here + gone, there + added
        found.append(there)
        here, there = here + 1, there + 1
        last = there
    return (*found, last)


def _moved(span: tuple[int, int], moved: Sequence[int]) -> tuple[int, int]:
    last = len(moved) - 1
    start, end = min(span[0], last), min(span[1], last)
    return moved[start], moved[end]


def _step(before: str, here: int, after: str, there: int) -> tuple[int, int] | None:
    """How many characters to pass over in each text until both go on alike; None for too many."""
    for distance in range(2 * _REACH + 1):
        for gone in range(min(distance, _REACH), -1, -1):
            added = distance - gone
            if added <= _REACH and _is_same(before, here + gone, after, there + added):
                return gone, added
    return None


def _is_same(before: str, here: int, after: str, there: int) -> bool:
    if here >= len(before) or there >= len(after):
        return False
    one, other = before[here], after[there]
    return one == other or one.casefold() == other.casefold()
