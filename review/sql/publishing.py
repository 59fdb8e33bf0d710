"""What the pipeline has published, in the database."""

from sqlalchemy import func, select

from review.errors import UnknownTaskError
from review.events import EventKind
from review.outbox import NoticeKind
from review.sql.outbox import tell
from review.sql.rows import require_known
from review.sql.schema_log import SnapshotRow
from review.sql.work import Work
from review.tasks import TaskState
from review.workflow import Action


def record_publication(work: Work, snapshot_sha256: str) -> None:
    """See `review.decisions.Decisions.publish`."""
    require_known("snapshot", snapshot_sha256)
    task = work.task
    wanted, published = (
        _newest(work, sha256) for sha256 in (snapshot_sha256, task.published_sha256)
    )
    if wanted is None:
        raise UnknownTaskError("snapshot", snapshot_sha256)
    is_in_force = snapshot_sha256 == task.snapshot_sha256
    awaits = task.state is TaskState.APPROVED and is_in_force
    if not awaits and published is not None and published >= wanted:
        return
    if awaits or task.state is not TaskState.APPROVED:
        work.move(Action.PUBLISH)
    task.published_sha256 = snapshot_sha256
    work.log(EventKind.TASK_PUBLISHED, snapshot_sha256)
    tell(
        work.session,
        NoticeKind.TASK_PUBLISHED,
        task,
        work.now,
        snapshot_sha256=snapshot_sha256,
    )


def _newest(work: Work, sha256: str | None) -> int | None:
    """The number of the last snapshot of that text; a later one has a higher number."""
    numbers = select(func.max(SnapshotRow.snapshot_id)).where(
        SnapshotRow.task_id == work.task.task_id, SnapshotRow.sha256 == sha256
    )
    return work.session.scalars(numbers).one()
