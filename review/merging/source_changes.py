"""What becomes of a translation when people correct the transcript that it was made from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from review.merging.alignment import aligned
from review.merging.links import left_out_by_people, linked, moved_along, places_of
from review.merging.relinking import relinked_cue, source_changes
from review.merging.source_cues import SourceCue
from review.tasks import ReviewCue


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """A translation on its corrected transcript.

    Attributes:
        cues: In order; texts and times as they were, those that render something else now stale.
        sources: What they render. Source cues that no cue renders are not among them, so that a
            draft which translates them brings its cues in; only what people left out stays.
        changed_ids: The cues whose source is another now.
        untold_count: Source cues that nothing renders.
    """

    cues: tuple[ReviewCue, ...]
    sources: tuple[SourceCue, ...]
    changed_ids: tuple[str, ...]
    untold_count: int


def source_change(
    cues: Sequence[ReviewCue], old: Sequence[SourceCue], new: Sequence[SourceCue]
) -> SourceChange:
    """The translation on the new transcript; the same transcript again changes nothing.

    Args:
        cues: Of the translation, in order.
        old: What it renders so far.
        new: The transcript as it is now, in order.
    """
    counterparts = aligned(old, new)
    places = [moved_along(places_of(cue), counterparts) for cue in cues]
    left_out = left_out_by_people(cues, old, new, counterparts)
    links = linked(cues, places, left_out, new)
    moved = [relinked_cue(cue, now, old, new) for cue, now in zip(cues, links.places, strict=True)]
    there = sorted(set(range(len(new))) - set(links.free))
    ordinals = {place: ordinal for ordinal, place in enumerate(there)}
    changed = tuple(
        cue.cue_id
        for cue, now in zip(cues, links.places, strict=True)
        if source_changes(cue, now, old, new)
    )
    return SourceChange(
        cues=tuple(_renumbered(cue, ordinals) for cue in moved),
        sources=tuple(new[place] for place in there),
        changed_ids=changed,
        untold_count=len(links.free),
    )


def _renumbered(cue: ReviewCue, ordinals: dict[int, int]) -> ReviewCue:
    if cue.first_source is None or cue.last_source is None:
        return cue
    return replace(
        cue, first_source=ordinals[cue.first_source], last_source=ordinals[cue.last_source]
    )
