"""A newer machine draft merged into a text that people have worked on.

Three versions meet: what the machine drafted before, what people made of it, and what the machine
drafts now. A cue that nobody touched becomes what the machine says now. A cue that carries
somebody's work keeps its text, whatever the machine says; if what it renders has changed it is
marked, and the machine's new text is offered beside it. No time is given to two cues: people's come
first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from review.drafts import drafted_cue
from review.machine_drafts import DraftCue
from review.merging.alignment import aligned
from review.merging.hands import kept_by_people
from review.merging.links import (
    Links,
    Places,
    left_out_by_people,
    linked,
    moved_along,
    places_of,
)
from review.merging.occupied import Occupied
from review.merging.relinking import relinked_cue
from review.merging.retiming import retimed
from review.merging.source_cues import SourceCue
from review.tasks import ReviewCue
from subtitles.cues import derive_cue_id
from subtitles.span import Span

_MAX_PASSES = 5
"""Times given and source cues taken up in one pass may settle more in the next; two or three do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A text as people have left it.

    Attributes:
        cues: In order.
        sources: What they render, in order.
        approved: The texts approved last, by cue id; empty before the first approval.
        is_transcript: Whether it is the text in the language spoken, which renders nothing but the
            sound: then there is no source that could change under it.
    """

    cues: tuple[ReviewCue, ...]
    sources: tuple[SourceCue, ...]
    approved: Mapping[str, str] = field(default_factory=dict)
    is_transcript: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """What the machine drafts now.

    Attributes:
        cues: In order.
        qualities: As `review.passages.cue_qualities` has them.
        made_by: Printed signature of the engine.
    """

    cues: tuple[DraftCue, ...]
    qualities: Mapping[str, float] = field(default_factory=dict)
    made_by: str = ""

    @property
    def sources(self) -> tuple[SourceCue, ...]:
        """What it renders: each cue has a source text and stands at its time."""
        return tuple(
            SourceCue(cue_id=cue.cue_id, span=cue.span, text=cue.source_text) for cue in self.cues
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The text that both make.

    Attributes:
        cues: In order. Those that were kept bring the findings they had; the machine's bring none.
        sources: What they render.
        kept_ids: Which of them carry people's work.
        standing: For each cue of the draft those of the text in whose place it stands: itself
            under its id here, or the kept ones; none for what people have left out.
    """

    cues: tuple[ReviewCue, ...]
    sources: tuple[SourceCue, ...]
    kept_ids: frozenset[str]
    standing: Mapping[str, tuple[str, ...]]


def merge(hand: Hand, newer: Newer) -> Merged:
    """The merged text; merging the same draft into it again changes nothing."""
    merged = _merge(hand, newer)
    for _ in range(_MAX_PASSES):
        again = _merge(replace(hand, cues=merged.cues, sources=merged.sources), newer)
        if again == merged:
            break
        merged = again
    return merged


def _merge(hand: Hand, newer: Newer) -> Merged:
    sources = newer.sources
    counterparts = aligned(hand.sources, sources)
    kept = kept_by_people(hand.cues, hand.approved)
    places = [moved_along(places_of(cue), counterparts) for cue in kept]
    kept = retimed(kept, places, sources)
    left_out = left_out_by_people(hand.cues, hand.sources, sources, counterparts)
    links = linked(kept, places, left_out, sources)
    rendered = Counter(place for one in links.places for place in one)
    staying = tuple(
        replace(
            relinked_cue(cue, now, hand.sources, sources, is_transcript=hand.is_transcript),
            offered_text=_offer(cue, now, rendered, newer),
        )
        for cue, now in zip(kept, links.places, strict=True)
    )
    coming = _taken(hand, newer, links, staying, counterparts)
    cues = sorted([*staying, *coming.values()], key=lambda cue: cue.span)
    return Merged(
        cues=tuple(replace(cue, ordinal=ordinal) for ordinal, cue in enumerate(cues)),
        sources=sources,
        kept_ids=frozenset(cue.cue_id for cue in staying),
        standing=_standing(newer, links, staying, coming),
    )


def _offer(cue: ReviewCue, places: Places, rendered: Mapping[int, int], newer: Newer) -> str:
    """The machine's new text for what one kept cue renders alone, unless it says nothing new."""
    if any(rendered[place] > 1 for place in places):
        return ""
    text = "\n".join(newer.cues[place].text for place in places)
    return "" if text in {cue.text, cue.machine_text} else text


def _taken(
    hand: Hand,
    newer: Newer,
    links: Links,
    staying: Sequence[ReviewCue],
    counterparts: Mapping[int, int],
) -> dict[int, ReviewCue]:
    """The machine's cues that go in, by their places in the draft."""
    times = Occupied([cue.span for cue in staying])
    used = {cue.cue_id for cue in staying}
    former = {
        counterparts[places.start]: cue
        for cue in hand.cues
        if cue.cue_id not in used
        and len(places := places_of(cue)) == 1
        and places.start in counterparts
    }
    used |= {former[place].cue_id for place in links.free if place in former}
    coming: dict[int, ReviewCue] = {}
    for place in links.free:
        draft = newer.cues[place]
        before = former.get(place)
        cue_id = before.cue_id if before else _unused_id(draft.cue_id, used)
        used.add(cue_id)
        span = times.free_part(draft.span)
        quality = newer.qualities.get(draft.cue_id)
        coming[place] = replace(
            drafted_cue(draft, place, quality=quality, made_by=newer.made_by),
            cue_id=cue_id,
            span=span,
            machine_span=span,
            version=_version(before, draft.text, span),
        )
    return coming


def _version(before: ReviewCue | None, text: str, span: Span) -> int:
    if before is None:
        return 1
    return before.version + ((before.text, before.span) != (text, span))


def _unused_id(cue_id: str, used: set[str]) -> str:
    if cue_id not in used:
        return cue_id
    ids = (derive_cue_id("merged", cue_id, number) for number in count())
    return next(one for one in ids if one not in used)


def _standing(
    newer: Newer, links: Links, staying: Sequence[ReviewCue], coming: Mapping[int, ReviewCue]
) -> dict[str, tuple[str, ...]]:
    standing: dict[int, list[str]] = {place: [cue.cue_id] for place, cue in coming.items()}
    for cue, places in zip(staying, links.places, strict=True):
        for place in places:
            standing.setdefault(place, []).append(cue.cue_id)
    return {cue.cue_id: tuple(standing.get(place, ())) for place, cue in enumerate(newer.cues)}
