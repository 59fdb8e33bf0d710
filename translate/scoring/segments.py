"""Which cues of a translation stand for which cues of a reference (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from subtitles.counting import visible_text
from subtitles.cues import Cue, CueTrack
from subtitles.report.file_track import rendering
from translate.scoring.likeness import Segment


class Matching(StrEnum):
    """What was put beside each other."""

    LINES = "lines"
    """Of two texts, in order."""
    CUES = "cues"
    """As many on both sides, in order of time."""
    TIMES = "times"
    """Cues that are shown together, those of both sides joined where they are cut differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Two texts side by side.

    Attributes:
        segments: In order; every word of both sides is in one of them.
        by: How they were found.
    """

    segments: tuple[Segment, ...]
    by: Matching


def matched_lines(shown: Sequence[str], wanted: Sequence[str]) -> Matched:
    """Line by line.

    Args:
        shown: The translation.
        wanted: The reference, of as many lines.
    """
    pairs = zip(shown, wanted, strict=True)
    segments = tuple(Segment(shown=one.strip(), wanted=other.strip()) for one, other in pairs)
    return Matched(segments=segments, by=Matching.LINES)


def matched_cues(shown: CueTrack, wanted: CueTrack) -> Matched:
    """Cue by cue where each is shown with its like; else by time.

    Args:
        shown: The translation, in order of time.
        wanted: The reference, in order of time.
    """
    pairs = list(zip(shown.cues, wanted.cues, strict=False))
    is_alike = len(shown.cues) == len(wanted.cues) and all(
        one.span.overlap_ms(other.span) > 0 for one, other in pairs
    )
    if is_alike:
        segments = [_segment([one], [other]) for one, other in pairs]
        return Matched(segments=tuple(segments), by=Matching.CUES)
    return Matched(segments=tuple(_by_time(shown, wanted)), by=Matching.TIMES)


def _by_time(shown: CueTrack, wanted: CueTrack) -> Iterator[Segment]:
    """Groups of cues that no time is shared across, but for accidental touches.

    A cue of the translation that is shown with none of the reference goes with the one before it,
    so that its words count as too many.
    """
    place = {cue.cue_id: number for number, cue in enumerate(wanted.cues)}
    groups = _Groups(len(wanted.cues))
    home: list[int] = []
    for cue in rendering(shown, wanted).cues:
        places = [place[name] for name in cue.source_cue_ids if name in place]
        for other in places[1:]:
            groups.join(places[0], other)
        home.append(places[0] if places else home[-1] if home else 0)
    members: dict[int, tuple[list[Cue], list[Cue]]] = {}
    for number, cue in enumerate(wanted.cues):
        members.setdefault(groups.of(number), ([], []))[1].append(cue)
    for cue, at in zip(shown.cues, home, strict=True):
        members.setdefault(groups.of(at), ([], []))[0].append(cue)
    yield from (_segment(*sides) for _, sides in sorted(members.items()))


class _Groups:
    """Numbers in groups, each named after its lowest."""

    def __init__(self, count: int) -> None:
        self._above = list(range(max(1, count)))

    def of(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self._above[high] = low


def _segment(shown: Sequence[Cue], wanted: Sequence[Cue]) -> Segment:
    return Segment(shown=_text(shown), wanted=_text(wanted))


def _text(cues: Sequence[Cue]) -> str:
    """What a viewer reads, on one row."""
    rows = (visible_text(line) for cue in cues for line in cue.lines)
    return " ".join(" ".join(rows).split())
