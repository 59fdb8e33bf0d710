"""Comments in SQLite or PostgreSQL."""

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session

from review.comments import MAX_COMMENTS, SAID_TWICE, Comment
from review.errors import InvalidEditError, UnknownTaskError
from review.events import EventKind
from review.sql.comment_places import find_words
from review.sql.database import reading, writing
from review.sql.rows import require_cue, require_task
from review.sql.schema_work import CommentRow
from review.sql.work import Work, begin_work
from review.store import Clock
from review.texts import clean_comment
from review.workflow import Action

# The largest number PostgreSQL keeps in a BIGINT; of a larger id there can be no row.
_LARGEST_ID = 2**63 - 1


class SqlComments:
    """Implements `review.comments.Comments`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def comments(self, task_id: str) -> tuple[Comment, ...]:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            rows = session.scalars(_of_task(task_id)).all()
            words = find_words(session, task_id, {row.cue_id for row in rows})
            return tuple(comment_of(row, words.get(row.cue_id)) for row in rows)

    def comment(
        self, task_id: str, *, user_id: str, cue_id: str | None, body: str, is_blocking: bool
    ) -> Comment:
        """See the port."""
        cleaned = clean_comment(body)
        with writing(self._engine) as session:
            work = begin_work(session, task_id, user_id, self._clock)
            work.move(Action.COMMENT)
            if cue_id is not None:
                require_cue(session, task_id, cue_id)
            row = CommentRow(
                task_id=task_id,
                cue_id=cue_id,
                author_id=user_id,
                author=work.person.name,
                body=cleaned,
                is_blocking=is_blocking,
                created_at=work.now,
            )
            return comment_of(_said_before(work, row) or _say(work, row), cue_id)

    def resolve(self, task_id: str, comment_id: int, *, user_id: str, resolved: bool) -> Comment:
        """See the port."""
        with writing(self._engine) as session:
            work = begin_work(session, task_id, user_id, self._clock)
            work.move(Action.COMMENT)
            row = _require(session, task_id, comment_id)
            if (row.resolved_at is not None) != resolved:
                row.resolved_by = work.person.name if resolved else None
                row.resolved_at = work.now if resolved else None
                _count(work)
                kind = EventKind.COMMENT_RESOLVED if resolved else EventKind.COMMENT_UNRESOLVED
                work.log(kind, row.body, cue_id=row.cue_id)
            words = find_words(session, task_id, {row.cue_id})
            return comment_of(row, words.get(row.cue_id))


def comment_of(row: CommentRow, shown_on: str | None) -> Comment:
    """A comment as the port speaks of it."""
    return Comment(
        comment_id=row.comment_id,
        task_id=row.task_id,
        cue_id=row.cue_id,
        shown_on=shown_on,
        author_id=row.author_id,
        author=row.author,
        body=row.body,
        is_blocking=row.is_blocking,
        created_at=row.created_at,
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
    )


def _of_task(task_id: str) -> Select[CommentRow]:
    return select(CommentRow).where(CommentRow.task_id == task_id).order_by(CommentRow.comment_id)


def _said_before(work: Work, row: CommentRow) -> CommentRow | None:
    """The same words about the same thing, said a moment ago."""
    same = _of_task(row.task_id).where(
        CommentRow.author_id == row.author_id,
        CommentRow.cue_id.is_not_distinct_from(row.cue_id),
        CommentRow.body == row.body,
        CommentRow.is_blocking == row.is_blocking,
        CommentRow.resolved_at.is_(None),
        CommentRow.created_at > work.now - SAID_TWICE,
    )
    return work.session.scalars(same).first()


def _say(work: Work, row: CommentRow) -> CommentRow:
    said = select(func.count()).where(CommentRow.task_id == row.task_id)
    if work.session.scalars(said).one() >= MAX_COMMENTS:
        raise InvalidEditError(
            f"this task has {MAX_COMMENTS} comments, which is all it can have: edit the cue instead"
        )
    work.session.add(row)
    _count(work)
    work.log(EventKind.COMMENT_ADDED, row.body, cue_id=row.cue_id)
    return row


def _count(work: Work) -> None:
    """Make the count of open comments on the task true again."""
    work.session.flush()
    still_open = select(func.count()).where(
        CommentRow.task_id == work.task.task_id, CommentRow.resolved_at.is_(None)
    )
    work.task.comment_count = work.session.scalars(still_open).one()


def _require(session: Session, task_id: str, comment_id: int) -> CommentRow:
    known = 0 < comment_id <= _LARGEST_ID
    row = session.get(CommentRow, comment_id) if known else None
    if row is None or row.task_id != task_id:
        raise UnknownTaskError("comment", str(comment_id))
    return row
