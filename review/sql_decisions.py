"""Approval in the database: text frozen and remembered, publisher told, log written; or nothing."""

from sqlalchemy import select

from review.files import file_of, sha256_of
from review.schema import SnapshotRow
from review.sql_memory import remember_approval
from review.sql_outbox import approval_message
from review.sql_rows import find_cues
from review.sql_work import Work
from review.tasks import EventKind
from review.workflow import Action


def approve_task(work: Work, epoch: int) -> SnapshotRow:
    """Freeze the text as it stands; the lease ends."""
    work.move(Action.APPROVE, epoch=epoch)
    cues = find_cues(work.session, work.task.task_id)
    srt = file_of(cues, "srt")
    snapshot = SnapshotRow(
        task_id=work.task.task_id,
        epoch=epoch,
        sha256=sha256_of(srt),
        language=work.task.language,
        srt=srt,
        vtt=file_of(cues, "vtt"),
        approved_by_id=work.actor.user_id,
        approved_by=work.actor.name,
        approved_at=work.now,
    )
    work.session.add_all([snapshot, approval_message(work.task, snapshot)])
    remember_approval(work)
    work.task.snapshot_sha256, work.task.reason = snapshot.sha256, ""
    work.end_lease()
    work.log(EventKind.TASK_APPROVED, snapshot.sha256)
    return snapshot


def snapshot_of_attempt(work: Work, epoch: int) -> SnapshotRow | None:
    """What this person approved under ``epoch`` before, when the answer was lost on its way."""
    earlier = select(SnapshotRow).where(
        SnapshotRow.task_id == work.task.task_id,
        SnapshotRow.epoch == epoch,
        SnapshotRow.approved_by_id == work.actor.user_id,
    )
    return work.session.scalars(earlier).one_or_none()
