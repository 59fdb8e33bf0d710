"""Two languages in one file: the source above the target, aligned by cue ids or by time."""

from collections.abc import Sequence
from dataclasses import replace

from subtitles.cues import Subtitle
from subtitles.formats.document import SubtitleDocument


def bilingual(source: SubtitleDocument, target: SubtitleDocument) -> SubtitleDocument:
    """The target's subtitles at their own times, the source's rows above theirs.

    With tracks whose cue ids say what renders what, those decide. Otherwise a source subtitle
    stands with every target subtitle that it shares at least half of the shorter one's time with,
    and in any case with the one it shares most with. What has no counterpart stands alone: no row
    of either language is lost.
    """
    partners = _by_ids(source, target) or _by_time(source.subtitles, target.subtitles)
    placed = {number for numbers in partners for number in numbers}
    pairs = []
    for one, numbers in zip(target.subtitles, partners, strict=True):
        rows = [row for number in numbers for row in source.subtitles[number].lines]
        pairs.append(replace(one, lines=(*rows, *one.lines)))
    alone = [one for number, one in enumerate(source.subtitles) if number not in placed]
    merged = sorted([*pairs, *alone], key=lambda one: one.span)
    return replace(target, subtitles=tuple(merged), track=None)


def _by_ids(source: SubtitleDocument, target: SubtitleDocument) -> list[list[int]]:
    """For each target subtitle the source subtitles it names; empty when it names none here."""
    if source.track is None or target.track is None:
        return []
    numbers = {cue.cue_id: number for number, cue in enumerate(source.track.cues)}
    named = [
        [numbers[cue_id] for cue_id in cue.source_cue_ids if cue_id in numbers]
        for cue in target.track.cues
    ]
    return named if any(named) else []


def _by_time(source: Sequence[Subtitle], target: Sequence[Subtitle]) -> list[list[int]]:
    partners: list[list[int]] = [[] for _ in target]
    order = sorted(range(len(target)), key=lambda index: target[index].span)
    first = 0
    for number in sorted(range(len(source)), key=lambda index: source[index].span):
        span = source[number].span
        while first < len(order) and target[order[first]].span.end_ms <= span.start_ms:
            first += 1
        shared: list[tuple[int, int]] = []
        for index in order[first:]:
            other = target[index].span
            if other.start_ms >= span.end_ms:
                break
            overlap_ms = span.overlap_ms(other)
            if 2 * overlap_ms >= min(span.duration_ms, other.duration_ms):
                partners[index].append(number)
            shared.append((overlap_ms, -index))
        _keep_one(partners, shared, number)
    return partners


def _keep_one(partners: list[list[int]], shared: list[tuple[int, int]], number: int) -> None:
    """A source subtitle that shares some time, but nowhere half, goes where it shares most."""
    if not shared:
        return
    overlap_ms, best = max(shared)
    if overlap_ms and not any(number in partners[-index] for _, index in shared):
        partners[-best].append(number)
