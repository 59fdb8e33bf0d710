"""The log of people and projects in SQLite or PostgreSQL."""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from review.access.log import COMMAND_LINE, AccessEvent, AccessEventKind
from review.errors import UnknownTaskError
from review.sql.database import reading
from review.sql.rows import require_known
from review.sql.schema_people import AccessEventRow, UserRow


class SqlAccessLog:
    """Implements `review.access.log.AccessLog`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def access_events(self, *, limit: int = 200) -> tuple[AccessEvent, ...]:
        """See the port."""
        latest = select(AccessEventRow).order_by(AccessEventRow.event_id.desc()).limit(limit)
        with reading(self._engine) as session:
            return tuple(_event_of(row) for row in session.scalars(latest))


def record(
    session: Session,
    kind: AccessEventKind,
    subject: str,
    detail: str = "",
    *,
    by: str | None,
    now: datetime,
) -> None:
    """Write one line with the change it tells of; ``by`` is a user id, None for no person."""
    actor = None if by is None else require_user(session, by)
    session.add(
        AccessEventRow(
            actor_id=by,
            actor=COMMAND_LINE if actor is None else actor.name,
            kind=kind,
            subject=subject,
            detail=detail,
            at=now,
        )
    )


def require_user(session: Session, user_id: str) -> UserRow:
    """A person's row; UnknownTaskError."""
    require_known("user", user_id)
    row = session.get(UserRow, user_id)
    if row is None:
        raise UnknownTaskError("user", user_id)
    return row


def _event_of(row: AccessEventRow) -> AccessEvent:
    return AccessEvent(
        event_id=row.event_id,
        actor=row.actor,
        kind=AccessEventKind(row.kind),
        subject=row.subject,
        detail=row.detail,
        at=row.at,
    )
