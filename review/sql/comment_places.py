"""Where the comments of a task stand once their cues were merged, deleted or drafted anew."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review.events import EventKind
from review.sql.schema_log import EventRow
from review.sql.schema_work import CommentRow
from review.sql.sections import find_places
from review.steps.heirs import words_now
from review.steps.records import from_json
from review.tasks import ReviewCue

_TAKE_OR_BRING_BACK = (
    *(EventKind.CUES_MERGED, EventKind.CUES_DELETED),
    *(EventKind.CUES_RESEGMENTED, EventKind.STEP_UNDONE),
)


def find_words(
    session: Session, task_id: str, cue_ids: Iterable[str | None]
) -> dict[str | None, str | None]:
    """For each cue that is or was there the one that has its words now; None where they are gone.

    The log is read only when one of them is gone.
    """
    wanted = {cue_id for cue_id in cue_ids if cue_id is not None}
    found: dict[str | None, str | None] = {
        cue_id: cue_id for cue_id in find_places(session, task_id, wanted)
    }
    gone = wanted - found.keys()
    if gone:
        heirs = _heirs(session, task_id, gone)
        there = find_places(session, task_id, set(heirs.values()))
        found |= {cue_id: one if one in there else None for cue_id, one in heirs.items()}
    return found


def move_comments(
    session: Session, task_id: str, before: Collection[ReviewCue], after: Collection[ReviewCue]
) -> None:
    """Comments on cues that a newer draft does not have go to what is shown at their time.

    Called while the cues from before are still stored. A comment with nothing at its time stays
    with its task as one on a cue that is gone.
    """
    listed = select(CommentRow.cue_id).where(
        CommentRow.task_id == task_id, CommentRow.cue_id.is_not(None)
    )
    words = find_words(session, task_id, set(session.scalars(listed)))
    was, now = {cue.cue_id: cue for cue in before}, {cue.cue_id for cue in after}
    for cue_id, one in words.items():
        if one is None or one in now:
            continue
        cue = was[one]
        best = max(after, key=lambda other: other.span.overlap_ms(cue.span), default=None)
        if best is not None and best.span.overlap_ms(cue.span):
            session.execute(
                update(CommentRow)
                .where(CommentRow.task_id == task_id, CommentRow.cue_id == cue_id)
                .values(cue_id=best.cue_id)
            )


def _heirs(session: Session, task_id: str, gone: Collection[str]) -> Mapping[str, str]:
    log = select(EventRow.detail).where(
        EventRow.task_id == task_id, EventRow.kind.in_(_TAKE_OR_BRING_BACK)
    )
    return words_now(gone, map(from_json, session.scalars(log.order_by(EventRow.event_id))))
