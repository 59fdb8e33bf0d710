"""A step that was done, put into the database: cues, sentences, findings, counts, log."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from types import MappingProxyType

from review.events import EventKind
from review.remeasuring import remeasured
from review.sql.findings import store_findings
from review.sql.recounting import recount
from review.sql.rerouting import (
    SentenceTerms,
    find_rows,
    renumber_sentences,
    reroute,
    restore,
)
from review.sql.rows import find_task
from review.sql.sections import find_order, replace_stretch
from review.sql.work import Work
from review.steps.kinds import (
    Confirm,
    Delete,
    Insert,
    Merge,
    MoveWords,
    Resegment,
    SetTexts,
    SetTimes,
    Shift,
    Split,
    Step,
    Undo,
)
from review.steps.port import StepTaken
from review.steps.records import SentenceChange, StepRecord, as_json, recorded
from review.steps.section import Cues, Section
from review.steps.sentences import heirs_of
from review.tasks import ReviewCue

EVENTS: Mapping[type[Step], EventKind] = MappingProxyType(
    {
        Split: EventKind.CUE_SPLIT,
        Merge: EventKind.CUES_MERGED,
        MoveWords: EventKind.WORDS_MOVED,
        SetTimes: EventKind.CUE_RETIMED,
        Shift: EventKind.TRACK_SHIFTED,
        Insert: EventKind.CUE_INSERTED,
        Delete: EventKind.CUES_DELETED,
        SetTexts: EventKind.TEXTS_REPLACED,
        Confirm: EventKind.CUES_CONFIRMED,
        Resegment: EventKind.CUES_RESEGMENTED,
        Undo: EventKind.STEP_UNDONE,
    }
)
"""What the log calls the steps."""

_ALL_BUT_NUMBER = attrgetter(*(one.name for one in fields(ReviewCue) if one.name != "ordinal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step and what it made of a section; nothing is stored yet.

    Attributes:
        step: The step.
        section: As it was.
        after: The same cues once the step is done.
        record: For an undo, of the step that it takes back.
    """

    step: Step
    section: Section
    after: Cues
    record: StepRecord | None = None

    @property
    def touched(self) -> frozenset[str]:
        """The cues that the step itself makes, changes or takes away."""
        was, now = _by_id(self.section.cues), _by_id(self.after)
        return frozenset(
            cue_id
            for cue_id in was.keys() | now.keys()
            if _differ(was.get(cue_id), now.get(cue_id))
        )

    @property
    def is_structural(self) -> bool:
        """Whether cues come or go."""
        return _by_id(self.section.cues).keys() != _by_id(self.after).keys()

    @property
    def moves(self) -> bool:
        """Whether cues come or go, or are shown at other times."""
        was = _by_id(self.section.cues)
        return self.is_structural or any(cue.span != was[cue.cue_id].span for cue in self.after)


def store_step(work: Work, done: Done) -> StepTaken:
    """Store it within this unit of work, and tell what there is now."""
    session, task, before = work.session, work.task, done.section.cues
    replace_stretch(session, task.task_id, before, done.after)
    sentences = _rerouted(work, done) if done.is_structural else ()
    measured = _measured(work, done)
    was, now, touched = _by_id(before), _by_id(measured), done.touched
    changed = tuple(cue for cue in measured if _differ(was.get(cue.cue_id), cue))
    _store_findings(work, was, changed)
    task.structure_version += done.moves
    recount(session, task)
    record = recorded(done.step, before, measured, touched=touched, sentences=sentences)
    line = work.log(EVENTS[type(done.step)], as_json(record), cue_id=_told_on(done.step, touched))
    session.flush()
    return StepTaken(
        step_id=line.event_id,
        structure_version=task.structure_version,
        changed=changed,
        removed=tuple(cue_id for cue_id in was if cue_id not in now),
        order=find_order(session, task.task_id) if done.is_structural else None,
        task=find_task(session, task.task_id, work.now),
    )


def _rerouted(work: Work, done: Done) -> tuple[SentenceChange, ...]:
    """The sentences led through the cues as they are now; the cues are stored."""
    session, task_id, before = work.session, work.task.task_id, done.section.cues
    if not before:
        return ()
    first, last = before[0].ordinal, before[-1].ordinal
    renumber_sentences(session, task_id, last, len(done.after) - len(before))
    undone = () if done.record is None else done.record.sentences
    rows = find_rows(session, task_id, first, last, [one.ordinal for one in undone])
    if done.record is not None:
        return restore(session, task_id, rows, undone)
    return reroute(session, task_id, rows, heirs_of(before, done.after))


def _measured(work: Work, done: Done) -> Cues:
    ordinals = [cue.ordinal for cue in done.after]
    return remeasured(
        done.section.cues,
        done.after,
        done.section.by,
        SentenceTerms(
            work.session,
            work.task.task_id,
            range(min(ordinals, default=0), max(ordinals, default=0) + 1),
        ),
        restored=() if done.record is None else done.touched,
    )


def _store_findings(work: Work, was: Mapping[str, ReviewCue], changed: Cues) -> None:
    found = [
        cue
        for cue in changed
        if cue.cue_id not in was
        or (cue.findings, cue.waivers) != (was[cue.cue_id].findings, was[cue.cue_id].waivers)
    ]
    if found:
        store_findings(work.session, work.task.task_id, found)


def _told_on(step: Step, touched: frozenset[str]) -> str | None:
    """The cue in whose history the step stands; None for one about several."""
    if isinstance(step, Merge):
        return step.cue_ids[0] if step.cue_ids[0] in touched else None
    if isinstance(step, Split | MoveWords | SetTimes | Shift):
        return step.cue_id
    return next(iter(touched)) if len(touched) == 1 and not isinstance(step, Undo) else None


def _by_id(cues: Cues) -> dict[str, ReviewCue]:
    return {cue.cue_id: cue for cue in cues}


def _differ(one: ReviewCue | None, other: ReviewCue | None) -> bool:
    """Whether two copies of a cue differ in anything but their number."""
    if one is None or other is None:
        return True
    return one is not other and _ALL_BUT_NUMBER(one) != _ALL_BUT_NUMBER(other)
