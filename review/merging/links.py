"""Which source cues each cue of a translation renders once the source has been heard anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from review.merging.occupied import Occupied
from review.merging.source_cues import SourceCue, content_of
from review.tasks import ReviewCue

Places = range
"""Source cues in a row, by their places; empty for a cue that renders nothing."""

_NOTHING = range(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What renders what.

    Attributes:
        places: For each of the cues, in their order, the new source cues it renders.
        left_out: New source cues that people have left without any cue, and still say what they
            said then.
        free: All other new source cues that none of the cues renders.
    """

    places: tuple[Places, ...]
    left_out: frozenset[int]
    free: tuple[int, ...]


def places_of(cue: ReviewCue) -> Places:
    """The source cues that a cue renders now."""
    if cue.first_source is None or cue.last_source is None:
        return _NOTHING
    return range(cue.first_source, cue.last_source + 1)


def moved_along(places: Places, counterparts: Mapping[int, int]) -> Places:
    """The places of what is there still, and of all between them."""
    found = [counterparts[place] for place in places if place in counterparts]
    return range(min(found), max(found) + 1) if found else _NOTHING


def linked(
    cues: Sequence[ReviewCue],
    places: Sequence[Places],
    left_out: Collection[int],
    new: Sequence[SourceCue],
) -> Links:
    """Give every new source cue to the cue that has its time, where nothing else says whose it is.

    Args:
        cues: Those that stay, in order of time.
        places: The new source cues that each is known to render.
        left_out: New source cues that are to stay without a cue.
        new: The new source.
    """
    wider, times = list(places), Occupied([cue.span for cue in cues])
    taken = {place for one in places for place in one}
    for place, source in enumerate(new):
        if place not in taken and place not in left_out:
            owner = times.owner(source.span)
            if owner is not None:
                wider[owner] = _joined(wider[owner], place)
    taken = {place for one in wider for place in one}
    return Links(
        places=tuple(wider),
        left_out=frozenset(left_out) - taken,
        free=tuple(p for p in range(len(new)) if p not in taken and p not in left_out),
    )


def left_out_by_people(
    cues: Sequence[ReviewCue],
    old: Sequence[SourceCue],
    new: Sequence[SourceCue],
    counterparts: Mapping[int, int],
) -> frozenset[int]:
    """The new counterparts of source cues that have no cue any more and say what they said."""
    rendered = {place for cue in cues for place in places_of(cue)}
    return frozenset(
        there
        for here, there in counterparts.items()
        if here not in rendered and content_of([old[here].text]) == content_of([new[there].text])
    )


def _joined(places: Places, place: int) -> Places:
    if not places:
        return range(place, place + 1)
    return range(min(places.start, place), max(places.stop, place + 1))
