"""Approval in the database: text frozen and remembered, publisher told, log written; or nothing."""

from sqlalchemy import select

from review.events import EventKind
from review.files import file_of, sha256_of
from review.outbox import NoticeKind
from review.release.files import FROZEN
from review.sql.memory import remember_approval
from review.sql.opening import open_translations
from review.sql.outbox import tell
from review.sql.releasing import freeze
from review.sql.rows import find_cues
from review.sql.schema_log import SnapshotRow
from review.sql.source_changing import tell_translations
from review.sql.work import Work
from review.store import Clock
from review.workflow import Action


def approve_task(work: Work, epoch: int, clock: Clock) -> SnapshotRow:
    """Freeze the text as it stands; the lease ends."""
    work.move(Action.APPROVE, epoch=epoch)
    task, session = work.task, work.session
    cues = find_cues(session, task.task_id)
    files = {name: file_of(cues, name) for name in FROZEN}
    frozen = freeze(work, cues, files)
    snapshot = SnapshotRow(
        task_id=task.task_id,
        epoch=epoch,
        sha256=sha256_of(files["srt"]),
        language=task.language,
        srt=files["srt"],
        vtt=files["vtt"],
        approved_by_id=work.person.user_id,
        approved_by=work.person.name,
        approved_at=work.now,
        document=frozen.document,
        manifest=frozen.manifest,
    )
    session.add(snapshot)
    tell(session, NoticeKind.TASK_APPROVED, task, work.now, snapshot_sha256=snapshot.sha256)
    remember_approval(work)
    task.snapshot_sha256, task.reason = snapshot.sha256, ""
    work.end_lease()
    work.log(EventKind.TASK_APPROVED, snapshot.sha256)
    if task.language == task.source_language:
        tell(session, NoticeKind.SOURCE_APPROVED, task, work.now, snapshot_sha256=snapshot.sha256)
        tell_translations(session, task, clock)
        open_translations(session, task, clock)
    return snapshot


def snapshot_of_attempt(work: Work, epoch: int) -> SnapshotRow | None:
    """What this person approved under ``epoch`` before, when the answer was lost on its way."""
    earlier = select(SnapshotRow).where(
        SnapshotRow.task_id == work.task.task_id,
        SnapshotRow.epoch == epoch,
        SnapshotRow.approved_by_id == work.person.user_id,
    )
    return work.session.scalars(earlier).one_or_none()
