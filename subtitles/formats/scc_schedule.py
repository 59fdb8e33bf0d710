"""When the words of captions are sent: line 21 carries one word a frame and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from subtitles.formats.line21 import Unit, erase_unit, show_unit

_CODE_FRAMES = 2
"""A control code is sent twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption's words, and the frames on which it appears and disappears."""

    units: tuple[Unit, ...]
    start: int
    end: int

    @property
    def loading_frames(self) -> int:
        """How many frames its words take."""
        return sum(map(len, self.units))


class NoTimeError(ValueError):
    """No frames are left to send a caption while it should be shown; ``index`` from 0."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def feasible(asked: Sequence[Caption]) -> list[Caption]:
    """The captions at frames that line 21 can keep; feasible ones come back unchanged.

    A caption appears when its words are loaded, later than asked if it must. It ends when the next
    appears at the latest, and a pause too short for the code that erases is closed.

    Raises:
        NoTimeError: a caption would have to end before it is loaded.
    """
    found: list[Caption] = []
    for index, caption in enumerate(asked):
        end = max(caption.end, caption.start + _CODE_FRAMES)
        earliest, closes = caption.loading_frames, False
        if found:
            closes = caption.start - found[-1].end < _CODE_FRAMES
            # One frame more, since a doubled word is not divided by the code that erases.
            pause = 0 if closes else _CODE_FRAMES + 1
            earliest += found[-1].start + _CODE_FRAMES + pause
        start = max(caption.start, earliest)
        if end < start + _CODE_FRAMES:
            raise NoTimeError(index)
        if closes:
            found[-1] = replace(found[-1], end=start)
        found.append(replace(caption, start=start, end=end))
    return found


def transmissions(captions: Sequence[Caption]) -> list[tuple[int, list[int]]]:
    """First frame and words of each uninterrupted stretch, for feasible captions."""
    placed = sorted(_placed(captions))
    stretches: list[tuple[int, list[int]]] = []
    for frame, unit in placed:
        if stretches and stretches[-1][0] + len(stretches[-1][1]) == frame:
            stretches[-1][1].extend(unit)
        else:
            stretches.append((frame, list(unit)))
    return stretches


def _placed(captions: Sequence[Caption]) -> Iterator[tuple[int, Unit]]:
    earlier: Caption | None = None
    for later in captions:
        erased_at = None
        if earlier is not None and earlier.end < later.start:
            erased_at = earlier.end
            yield erased_at, erase_unit()
        cursor = later.start
        for unit in reversed(later.units):
            if erased_at is not None and erased_at < cursor < erased_at + _CODE_FRAMES + len(unit):
                cursor = erased_at
            cursor -= len(unit)
            yield cursor, unit
        yield later.start, show_unit()
        earlier = later
    if captions:
        yield captions[-1].end, erase_unit()
