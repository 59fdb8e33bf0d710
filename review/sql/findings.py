"""Findings in the database, and the decisions that some of them may stay."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from review.sql.schema import FindingRow
from review.tasks import ReviewCue, Waiver
from subtitles.findings import Finding

OF_THE_TRACK = ""
"""What stands for a cue in findings on the whole track."""


@dataclass(slots=True)
class Found:
    """What stands on one cue, in the order in which it was found."""

    findings: list[Finding] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)


def find_findings(
    session: Session, task_id: str, cue_ids: Collection[str] | None = None
) -> Mapping[str, Found]:
    """What stands on the cues of a task, by their ids: on all, or on some; others have nothing."""
    listed = select(FindingRow).where(FindingRow.task_id == task_id)
    if cue_ids is not None:
        listed = listed.where(FindingRow.cue_id.in_(cue_ids))
    by_cue: dict[str, Found] = defaultdict(Found)
    for row in session.scalars(listed.order_by(FindingRow.finding_id)):
        finding = _finding_of(row)
        by_cue[row.cue_id].findings.append(finding)
        if row.waived_by:
            by_cue[row.cue_id].waivers.append(
                Waiver(finding=finding, by=row.waived_by, reason=row.waiver)
            )
    return by_cue


def add_findings(session: Session, task_id: str, findings: Iterable[Finding]) -> None:
    """Findings that nobody has waived; the counts of the task are the caller's."""
    _insert(session, [_values(task_id, one, None) for one in findings])


def store_findings(session: Session, task_id: str, cues: Collection[ReviewCue]) -> None:
    """Put what stands on these cues, waivers and all, in the place of what is stored for them."""
    if not cues:
        return
    session.execute(
        delete(FindingRow).where(
            FindingRow.task_id == task_id, FindingRow.cue_id.in_([cue.cue_id for cue in cues])
        )
    )
    _insert(
        session,
        [
            _values(task_id, one, next((w for w in cue.waivers if w.finding == one), None))
            for cue in cues
            for one in cue.findings
        ],
    )


def find_rule(session: Session, task_id: str, cue_id: str, rule: str) -> tuple[FindingRow, ...]:
    """The rows of one rule on one cue (or the track): often one, sometimes none or more."""
    listed = select(FindingRow).where(
        FindingRow.task_id == task_id, FindingRow.cue_id == cue_id, FindingRow.rule == rule
    )
    return tuple(session.scalars(listed.order_by(FindingRow.finding_id)))


def _insert(session: Session, values: list[dict[str, object]]) -> None:
    if values:
        session.execute(insert(FindingRow), values)


def _finding_of(row: FindingRow) -> Finding:
    return Finding(
        rule=row.rule,
        severity=row.severity,
        cue_id=row.cue_id,
        measured=row.measured,
        limit=row.allowed,
        unit=row.unit,
        source=row.source,
        note=row.note,
    )


def _values(task_id: str, finding: Finding, waiver: Waiver | None) -> dict[str, object]:
    return {
        "task_id": task_id,
        "cue_id": finding.cue_id,
        "rule": finding.rule,
        "severity": finding.severity,
        "measured": finding.measured,
        "allowed": finding.limit,
        "unit": finding.unit,
        "source": finding.source,
        "note": finding.note,
        "waived_by": "" if waiver is None else waiver.by,
        "waiver": "" if waiver is None else waiver.reason,
    }
