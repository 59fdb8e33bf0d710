"""Findings that may stay, in the database: by whose decision, and why."""

from review.errors import UnknownTaskError
from review.events import EventKind
from review.sql.findings import find_rule
from review.sql.recounting import recount
from review.sql.rows import require_known
from review.sql.schema import FindingRow
from review.sql.work import Work
from review.workflow import Action
from subtitles.findings import Severity


def waive_rule(work: Work, cue_id: str, rule: str, reason: str, epoch: int | None) -> None:
    """See `review.decisions.Decisions.waive`."""
    rows = _require(work, cue_id, rule, epoch)
    if all(row.waiver == reason and row.waived_by for row in rows):
        return
    for row in rows:
        row.waived_by, row.waiver = work.person.name, reason
    recount(work.session, work.task)
    work.log(EventKind.FINDING_WAIVED, f"{rule}: {reason}", cue_id=cue_id or None)


def unwaive_rule(work: Work, cue_id: str, rule: str, epoch: int | None) -> None:
    """See `review.decisions.Decisions.unwaive`."""
    rows = _require(work, cue_id, rule, epoch)
    if not any(row.waived_by for row in rows):
        return
    for row in rows:
        row.waived_by = row.waiver = ""
    recount(work.session, work.task)
    work.log(EventKind.FINDING_UNWAIVED, rule, cue_id=cue_id or None)


def _require(work: Work, cue_id: str, rule: str, epoch: int | None) -> tuple[FindingRow, ...]:
    """The findings, once the workflow lets this person decide on them."""
    require_known("cue", cue_id)
    require_known("finding", rule)
    rows = find_rule(work.session, work.task.task_id, cue_id, rule)
    is_error = any(row.severity is Severity.ERROR for row in rows)
    work.move(Action.OVERRIDE if is_error else Action.WAIVE, epoch=epoch)
    if not rows:
        raise UnknownTaskError("finding", rule)
    return rows
