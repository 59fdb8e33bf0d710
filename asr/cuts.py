"""Finding hard cuts in a row of tiny grey pictures (pure).

A cut is a picture that nothing in the one before explains: each block of it is searched for
nearby, so that a pan, a zoom or a running actor leaves little unexplained, however fast. It stands
out from the pictures around it, which a gradual change or steady unrest does not, and the old
picture does not come back at once, as after a flash.

The thresholds were set on drawn, photographed and filmed material: cuts scored 0.55 to 2.3, all
else at most 0.41, and what came near that stood out by less than 1.3 times.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

CUTS_VERSION = "1"
"""Part of the finder's signature: raise it when the same pictures give other cuts."""

WIDTH, HEIGHT = 64, 40
"""Size of the pictures, whatever the video's shape."""

Thumbnail = NDArray[np.float32]
"""Brightness 0…255, shape (`HEIGHT`, `WIDTH`)."""

_BLOCK = 8
# How far a block may have moved from one picture to the next: a tenth of the width.
_REACH = 6
# Mean difference below which two pictures are one: what an encoder makes of a still.
_SAME = 0.25
# Mean difference below which there is no cut, and how much it must exceed those around it, before
# the blocks are searched.
_LEAST_DIFFERENCE, _LEAST_DIFFERENCE_RATIO = 2.0, 1.2
# Unexplained brightness, as a share of the pictures' contrast.
_LEAST_SCORE = 0.3
# How much more is unexplained than in the pairs around.
_LEAST_RATIO = 1.8
# Contrast and unexplained brightness that are noise.
_NOISE, _PAIR_NOISE = 2.0, 0.5
# Less than this share of what changed is left between the pictures around a flash.
_RETURNED = 0.4
# A picture that is back within this time was never gone: flashes, strobes, a dropped-in frame.
_FLASH_S = Fraction(1, 4)
# What came longer ago says nothing about how restless the picture is now.
_AROUND_S = Fraction(1, 2)
# Of cuts nearer to each other the later one counts: between them a flash, or a mixture of two shots
# that a frame-rate conversion made.
_SHORTEST_SHOT_S = Fraction(3, 20)
# Half a second at 120 pictures a second.
_MOST_PICTURES = 60
# Means of blocks from sums of their rows.
_COLUMNS = np.kron(np.eye(WIDTH // _BLOCK), np.ones((_BLOCK, 1))).astype(np.float32) / _BLOCK**2


@dataclass(slots=True, kw_only=True, eq=False)
class _Seen:
    """One picture that differs from the one before it."""

    time_s: Fraction
    thumbnail: Thumbnail
    contrast: float
    difference: float
    unexplained: float = field(default=-1.0)


class CutDetector:
    """Takes pictures in order, gives the times of cuts.

    Memory is bounded: it remembers `_AROUND_S` of pictures, and never more than `_MOST_PICTURES`.
    """

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque()
        self._undecided = 1  # index in _seen; the very first picture is no cut
        self._pending: Fraction | None = None

    def feed(self, time_s: Fraction, thumbnail: Thumbnail) -> Iterator[Fraction]:
        """Take the picture shown at ``time_s``; gives the cuts that are now certain."""
        difference = (
            float(np.abs(thumbnail - self._seen[-1].thumbnail).mean()) if self._seen else 255.0
        )
        if difference >= _SAME:
            contrast = float(np.abs(thumbnail - thumbnail.mean()).mean())
            self._seen.append(
                _Seen(
                    time_s=time_s,
                    thumbnail=thumbnail,
                    contrast=contrast,
                    difference=difference,
                )
            )
        yield from self._decided(until_s=time_s - _AROUND_S)
        self._forget()

    def finish(self) -> Iterator[Fraction]:
        """The cuts among the last pictures."""
        yield from self._decided(until_s=None)
        if self._pending is not None:
            yield self._pending
            self._pending = None

    def _decided(self, *, until_s: Fraction | None) -> Iterator[Fraction]:
        """Judge every picture shown before a time (None: all that are left)."""
        while self._undecided < len(self._seen):
            one = self._seen[self._undecided]
            crowded = len(self._seen) - self._undecided > _MOST_PICTURES
            if until_s is not None and one.time_s >= until_s and not crowded:
                return
            if self._is_cut(self._undecided):
                yield from self._held_back(one.time_s)
            self._undecided += 1

    def _held_back(self, cut_s: Fraction) -> Iterator[Fraction]:
        """The cut before this one, unless this one replaces it."""
        if self._pending is not None and cut_s - self._pending >= _SHORTEST_SHOT_S:
            yield self._pending
        self._pending = cut_s

    def _is_cut(self, index: int) -> bool:
        one, before = self._seen[index], self._seen[index - 1]
        around = [self._seen[i] for i in self._around(index)]
        loudest = max((other.difference for other in around), default=0.0)
        if one.difference < max(_LEAST_DIFFERENCE, _LEAST_DIFFERENCE_RATIO * loudest):
            return False
        unexplained = self._unexplained(index)
        if unexplained < _LEAST_SCORE * ((one.contrast + before.contrast) / 2 + _NOISE):
            return False
        for other in self._around(index):
            if unexplained < _LEAST_RATIO * (self._unexplained(other) + _PAIR_NOISE):
                return False
        return not self._is_flash(index, unexplained)

    def _around(self, index: int) -> Iterator[int]:
        """The pairs near a pair, not its neighbours: a cut may be spread over two of them."""
        now_s = self._seen[index].time_s
        for other in (index - 3, index - 2, index + 2, index + 3):
            if 1 <= other < len(self._seen):
                earlier, later = self._seen[other - 1].time_s, self._seen[other].time_s
                if now_s - _AROUND_S <= earlier and later <= now_s + _AROUND_S:
                    yield other

    def _unexplained(self, index: int) -> float:
        one = self._seen[index]
        if one.unexplained < 0:
            one.unexplained = unexplained(self._seen[index - 1].thumbnail, one.thumbnail)
        return one.unexplained

    def _is_flash(self, index: int, change: float) -> bool:
        """Whether the picture before is back soon, or this one was there a moment ago."""
        one, before = self._seen[index], self._seen[index - 1]
        pairs = [
            (before, later)
            for later in list(self._seen)[index + 1 :]
            if later.time_s - one.time_s <= _FLASH_S
        ] + [
            (earlier, one)
            for earlier in list(self._seen)[: index - 1]
            if one.time_s - earlier.time_s <= _FLASH_S
        ]
        return any(
            unexplained(first.thumbnail, _relit(second, first, most=change / 2))
            < _RETURNED * change
            for first, second in pairs
        )

    def _forget(self) -> None:
        """Drop what no later picture is compared with."""
        while self._undecided > _MOST_PICTURES or (
            self._undecided > 1
            and self._seen[1].time_s < self._seen[self._undecided - 1].time_s - _AROUND_S
        ):
            self._seen.popleft()
            self._undecided -= 1


def _relit(seen: _Seen, like: _Seen, *, most: float) -> Thumbnail:
    """As bright as another picture, within limits: after a flash a camera adapts for a moment."""
    missing = float(like.thumbnail.mean() - seen.thumbnail.mean())
    return seen.thumbnail + np.float32(np.clip(missing, -most, most))


def unexplained(before: Thumbnail, after: Thumbnail) -> float:
    """Mean brightness of ``after`` that no movement of ``before``'s blocks explains."""
    padded = np.pad(before, _REACH, mode="edge")
    # Every way to move the picture; reshaping makes the copy that is worked on.
    moved = sliding_window_view(padded, (HEIGHT, WIDTH)).reshape(-1, HEIGHT, WIDTH)
    np.abs(np.subtract(moved, after, out=moved), out=moved)
    rows = moved.reshape(-1, _BLOCK, WIDTH).sum(axis=1)
    blocks = (rows @ _COLUMNS).reshape(len(moved), -1)
    return float(blocks.min(axis=0).mean())
