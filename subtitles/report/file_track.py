"""A subtitle file's content as a track that can be checked."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from subtitles.cues import Cue, CueTrack, derive_cue_id
from subtitles.formats.document import SubtitleDocument
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTrack(CueTrack):
    """The cues of a file as they stand there.

    Unlike those of a track we make they may overlap and be out of order: that is for the checks to
    find.
    """

    def __post_init__(self) -> None:
        """Nothing is refused."""


def track_of(document: SubtitleDocument, language: LanguageTag, form: str) -> CueTrack:
    """The document's own track, or its subtitles as one; ``form`` is the format's name."""
    if document.track is not None:
        return replace(document.track, language=language)
    cues = tuple(
        Cue(
            cue_id=derive_cue_id("file", number, one.span.start_ms, *one.lines),
            span=one.span,
            lines=one.lines,
            position=one.position,
        )
        for number, one in enumerate(document.subtitles, 1)
    )
    made_by = EngineSignature(engine="file", engine_version="1", model=form)
    return FileTrack(media_id="", language=language, cues=cues, made_by=made_by)


def rendering(track: CueTrack, source: CueTrack) -> CueTrack:
    """The track with the source cues that each of its cues renders.

    A track that names cues of this source stays as it is. Otherwise a source cue goes to every cue
    that it shares half of the shorter one's time with, and at least to the one it shares most with.
    """
    known = {cue.cue_id for cue in source.cues}
    if any(known.intersection(cue.source_cue_ids) for cue in track.cues):
        return track
    named = _by_time(source.cues, track.cues)
    cues = tuple(
        replace(cue, source_cue_ids=tuple(ids)) for cue, ids in zip(track.cues, named, strict=True)
    )
    return replace(track, cues=cues)


def _by_time(source: Sequence[Cue], target: Sequence[Cue]) -> list[list[str]]:
    """For each target cue the ids of source cues."""
    named: list[list[str]] = [[] for _ in target]
    order = sorted(range(len(target)), key=lambda index: target[index].span)
    starts = [target[index].span.start_ms for index in order]
    longest_ms = max((cue.span.duration_ms for cue in target), default=0)
    for cue in sorted(source, key=lambda one: one.span):
        first = bisect_right(starts, cue.span.start_ms - longest_ms)
        beyond = bisect_right(starts, cue.span.end_ms)
        shared = [(cue.span.overlap_ms(target[at].span), -at) for at in order[first:beyond]]
        most_ms, best = max(shared, default=(0, 0))
        for overlap_ms, at in shared:
            shorter_ms = min(cue.span.duration_ms, target[-at].span.duration_ms)
            if overlap_ms and (2 * overlap_ms >= shorter_ms or (overlap_ms, at) == (most_ms, best)):
                named[-at].append(cue.cue_id)
    return named
