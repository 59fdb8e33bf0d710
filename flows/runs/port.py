"""The port of the run log."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from flows.runs.records import LOCALIZING, RunKind, RunRecord, RunState


class RunLog(Protocol):
    """What was run, kept whatever becomes of the process that ran it.

    A run that says it goes on, and whose process is gone, is told as crashed. Every method raises a
    StorageError when the log cannot be used.
    """

    def begin(self, record: RunRecord) -> None:
        """Keep a new run, and as crashed those of the same title whose process is gone."""
        ...

    def update(self, record: RunRecord) -> None:
        """Keep what is known of a run now, in place of what was."""
        ...

    def recent(
        self,
        limit: int,
        *,
        kinds: Collection[RunKind] = (),
        states: Collection[RunState] = (),
    ) -> tuple[RunRecord, ...]:
        """Runs of the last two years, newest first.

        Args:
            limit: So many at most.
            kinds: Only of these; none given means any.
            states: Only of these; none given means any.
        """
        ...

    def of_title(self, text: str) -> tuple[RunRecord, ...]:
        """Every run of what is named, newest first; of several titles when it fits several.

        Args:
            text: A title as files name it, the path of its film or file, or its media id or the
                first six letters of that or more.
        """
        ...

    def latest(self, media_id: str, kinds: Collection[RunKind] = LOCALIZING) -> RunRecord | None:
        """The last run of a medium that was begun; None when there is none."""
        ...

    def prune(self, before: datetime, *, dry_run: bool = False) -> int:
        """Forget runs that began before that; how many.

        What goes on stays, and of every medium the last run of each kind in `LOCALIZING`, which
        says how its drafts are made.

        Args:
            before: With its time zone.
            dry_run: Only count them.
        """
        ...
