"""Finding hard cuts in a row of tiny grey pictures (pure).

A cut is a picture that nothing in the one before explains: each block of it is searched for
nearby, so that a pan, a zoom or a running actor leaves little unexplained. It stands
out from the pictures around it, which a gradual change or steady unrest does not, and the old
picture does not come back at once, as after a flash.

The thresholds were set on three minutes of drawn, photographed and filmed material, dark, coarsely
encoded and quickly cut parts included: each of its 91 cuts was found at its frame, and nothing
else. In what is no cut at most 0.41 of the contrast stayed unexplained, and that from picture to
picture alike. Chroma is not looked at. A shot of less than a quarter of a second between two of the
same picture counts as a flash, and a cut under a flash of several pictures is not found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

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
_LEAST_DIFFERENCE, _LEAST_DIFFERENCE_RATIO = 1.2, 1.2
# Unexplained brightness, as a share of the pictures' contrast.
_LEAST_SCORE = 0.35
# How much more is unexplained than in the pairs around.
_LEAST_RATIO = 1.6
# Contrast and unexplained brightness that are noise.
_NOISE, _PAIR_NOISE = 1.0, 0.2
# The pairs around a pair: two or three pictures away, or as far in time where pictures repeat (film
# at 60 a second). The pair next to it is left out: a cut may be spread over two of them. What lies
# further away is another shot, or says nothing about how restless the picture is now.
_AROUND_PICTURES, _AROUND_S, _FURTHEST_S = 3, Fraction(7, 50), Fraction(1, 2)
# Less than this share of what changed is left between the pictures around a flash.
_RETURNED = 0.5
# Of all that a flash changes, how much it makes brighter rather than darker.
_LIT = 0.95
# A picture that is back within this time was never gone: flashes, strobes, a dropped-in frame.
_FLASH_S = Fraction(1, 4)
# Of cuts nearer to each other the later one counts: between them a flash, or a mixture of two shots
# that a frame-rate conversion made.
_SHORTEST_SHOT_S = Fraction(3, 20)
# Half a second at 120 pictures a second.
_MOST_PICTURES = 60

# Means of blocks from sums of their rows.
_COLUMNS = np.kron(np.eye(WIDTH // _BLOCK), np.ones((_BLOCK, 1))).astype(np.float32) / _BLOCK**2


@dataclass(slots=True, kw_only=True, eq=False)
class _Seen:
    """One picture that differs from the one before it.

    Attributes:
        number: Among all pictures.
        time_s: When it was first shown.
        until_s: When it was last shown.
        contrast: Mean distance from its mean brightness.
        difference: From the picture before it.
        unexplained: By the picture before it; None until somebody asks.
    """

    number: int
    time_s: Fraction
    until_s: Fraction
    thumbnail: Thumbnail
    contrast: float
    difference: float
    unexplained: float | None = None


class CutDetector:
    """Takes pictures in order, gives the times of cuts.

    Memory is bounded: it remembers half a second, and never more than `_MOST_PICTURES` on either
    side of the one at hand.
    """

    def __init__(self) -> None:
        self._seen: list[_Seen] = []
        self._undecided = 1  # index in _seen; the very first picture is no cut
        self._count = 0
        self._pending: Fraction | None = None  # the last cut, until none can replace it
        self._shot_start_s = Fraction(0)

    def feed(self, time_s: Fraction, thumbnail: Thumbnail) -> Iterator[Fraction]:
        """Take the picture shown at ``time_s``; gives the cuts that are now certain."""
        last = self._seen[-1] if self._seen else None
        difference = 0.0 if last is None else float(np.abs(thumbnail - last.thumbnail).mean())
        if last is not None and difference < _SAME:
            last.until_s = time_s
        else:
            seen = _Seen(
                number=self._count,
                time_s=time_s,
                until_s=time_s,
                thumbnail=thumbnail,
                contrast=float(np.abs(thumbnail - thumbnail.mean()).mean()),
                difference=difference,
            )
            self._seen.append(seen)
        self._count += 1
        yield from self._decided(until_s=time_s - _FURTHEST_S)
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
        self._pending = self._shot_start_s = cut_s

    def _is_cut(self, index: int) -> bool:
        one, before, around = self._seen[index], self._seen[index - 1], self._around(index)
        loudest = max((self._seen[other].difference for other in around), default=0.0)
        if one.difference < max(_LEAST_DIFFERENCE, _LEAST_DIFFERENCE_RATIO * loudest):
            return False
        change = self._unexplained(index)
        if change < _LEAST_SCORE * _scale(before, one):
            return False
        if any(
            change < _LEAST_RATIO * (self._unexplained(other) + _PAIR_NOISE) for other in around
        ):
            return False
        return not self._is_flash(index, change)

    def _around(self, index: int) -> list[int]:
        """The pairs that tell how restless the picture is at a pair, by their later pictures."""
        here, near = self._seen[index], range(max(1, index - 3), min(len(self._seen), index + 4))
        found = []
        for other in near:
            there = self._seen[other]
            pictures, time_s = abs(there.number - here.number), abs(there.time_s - here.time_s)
            close = pictures <= _AROUND_PICTURES or time_s <= _AROUND_S
            if pictures > 1 and close and time_s <= _FURTHEST_S:
                found.append(other)
        return found

    def _unexplained(self, index: int) -> float:
        one = self._seen[index]
        if one.unexplained is None:
            one.unexplained = unexplained(self._seen[index - 1].thumbnail, one.thumbnail)
        return one.unexplained

    def _is_flash(self, index: int, change: float) -> bool:
        """Whether the picture before is back soon, or this one was there a moment ago."""
        one, before = self._seen[index], self._seen[index - 1]
        later = (
            (before, one, other)
            for other in self._seen[index + 1 :]
            if other.time_s - one.time_s <= _FLASH_S
        )
        earlier = (
            (other, before, one)
            for other in self._seen[: index - 1]
            if one.time_s - other.until_s <= _FLASH_S
        )
        return any(self._is_back(*three, change) for three in chain(later, earlier))

    def _is_back(self, first: _Seen, between: _Seen, second: _Seen, change: float) -> bool:
        """Whether two pictures around a change are of one shot."""
        left = unexplained(first.thumbnail, _relit(second, first, most=change / 2))
        if left >= _RETURNED * change:
            return False
        if left < _LEAST_SCORE * _scale(first, second):
            return True
        if not (_is_lit(first, between) and _is_lit(second, between)):
            return False
        # The camera may have moved during the flash, as much as it had before.
        ago_s = first.until_s - (second.time_s - first.until_s)
        before = next((one for one in reversed(self._seen) if one.time_s <= ago_s), None)
        if before is None or before.time_s < self._shot_start_s:
            return False
        return left < _LEAST_RATIO * unexplained(before.thumbnail, first.thumbnail)

    def _forget(self) -> None:
        """Drop what no later picture is compared with."""
        here = self._seen[min(self._undecided, len(self._seen) - 1)].time_s
        while self._undecided > 1 and (
            self._undecided > _MOST_PICTURES or self._seen[0].until_s < here - _FURTHEST_S
        ):
            del self._seen[0]
            self._undecided -= 1


def _scale(one: _Seen, other: _Seen) -> float:
    """What a change is measured by: the pictures' contrast."""
    return (one.contrast + other.contrast) / 2 + _NOISE


def _is_lit(plain: _Seen, flash: _Seen) -> bool:
    """Whether one picture is brighter than the other nearly everywhere."""
    brighter = flash.thumbnail - plain.thumbnail
    return float(brighter.mean()) >= _LIT * float(np.abs(brighter).mean())


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
