"""Where one shot ends and the next begins: the value, and the port of whoever finds out."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from asr.errors import InvalidShotsError
from asr.media import MediaAsset
from subtitles.signature import EngineSignature


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotChanges:
    """The hard cuts of one video stream; fades and dissolves are none.

    Attributes:
        at_ms: First frame of every new shot on the title's own clock, ascending; without the first
            shot of all.
        frames: How many pictures were looked at; 0 when none could be decoded.

    Raises:
        InvalidShotsError: when they are not ascending, or one lies at or before 0.
    """

    at_ms: tuple[int, ...] = ()
    frames: int = 0

    def __post_init__(self) -> None:
        if any(later <= earlier for earlier, later in pairwise((0, *self.at_ms))):
            raise InvalidShotsError("they do not ascend from above 0")


class ShotFinder(Protocol):
    """A media file in, its cuts out."""

    @property
    def signature(self) -> EngineSignature:
        """Who finds them."""
        ...

    def find(self, asset: MediaAsset, *, advanced: Callable[[int], None]) -> ShotChanges:
        """All cuts of the asset's video; none when it has no video.

        Args:
            asset: The title.
            advanced: Told now and then how many milliseconds of it are done. Whatever it raises
                ends the work at once.

        Raises:
            UnreadableMediaError, NotMediaError, DamagedMediaError: as for the sound.
        """
        ...
