"""What the machine knew of each sentence, in the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from review.passages import Passage
from review.sql.schema import CueRow, SentenceRow
from translate.drafts import SentenceDraft

# What another version wrote beyond these fields is passed over; what it lacks has its default.
_DRAFTS = TypeAdapter(SentenceDraft)

NOWHERE = -1
"""The first and the last cue of a sentence of which no cue is left."""


def store_sentences(
    session: Session, task_id: str, sentences: Sequence[SentenceDraft], cue_ids: Iterable[str]
) -> None:
    """Sentences into a task that has none; ``cue_ids``: of all its cues, in order."""
    ordinals = {cue_id: ordinal for ordinal, cue_id in enumerate(cue_ids)}
    if sentences:
        session.execute(insert(SentenceRow), list(_values(task_id, sentences, ordinals)))


def find_sentences(session: Session, task_id: str) -> tuple[SentenceDraft, ...]:
    """All of a task, in order, but for those of which people have left no cue."""
    return _read(session, task_id, range(2**31 - 1))


def find_passage(session: Session, task_id: str, cue: CueRow) -> Passage:
    """The sentences that run through a cue, and those that share cues with them; may be empty."""
    listed = select(SentenceRow.ordinal, SentenceRow.first_cue, SentenceRow.last_cue)
    somewhere = listed.where(SentenceRow.task_id == task_id, SentenceRow.last_cue != NOWHERE)
    begins, ends = 0, -1
    for ordinal, first, last in session.execute(somewhere.order_by(SentenceRow.ordinal)):
        if first > ends >= cue.ordinal:
            return _read(session, task_id, range(begins, ordinal))
        if first > ends:
            begins = ordinal
        ends = max(ends, last)
    return _read(session, task_id, range(begins, 2**31 - 1)) if ends >= cue.ordinal else ()


def draft_of(row: SentenceRow) -> SentenceDraft:
    """What the machine knew of a sentence."""
    return _DRAFTS.validate_python(row.draft)


def draft_values(sentence: SentenceDraft) -> dict[str, Any]:
    """The column ``draft`` of a sentence."""
    values: dict[str, Any] = _DRAFTS.dump_python(sentence, mode="json")
    return values


def _values(
    task_id: str, sentences: Sequence[SentenceDraft], ordinals: Mapping[str, int]
) -> Iterator[dict[str, object]]:
    for ordinal, sentence in enumerate(sentences):
        cues = [ordinals[cue_id] for cue_id in sentence.cue_ids]
        yield {
            "task_id": task_id,
            "ordinal": ordinal,
            "first_cue": min(cues),
            "last_cue": max(cues),
            "draft": draft_values(sentence),
        }


def _read(session: Session, task_id: str, ordinals: range) -> tuple[SentenceDraft, ...]:
    listed = select(SentenceRow.draft).where(
        SentenceRow.task_id == task_id,
        SentenceRow.last_cue != NOWHERE,
        SentenceRow.ordinal >= ordinals.start,
        SentenceRow.ordinal < ordinals.stop,
    )
    rows = session.scalars(listed.order_by(SentenceRow.ordinal))
    return tuple(map(_DRAFTS.validate_python, rows))
