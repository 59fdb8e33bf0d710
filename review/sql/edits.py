"""Work on one cue in the database: a new text, a tick."""

from collections.abc import Iterable

from sqlalchemy import exists, select

from review.edits import edited, goes_on_typing, ticked
from review.errors import StaleCueError
from review.events import STEP_KINDS, EventKind
from review.remeasuring import remeasured
from review.sql.findings import Found, find_findings, store_findings
from review.sql.recounting import count_changes
from review.sql.rerouting import SentenceTerms
from review.sql.rows import cue_of, event_of, require_cue
from review.sql.schema import CueRow
from review.sql.schema_log import EventRow
from review.sql.sections import find_stretch
from review.sql.work import Work
from review.sql.yardsticks import yardstick_of
from review.tasks import ReviewCue

_BESIDE = 1
"""On how many cues to each side an edit can change what is found."""


def edit(work: Work, cue_id: str, *, version: int, text: str) -> ReviewCue:
    """Store a cleaned text based on ``version``; StaleCueError when the cue has moved on.

    What is found on the cues beside it changes with it.
    """
    row = require_cue(work.session, work.task.task_id, cue_id)
    if text != row.text and version != row.version:
        raise StaleCueError(cue_id, version, row.version, row.text)
    if text == row.text:
        return _cue(work, row)
    changes = _measured(work, row, text)
    changed = next(after for _, after in changes if after.cue_id == cue_id)
    row.text, row.state, row.version = changed.text, changed.state, changed.version
    store_findings(work.session, work.task.task_id, _found_anew(changes))
    count_changes(work.task, changes)
    work.task.updated_at = work.now
    if not _goes_on(work, cue_id):
        was = next(before for before, _ in changes if before.cue_id == cue_id)
        work.log(EventKind.CUE_EDITED, was.text, cue_id=cue_id)
    return changed


def confirm(work: Work, cue_id: str, *, confirmed: bool) -> ReviewCue:
    """Tick a cue off, or take the tick away; twice is once."""
    row = require_cue(work.session, work.task.task_id, cue_id)
    cue = _cue(work, row)
    changed = ticked(cue, confirmed=confirmed)
    if changed.state is not cue.state:
        row.state = changed.state
        if row.is_stale:
            row.is_stale, row.earlier_source = changed.is_stale, changed.earlier_source
            store_findings(work.session, work.task.task_id, [changed])
        count_changes(work.task, [(cue, changed)])
        kind = EventKind.CUE_CONFIRMED if confirmed else EventKind.CUE_UNCONFIRMED
        work.log(kind, cue_id=cue_id)
    return changed


def _cue(work: Work, row: CueRow) -> ReviewCue:
    found = find_findings(work.session, work.task.task_id, [row.cue_id])
    return cue_of(row, found.get(row.cue_id, Found()))


def _measured(work: Work, row: CueRow, text: str) -> list[tuple[ReviewCue, ReviewCue]]:
    """The cue before and after it reads ``text``, and those beside it where that changes them."""
    task_id, place = work.task.task_id, row.ordinal
    before = find_stretch(work.session, task_id, place - _BESIDE - 1, place + _BESIDE + 1)
    after = tuple(edited(cue, text) if cue.cue_id == row.cue_id else cue for cue in before)
    by = yardstick_of(work.session, work.task)
    beside = range(place - _BESIDE, place + _BESIDE + 1)
    terms = SentenceTerms(work.session, task_id, beside)
    measured = remeasured(before, after, by, terms)
    return [(was, now) for was, now in zip(before, measured, strict=True) if was != now]


def _found_anew(changes: Iterable[tuple[ReviewCue, ReviewCue]]) -> list[ReviewCue]:
    """Those on which other things stand than before."""
    return [
        now for was, now in changes if (was.findings, was.waivers) != (now.findings, now.waivers)
    ]


def _goes_on(work: Work, cue_id: str) -> bool:
    """Whether this edit belongs to the burst of typing that the cue's last event began.

    A step since then ends it; some steps are about many cues and name none.
    """
    of_task = EventRow.task_id == work.task.task_id
    of_cue = select(EventRow).where(of_task, EventRow.cue_id == cue_id)
    last = work.session.scalars(of_cue.order_by(EventRow.event_id.desc()).limit(1)).first()
    if last is None or not goes_on_typing(event_of(last), work.person.name, work.now):
        return False
    later = exists().where(
        of_task, EventRow.event_id > last.event_id, EventRow.kind.in_(STEP_KINDS)
    )
    return not work.session.scalar(select(later))
