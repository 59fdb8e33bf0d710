"""Steps on cues in SQLite or PostgreSQL."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from review.errors import InvalidStepError, StaleStepError, UnknownTaskError
from review.events import SOURCE_KINDS, STEP_KINDS
from review.resegmenting.recut import Recut
from review.sql.database import reading, writing
from review.sql.decisions import LEASE
from review.sql.rows import require_task
from review.sql.schema import TaskRow
from review.sql.schema_log import EventRow
from review.sql.sections import (
    find_place_at,
    find_places,
    find_sources_of,
    find_stretch,
    find_versions,
)
from review.sql.step_storing import Done, store_step
from review.sql.timelines import find_words
from review.sql.work import Work, begin_work
from review.sql.yardsticks import yardstick_of
from review.steps.doing import done
from review.steps.kinds import (
    Confirm,
    Edition,
    Merge,
    Resegment,
    Shift,
    Split,
    Step,
    Undo,
    named_ids,
)
from review.steps.port import StepTaken
from review.steps.records import StepRecord, from_json
from review.steps.recutting import recut_of
from review.steps.section import Section
from review.steps.undoing import undone
from review.store import Clock
from review.workflow import Action

_MARGIN = 3
"""Words may go to a neighbour; what stands beside that one is measured with what follows it."""

_TO_THE_END = 2**31 - 1 - _MARGIN

# The largest number PostgreSQL keeps in a BIGINT; of a larger id there can be no row.
_LARGEST_ID = 2**63 - 1


class SqlSteps:
    """Implements `review.steps.port.Steps`; safe to share between threads and processes."""

    def __init__(self, engine: Engine, clock: Clock, lease: timedelta = LEASE) -> None:
        self._engine, self._clock, self._lease = engine, clock, lease

    def preview(self, task_id: str, step: Resegment) -> Recut:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            return recut_of(_section_for(session, session.get_one(TaskRow, task_id), step), step)

    def take(
        self, task_id: str, step: Step, *, user_id: str, epoch: int, versions: Mapping[str, int]
    ) -> StepTaken:
        """See the port."""
        with writing(self._engine) as session:
            work = begin_work(session, task_id, user_id, self._clock)
            work.move(Action.CONFIRM if isinstance(step, Confirm) else Action.EDIT, epoch=epoch)
            work.renew(self._lease)
            _require_current(work, versions)
            made = _undo(work, step) if isinstance(step, Undo) else _do(work, step)
            _require_seen(work, made, versions)
            return store_step(work, made)


def _do(work: Work, step: Edition) -> Done:
    section = _section_for(work.session, work.task, step)
    return Done(step=step, section=section, after=done(section, step))


def _section_for(session: Session, task: TaskRow, step: Edition) -> Section:
    """All that a step needs to know."""
    named = named_ids(step)
    places = find_places(session, task.task_id, named)
    missing = tuple(cue_id for cue_id in named if cue_id not in places)
    if missing:
        raise StaleStepError(task.task_id, missing)
    section = _section(session, task, places.values(), to_the_end=isinstance(step, Shift))
    if isinstance(step, Split | Merge | Resegment):
        between = range(min(places.values()), max(places.values()) + 1)
        linked = [cue for cue in section.cues if cue.ordinal in between]
        section = section.rendering(find_sources_of(session, task.task_id, linked))
    if isinstance(step, Resegment) and task.language == task.source_language:
        section = replace(section, heard=find_words(session, task.media_id))
    return section


def _undo(work: Work, step: Undo) -> Done:
    record = _record(work, step.step_id)
    task_id = work.task.task_id
    if record.is_structural and _source_changed_since(work, step.step_id):
        # Its links and sentences are places in a source that is gone: led back to them, a cue
        # would stand for somebody else's words, and the memory would learn that.
        raise InvalidStepError(
            "what these subtitles render has changed since then, so this cannot be taken back "
            "any more: edit the cues instead, their history has every text"
        )
    there = find_places(work.session, task_id, record.cue_ids)
    places = list(there.values())
    for change in record.cues:
        if change.after is None and change.before is not None:
            start_ms = int(change.before["span"]["start_ms"])
            places.append(find_place_at(work.session, task_id, start_ms))
    section = _section(work.session, work.task, places)
    return Done(step=step, section=section, after=undone(section, record), record=record)


def _record(work: Work, step_id: int) -> StepRecord:
    line = work.session.get(EventRow, step_id) if 0 < step_id <= _LARGEST_ID else None
    if line is None or line.task_id != work.task.task_id or line.kind not in STEP_KINDS:
        raise UnknownTaskError("step", str(step_id))
    return from_json(line.detail)


def _source_changed_since(work: Work, step_id: int) -> bool:
    later = select(EventRow.event_id).where(
        EventRow.task_id == work.task.task_id,
        EventRow.event_id > step_id,
        EventRow.kind.in_(SOURCE_KINDS),
    )
    return work.session.scalars(later.limit(1)).first() is not None


def _section(
    session: Session, task: TaskRow, places: Iterable[int], *, to_the_end: bool = False
) -> Section:
    """The cues at these places, those between and a few on each side."""
    known = list(places) or [-1]
    last = _TO_THE_END if to_the_end else max(known)
    return Section(
        task_id=task.task_id,
        cues=find_stretch(session, task.task_id, min(known) - _MARGIN, last + _MARGIN),
        by=yardstick_of(session, task),
        edition=task.structure_version + 1,
    )


def _require_current(work: Work, versions: Mapping[str, int]) -> None:
    """Refuse versions that are not those of the cues now."""
    now = find_versions(work.session, work.task.task_id, versions)
    stale = tuple(cue_id for cue_id, seen in versions.items() if now.get(cue_id) != seen)
    if stale:
        raise StaleStepError(work.task.task_id, stale)


def _require_seen(work: Work, made: Done, versions: Mapping[str, int]) -> None:
    """Refuse a step that touches cues whose version nobody named."""
    there = {cue.cue_id for cue in made.section.cues}
    unseen = tuple(sorted((made.touched & there) - versions.keys()))
    if unseen:
        raise StaleStepError(work.task.task_id, unseen)
