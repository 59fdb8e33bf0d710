"""What a merge did, told by the ids of the cues."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from review.merging.merge import Hand, Merged
from review.tasks import ReviewCue


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """Ids of cues, in order.

    Attributes:
        kept: They carry people's work and keep their text.
        stale: Of the kept ones, those whose source has changed just now.
        orphans: Of the stale ones, those whose source is gone.
        offered: Of the kept ones, those for which the machine now says something new.
        changed: The machine's cues that say something else now.
        added: The machine's cues that were not there before.
        removed: The machine's cues that are gone.
    """

    kept: tuple[str, ...]
    stale: tuple[str, ...]
    orphans: tuple[str, ...]
    offered: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether it is another text than before, or one that may be wrong now."""
        return any((self.stale, self.changed, self.added, self.removed))

    def as_json(self, draft_id: str) -> str:
        """As an event tells it."""
        return json.dumps({"draft_id": draft_id, **asdict(self)}, ensure_ascii=False)


def report_of(hand: Hand, merged: Merged) -> MergeReport:
    """What became of the cues of ``hand``."""
    before = {cue.cue_id: cue for cue in hand.cues}
    after = {cue.cue_id for cue in merged.cues}
    kept = [cue for cue in merged.cues if cue.cue_id in merged.kept_ids]
    stale = [cue for cue in kept if _went_stale(before[cue.cue_id], cue)]
    coming = [cue for cue in merged.cues if cue.cue_id not in merged.kept_ids]
    return MergeReport(
        kept=_ids(kept),
        stale=_ids(stale),
        orphans=_ids(cue for cue in stale if cue.first_source is None),
        offered=_ids(
            cue
            for cue in kept
            if cue.offered_text and cue.offered_text != before[cue.cue_id].offered_text
        ),
        changed=_ids(cue for cue in coming if _says_otherwise(before, cue)),
        added=_ids(cue for cue in coming if cue.cue_id not in before),
        removed=tuple(name for name in before if name not in after),
    )


def _went_stale(before: ReviewCue, after: ReviewCue) -> bool:
    return after.is_stale and (
        not before.is_stale
        or before.source_text != after.source_text
        or (before.first_source is not None and after.first_source is None)
    )


def _says_otherwise(before: Mapping[str, ReviewCue], cue: ReviewCue) -> bool:
    was = before.get(cue.cue_id)
    return was is not None and was.text != cue.text


def _ids(cues: Iterable[ReviewCue]) -> tuple[str, ...]:
    return tuple(cue.cue_id for cue in cues)
