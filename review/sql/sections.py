"""Stretches of a track out of the database and back into it, numbered without gaps."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from review.merging.source_cues import SourceCue
from review.sql.cue_rows import cue_values
from review.sql.findings import Found, find_findings
from review.sql.rows import cue_of
from review.sql.schema import CueRow, FindingRow, SourceCueRow
from review.tasks import ReviewCue
from review.texts import is_storable
from subtitles.span import Span

Cues = tuple[ReviewCue, ...]

_IDS_AT_ONCE = 500
"""Findings of more cues than this are read with those of the whole task."""


def find_places(session: Session, task_id: str, cue_ids: Iterable[str]) -> dict[str, int]:
    """The ordinals of cues by their ids; those that are not there are left out."""
    listed = select(CueRow.cue_id, CueRow.ordinal).where(*_of_ids(task_id, cue_ids))
    return dict(session.execute(listed).all())


def find_versions(session: Session, task_id: str, cue_ids: Iterable[str]) -> dict[str, int]:
    """The versions of cues by their ids; those that are not there are left out."""
    listed = select(CueRow.cue_id, CueRow.version).where(*_of_ids(task_id, cue_ids))
    return dict(session.execute(listed).all())


def _of_ids(task_id: str, cue_ids: Iterable[str]) -> tuple[ColumnElement[bool], ...]:
    wanted = [cue_id for cue_id in cue_ids if is_storable(cue_id)]  # of others there can be no row
    return CueRow.task_id == task_id, CueRow.cue_id.in_(wanted)


def find_place_at(session: Session, task_id: str, at_ms: int) -> int:
    """The ordinal of the first cue that does not start before a time."""
    earlier = select(func.count()).where(CueRow.task_id == task_id, CueRow.start_ms < at_ms)
    return session.scalars(earlier).one()


def find_stretch(session: Session, task_id: str, first: int, last: int) -> Cues:
    """The cues from one ordinal to another, in order, each with its findings."""
    listed = select(CueRow).where(CueRow.task_id == task_id, CueRow.ordinal.between(first, last))
    # What this very unit of work has put into the database does not reach rows read before.
    fresh = listed.order_by(CueRow.ordinal).execution_options(populate_existing=True)
    rows = session.scalars(fresh).all()
    cue_ids = [row.cue_id for row in rows]
    found = find_findings(session, task_id, None if len(cue_ids) > _IDS_AT_ONCE else cue_ids)
    return tuple(cue_of(row, found.get(row.cue_id, Found())) for row in rows)


def find_order(session: Session, task_id: str) -> tuple[str, ...]:
    """The ids of all cues in order."""
    listed = select(CueRow.cue_id).where(CueRow.task_id == task_id).order_by(CueRow.ordinal)
    return tuple(session.scalars(listed))


def find_sources_of(
    session: Session, task_id: str, cues: Iterable[ReviewCue]
) -> dict[int, SourceCue]:
    """What some cues render, and all between, by its place."""
    places = [place for cue in cues for place in (cue.first_source, cue.last_source)]
    known = [place for place in places if place is not None]
    if not known:
        return {}
    listed = select(SourceCueRow).where(
        SourceCueRow.task_id == task_id, SourceCueRow.ordinal.between(min(known), max(known))
    )
    return {
        row.ordinal: SourceCue(
            cue_id=row.cue_id, span=Span(row.start_ms, row.end_ms), text=row.text
        )
        for row in session.scalars(listed)
    }


def replace_stretch(session: Session, task_id: str, before: Cues, after: Cues) -> None:
    """Put cues in the place of a stretch; what follows is numbered on. Findings stay as they are.

    Those of cues that are gone go with them.
    """
    was = {cue.cue_id: cue for cue in before}
    same = {cue.cue_id for cue in after if was.get(cue.cue_id) == cue}
    _delete(session, CueRow, task_id, was.keys() - same)
    _delete(session, FindingRow, task_id, was.keys() - {cue.cue_id for cue in after})
    more = len(after) - len(before)
    if more and before:
        _renumber_after(session, task_id, before[-1].ordinal, more)
    values = [cue_values(task_id, cue) for cue in after if cue.cue_id not in same]
    if values:
        session.execute(insert(CueRow), values)


def _delete(
    session: Session, rows: type[CueRow] | type[FindingRow], task_id: str, cue_ids: Collection[str]
) -> None:
    if cue_ids:
        session.execute(
            delete(rows)
            .where(rows.task_id == task_id, rows.cue_id.in_(cue_ids))
            .execution_options(synchronize_session=False)
        )


def _renumber_after(session: Session, task_id: str, last: int, more: int) -> None:
    """Add ``more`` to all ordinals above ``last``.

    By way of negative ones, since no two may be the same at any moment of a statement.
    """
    of_task = CueRow.task_id == task_id
    for where, becomes in (
        (CueRow.ordinal > last, -(CueRow.ordinal + more) - 1),
        (CueRow.ordinal < 0, -CueRow.ordinal - 1),
    ):
        session.execute(
            update(CueRow)
            .where(of_task, where)
            .values(ordinal=becomes)
            .execution_options(synchronize_session=False)
        )
