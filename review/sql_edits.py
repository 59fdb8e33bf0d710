"""Work on one cue in the database: a new text, a tick."""

from sqlalchemy import delete, select

from review.edits import edited, goes_on_typing, ticked
from review.errors import StaleCueError
from review.measuring import measure_cue, yardstick
from review.passages import terms_of
from review.schema import CueRow, EventRow, FindingRow
from review.sql_rows import (
    cue_of,
    event_of,
    find_cue_findings,
    finding_row,
    recount,
    require_cue,
)
from review.sql_sentences import find_passage
from review.sql_work import Work
from review.tasks import Event, EventKind, ReviewCue
from subtitles.findings import Finding
from subtitles.language import LanguageTag


def edit(work: Work, cue_id: str, *, version: int, text: str) -> ReviewCue:
    """Store a cleaned text based on ``version``; StaleCueError when the cue has moved on."""
    row, cue = _require_cue(work, cue_id)
    if text == cue.text:
        return cue
    if version != cue.version:
        raise StaleCueError(cue_id, version, cue.version, cue.text)
    changed = edited(cue, text, _measured(work, row, cue, text))
    row.text, row.state, row.version = changed.text, changed.state, changed.version
    work.session.execute(
        delete(FindingRow).where(
            FindingRow.task_id == work.task.task_id, FindingRow.cue_id == cue_id
        )
    )
    work.session.add_all(finding_row(work.task.task_id, one) for one in changed.findings)
    recount(work.session, work.task)
    work.task.updated_at = work.now
    if not goes_on_typing(_last_event(work, cue_id), work.actor.name, work.now):
        work.log(EventKind.CUE_EDITED, cue.text, cue_id=cue_id)
    return changed


def confirm(work: Work, cue_id: str, *, confirmed: bool) -> ReviewCue:
    """Tick a cue off, or take the tick away; twice is once."""
    row, cue = _require_cue(work, cue_id)
    changed = ticked(cue, confirmed=confirmed)
    if changed.state is not cue.state:
        row.state = changed.state
        recount(work.session, work.task)
        kind = EventKind.CUE_CONFIRMED if confirmed else EventKind.CUE_UNCONFIRMED
        work.log(kind, cue_id=cue_id)
    return changed


def _require_cue(work: Work, cue_id: str) -> tuple[CueRow, ReviewCue]:
    row = require_cue(work.session, work.task.task_id, cue_id)
    return row, cue_of(row, find_cue_findings(work.session, work.task.task_id, cue_id))


def _measured(work: Work, row: CueRow, cue: ReviewCue, text: str) -> tuple[Finding, ...]:
    task = work.task
    by = yardstick(
        source_language=LanguageTag(task.source_language),
        language=LanguageTag(task.language),
        audience=task.audience,
        kind=task.kind,
        client=task.client,
        frame_rate=task.frame_rate,
    )
    beside = select(CueRow.text).where(
        CueRow.task_id == task.task_id, CueRow.ordinal.in_([cue.ordinal - 1, cue.ordinal + 1])
    )
    terms = terms_of(find_passage(work.session, task.task_id, row), cue.cue_id)
    return measure_cue(cue, text, by, beside=work.session.scalars(beside).all(), terms=terms)


def _last_event(work: Work, cue_id: str) -> Event | None:
    listed = select(EventRow).where(
        EventRow.task_id == work.task.task_id, EventRow.cue_id == cue_id
    )
    row = work.session.scalars(listed.order_by(EventRow.event_id.desc()).limit(1)).first()
    return None if row is None else event_of(row)
