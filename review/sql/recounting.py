"""The counts that a task carries of its cues and of what stands on them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from review.counting import EVEN_CHANCE, difference
from review.sql.schema import CueRow, FindingRow, TaskRow
from review.tasks import CueState, ReviewCue
from subtitles.findings import Severity

_IS_CONFIRMED = CueRow.state == CueState.CONFIRMED


def recount(session: Session, task: TaskRow) -> None:
    """Make the counts on the task true again; call it after a change of many cues or findings."""
    session.flush()
    _count_cues(session, task)
    _count_findings(session, task)


def count_changes(task: TaskRow, changes: Iterable[tuple[ReviewCue, ReviewCue]]) -> None:
    """Make the counts true again after a change of a few cues (before, after), without looking.

    A save changes one cue, and its task may have thousands: `recount` looks at all of them.
    """
    by = difference(changes)
    task.confirmed_count += by.confirmed
    task.stale_count += by.stale
    task.error_count += by.errors
    task.warning_count += by.warnings
    at_risk = round(task.risk * task.cue_count) + by.at_risk
    task.risk = at_risk / task.cue_count if task.cue_count else 0.0


def _count_cues(session: Session, task: TaskRow) -> None:
    """How many there are, how many are ticked off or stale, and how many are at risk."""
    counted = select(
        func.count(),
        *(func.count().filter(one) for one in (_IS_CONFIRMED, CueRow.is_stale, _is_at_risk())),
    ).where(CueRow.task_id == task.task_id)
    counts = tuple(session.execute(counted).one())
    task.cue_count, task.confirmed_count, task.stale_count, at_risk = counts
    task.risk = at_risk / task.cue_count if task.cue_count else 0.0


def _count_findings(session: Session, task: TaskRow) -> None:
    per_severity = (
        select(FindingRow.severity, func.count())
        .where(FindingRow.task_id == task.task_id, FindingRow.waived_by == "")
        .group_by(FindingRow.severity)
    )
    found = dict(session.execute(per_severity).all())
    task.error_count = found.get(Severity.ERROR, 0)
    task.warning_count = found.get(Severity.WARNING, 0)


def _is_at_risk() -> ColumnElement[bool]:
    """As `review.counting` counts it: an error or a warning open, or a doubtful machine text."""
    is_doubtful = (CueRow.state == CueState.MACHINE) & (CueRow.quality < EVEN_CHANCE)
    has_finding = exists().where(
        FindingRow.task_id == CueRow.task_id,
        FindingRow.cue_id == CueRow.cue_id,
        FindingRow.waived_by == "",
        FindingRow.severity.in_((Severity.ERROR, Severity.WARNING)),
    )
    return or_(is_doubtful, has_finding)
