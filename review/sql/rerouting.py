"""Sentences kept on their cues while steps split, join and delete these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from review.passages import passages
from review.sql.rows import find_cues
from review.sql.schema import SentenceRow
from review.sql.sections import find_places
from review.sql.sentences import NOWHERE, draft_of, draft_values
from review.steps.records import SentenceChange
from review.steps.sentences import Heirs, rerouted
from translate.drafts import SentenceDraft
from translate.glossary.agreed import AgreedTerm


class SentenceTerms:
    """The show's words in the sentences of some cues; read when somebody first asks."""

    def __init__(self, session: Session, task_id: str, ordinals: range) -> None:
        self._session, self._task_id, self._ordinals = session, task_id, ordinals
        self._terms: dict[str, list[AgreedTerm]] | None = None

    def __call__(self, cue_id: str) -> Sequence[AgreedTerm]:
        """Those of one cue."""
        if self._terms is None:
            self._terms = {}
            first, last = self._ordinals.start, self._ordinals.stop - 1
            for row in find_rows(self._session, self._task_id, first, last):
                sentence = draft_of(row)
                for name in sentence.cue_ids if sentence.terms else ():
                    self._terms.setdefault(name, []).extend(sentence.terms)
        return self._terms.get(cue_id, ())


def find_rows(
    session: Session, task_id: str, first: int, last: int, also: Iterable[int] = ()
) -> Sequence[SentenceRow]:
    """The sentences that run through cues from one ordinal to another, and some by their own."""
    runs_through = (SentenceRow.first_cue <= last) & (SentenceRow.last_cue >= first)
    listed = select(SentenceRow).where(
        SentenceRow.task_id == task_id, or_(runs_through, SentenceRow.ordinal.in_(list(also)))
    )
    return session.scalars(listed.order_by(SentenceRow.ordinal)).all()


def renumber_sentences(session: Session, task_id: str, last: int, more: int) -> None:
    """Add ``more`` to all ordinals of cues above ``last``."""
    for column in (SentenceRow.first_cue, SentenceRow.last_cue):
        session.execute(
            update(SentenceRow)
            .where(SentenceRow.task_id == task_id, column > last)
            .values({column: column + more})
            .execution_options(synchronize_session=False)
        )


def reroute(
    session: Session, task_id: str, rows: Sequence[SentenceRow], heirs: Heirs
) -> tuple[SentenceChange, ...]:
    """Lead sentences through the cues that have their words now; what that changed.

    The cues and their numbers are stored already.
    """
    before = [draft_of(row) for row in rows]
    cue_ids = {
        name for one in before for cue_id in one.cue_ids for name in heirs.get(cue_id, (cue_id,))
    }
    now = {cue.cue_id: cue for cue in find_cues(session, task_id, cue_ids)}
    after = [one for passage in passages(before) for one in rerouted(passage, heirs, now)]
    return _store(session, task_id, rows, before, after)


def restore(
    session: Session,
    task_id: str,
    rows: Sequence[SentenceRow],
    undone: Iterable[SentenceChange],
) -> tuple[SentenceChange, ...]:
    """Lead sentences back through the cues that they ran through before a step."""
    changes = {change.ordinal: change for change in undone}
    before = [draft_of(row) for row in rows]
    after = [
        replace(one, cue_ids=_led_back(one.cue_ids, changes[row.ordinal]))
        if row.ordinal in changes
        else one
        for row, one in zip(rows, before, strict=True)
    ]
    return _store(session, task_id, rows, before, after)


def _led_back(now: Sequence[str], change: SentenceChange) -> tuple[str, ...]:
    """What the step had not touched stays as later steps have left it."""
    return (*change.before, *(cue_id for cue_id in now if cue_id not in change.after))


def _store(
    session: Session,
    task_id: str,
    rows: Sequence[SentenceRow],
    before: Sequence[SentenceDraft],
    after: Sequence[SentenceDraft],
) -> tuple[SentenceChange, ...]:
    places = find_places(session, task_id, {name for one in after for name in one.cue_ids})
    changes: list[SentenceChange] = []
    for row, was, now in zip(rows, before, after, strict=True):
        cue_ids = tuple(
            sorted((one for one in now.cue_ids if one in places), key=places.__getitem__)
        )
        if cue_ids != was.cue_ids:
            row.draft = draft_values(replace(now, cue_ids=cue_ids))
            changes.append(SentenceChange(ordinal=row.ordinal, before=was.cue_ids, after=cue_ids))
        row.first_cue, row.last_cue = _ends(cue_ids, places)
    session.flush()
    return tuple(changes)


def _ends(cue_ids: Sequence[str], places: Mapping[str, int]) -> tuple[int, int]:
    if not cue_ids:
        return NOWHERE, NOWHERE
    return places[cue_ids[0]], places[cue_ids[-1]]
