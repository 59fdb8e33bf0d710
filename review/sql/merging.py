"""Machine drafts into tasks that are there already; people's work stays, whoever comes when.

A draft goes in as soon as nobody holds the task: at once, or when its holder lets it go, or before
somebody else takes it after the lease has run out. Until then the newest one waits. A text that was
approved stays in force and is left alone, unless what it renders has changed: then it is reviewed
again. A task that was taken out of the queue takes drafts when it is put back.
"""

from dataclasses import replace

from pydantic import TypeAdapter
from sqlalchemy import delete

from review.events import EventKind
from review.machine_drafts import Draft
from review.measuring import yardstick
from review.merging.drafts import MergedDraft, merge_draft
from review.merging.merge import Hand
from review.sql.comment_places import move_comments
from review.sql.cue_rows import find_sources, replace_cues, replace_sources
from review.sql.findings import add_findings, store_findings
from review.sql.leases import lease_runs
from review.sql.recounting import recount
from review.sql.releasing import approved_texts
from review.sql.rows import find_cues
from review.sql.schema import FindingRow, SentenceRow
from review.sql.schema_release import WaitingDraftRow
from review.sql.sentences import store_sentences
from review.sql.work import Work
from review.sql.yardsticks import on_film
from review.tasks import TaskState
from review.workflow import Action

_DRAFTS = TypeAdapter(Draft)
_DECIDED = frozenset({TaskState.APPROVED, TaskState.PUBLISHED})
_SOURCE_CHANGED = "What these subtitles render has changed: look at the marked cues."


def offer_draft(work: Work, draft: Draft) -> bool:
    """A newer draft for a task that is there; whether its cues went in by this call."""
    task = work.task
    if draft.draft_id == task.offered_draft_id:
        return False
    task.offered_draft_id = draft.draft_id
    _forget_waiting(work)
    if draft.draft_id == task.draft_id:  # it is in, and what came after it is not wanted any more
        return False
    if _may_merge(work) and _merge(work, draft):
        return True
    work.session.add(
        WaitingDraftRow(
            task_id=task.task_id,
            draft_id=draft.draft_id,
            draft=_DRAFTS.dump_python(draft, mode="json"),
            came_at=work.now,
        )
    )
    _machine(work).log(EventKind.DRAFT_SUPERSEDED, draft.draft_id)
    return False


def settle(work: Work) -> bool:
    """Take the draft in that waits, if it may go in now; whether one did."""
    if not _may_merge(work):
        return False
    waiting = work.session.get(WaitingDraftRow, work.task.task_id)
    if waiting is None or not _merge(work, _DRAFTS.validate_python(waiting.draft)):
        return False
    _forget_waiting(work)
    return True


def settle_before_claim(work: Work) -> None:
    """`settle`, but for who had the task last: they go on as if their lease had not run out."""
    if work.assignment is None or work.assignment.user_id != work.person.user_id:
        settle(work)


def _may_merge(work: Work) -> bool:
    """Whether nobody is at the task, and it is not out of the queue."""
    return work.task.state is not TaskState.CANCELLED and not lease_runs(work.assignment, work.now)


def _merge(work: Work, draft: Draft) -> bool:
    """Merge; False, and nothing done, for an approved text that need not be looked at again."""
    merged = _merged(work, draft)
    decided = work.task.state in _DECIDED
    if decided and not merged.report.needs_a_look:
        return False
    machine = _machine(work)
    if machine.assignment is not None:  # run out: its holder must not write into the new cues
        machine.move(Action.EXPIRE)
        machine.end_lease()
        work.assignment = None
    if merged.report.needs_a_look or machine.task.state is not TaskState.QC_PENDING:
        machine.move(Action.SUPERSEDE)
    if decided:
        machine.task.reason = _SOURCE_CHANGED
    _store(machine, draft, merged)
    if merged.report.kept:
        machine.log(EventKind.DRAFT_MERGED, merged.report.as_json(draft.draft_id))
    else:
        machine.log(EventKind.DRAFT_REPLACED, draft.draft_id)
    return True


def _merged(work: Work, draft: Draft) -> MergedDraft:
    cues = find_cues(work.session, work.task.task_id)
    decided = work.task.state in _DECIDED
    hand = Hand(
        cues=cues,
        sources=find_sources(work.session, work.task.task_id),
        approved=(
            {cue.cue_id: cue.text for cue in cues}
            if decided
            else approved_texts(work.session, work.task)
        ),
        is_transcript=draft.language == draft.source_language,
    )
    by = yardstick(
        source_language=draft.source_language,
        language=draft.language,
        audience=draft.audience,
        kind=draft.kind,
        client=draft.client,
        frame_rate=draft.frame_rate,
    )
    return merge_draft(hand, draft, on_film(work.session, by, draft.media_id))


def _store(work: Work, draft: Draft, merged: MergedDraft) -> None:
    task, session = work.task, work.session
    task.draft_id, task.made_by = draft.draft_id, draft.made_by
    task.title, task.media_path, task.frame_rate = draft.title, draft.media_path, draft.frame_rate
    task.source_language = draft.source_language
    task.audience, task.kind, task.client = draft.audience, draft.kind, draft.client
    task.structure_version += 1
    move_comments(session, task.task_id, find_cues(session, task.task_id), merged.cues)
    for rows in (FindingRow, SentenceRow):
        session.execute(delete(rows).where(rows.task_id == task.task_id))
    replace_cues(session, task.task_id, merged.cues)
    replace_sources(session, task.task_id, merged.sources)
    store_sentences(session, task.task_id, merged.sentences, [cue.cue_id for cue in merged.cues])
    store_findings(session, task.task_id, merged.cues)
    add_findings(session, task.task_id, merged.track_findings)
    recount(session, task)


def _machine(work: Work) -> Work:
    """The same write unit, with the pipeline at work and no person."""
    return replace(work, actor=None)


def _forget_waiting(work: Work) -> None:
    task_id = work.task.task_id
    work.session.execute(delete(WaitingDraftRow).where(WaitingDraftRow.task_id == task_id))
