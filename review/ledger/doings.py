"""What the log of a task tells of the work on it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from review.events import STEP_KINDS, Event, EventKind

_SENT_BACK = frozenset({EventKind.TASK_CHANGES_REQUESTED, EventKind.TASK_REOPENED})
_ONE_BY_ONE = frozenset({EventKind.CUE_CONFIRMED, EventKind.CUE_UNCONFIRMED, EventKind.CUE_EDITED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """Work on one task.

    Attributes:
        split_count: Cues split, but for those taken back.
        join_count: Cues joined, but for those taken back.
        sent_back_count: How often a person asked for changes or reopened it.
        in_bulk: Ids of cues that were last ticked off together with others, at one go.
    """

    split_count: int
    join_count: int
    sent_back_count: int
    in_bulk: frozenset[str]


def doings_of(events: Sequence[Event]) -> Doings:
    """What the log says, oldest first; what the pipeline did is no work of people."""
    standing = _Standing()
    sent_back = 0
    in_bulk: set[str] = set()
    for event in events:
        if event.kind in STEP_KINDS:
            standing.add(event)
        if event.kind in _ONE_BY_ONE and event.cue_id is not None:
            in_bulk.discard(event.cue_id)
        if event.kind is EventKind.CUES_CONFIRMED:
            in_bulk |= _touched(event)
        sent_back += event.kind in _SENT_BACK and not event.is_implicit
    kinds = standing.kinds()
    return Doings(
        split_count=kinds.count(EventKind.CUE_SPLIT),
        join_count=kinds.count(EventKind.CUES_MERGED),
        sent_back_count=sent_back,
        in_bulk=frozenset(in_bulk),
    )


class _Standing:
    """Steps, those left out that were taken back; taking that back puts them in again."""

    def __init__(self) -> None:
        self._kinds: dict[int, EventKind] = {}
        self._stands: dict[int, bool] = {}
        self._roots: dict[int, int] = {}

    def add(self, event: Event) -> None:
        """A step, or the undoing of one."""
        number = event.event_id
        if event.kind is not EventKind.STEP_UNDONE:
            self._roots[number] = number
            self._kinds[number], self._stands[number] = event.kind, True
            return
        root = self._roots.get(_undone(event))
        if root is not None:
            self._roots[number] = root
            self._stands[root] = not self._stands[root]

    def kinds(self) -> list[EventKind]:
        """Of the steps that stand."""
        return [kind for number, kind in self._kinds.items() if self._stands[number]]


def _undone(event: Event) -> int:
    return int(_record(event).get("step", {}).get("step_id", 0))


def _touched(event: Event) -> set[str]:
    return {str(change["cue_id"]) for change in _record(event).get("cues", ())}


def _record(event: Event) -> dict[str, Any]:
    found = json.loads(event.detail)
    return found if isinstance(found, dict) else {}
