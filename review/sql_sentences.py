"""What the machine knew of each sentence, in the database."""

from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from review.machine_drafts import Draft
from review.passages import Passage
from review.schema import CueRow, SentenceRow
from translate.drafts import SentenceDraft

# What another version wrote beyond these fields is passed over; what it lacks has its default.
_DRAFTS = TypeAdapter(SentenceDraft)


def store_sentences(session: Session, task_id: str, draft: Draft) -> None:
    """The sentences of a draft into a task that has none."""
    ordinals = {cue.cue_id: ordinal for ordinal, cue in enumerate(draft.cues)}
    if draft.sentences:
        session.execute(insert(SentenceRow), list(_values(task_id, draft, ordinals)))


def find_sentences(session: Session, task_id: str) -> tuple[SentenceDraft, ...]:
    """All of a task, in order."""
    return _read(session, task_id, range(2**31 - 1))


def find_passage(session: Session, task_id: str, cue: CueRow) -> Passage:
    """The sentences that run through a cue, and those that share cues with them; may be empty."""
    listed = select(SentenceRow.ordinal, SentenceRow.first_cue, SentenceRow.last_cue)
    of_task = listed.where(SentenceRow.task_id == task_id).order_by(SentenceRow.ordinal)
    begins, ends = 0, -1
    for ordinal, first, last in session.execute(of_task):
        if first > ends >= cue.ordinal:
            return _read(session, task_id, range(begins, ordinal))
        if first > ends:
            begins = ordinal
        ends = max(ends, last)
    return _read(session, task_id, range(begins, 2**31 - 1)) if ends >= cue.ordinal else ()


def _values(task_id: str, draft: Draft, ordinals: Mapping[str, int]) -> Iterator[dict[str, object]]:
    for ordinal, sentence in enumerate(draft.sentences):
        cues = [ordinals[cue_id] for cue_id in sentence.cue_ids]
        yield {
            "task_id": task_id,
            "ordinal": ordinal,
            "first_cue": min(cues),
            "last_cue": max(cues),
            "draft": _DRAFTS.dump_python(sentence, mode="json"),
        }


def _read(session: Session, task_id: str, ordinals: range) -> tuple[SentenceDraft, ...]:
    listed = select(SentenceRow.draft).where(
        SentenceRow.task_id == task_id,
        SentenceRow.ordinal >= ordinals.start,
        SentenceRow.ordinal < ordinals.stop,
    )
    rows = session.scalars(listed.order_by(SentenceRow.ordinal))
    return tuple(map(_DRAFTS.validate_python, rows))
