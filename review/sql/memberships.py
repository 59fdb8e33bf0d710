"""Memberships in SQLite or PostgreSQL."""

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from review.access.log import AccessEventKind
from review.access.roles import Membership, Reach, require_member_role
from review.errors import UnknownTaskError
from review.sql.access_log import record, require_user
from review.sql.database import reading, writing
from review.sql.projects import require_project
from review.sql.reaching import find_reach, membership_of, role_at
from review.sql.rows import require_known
from review.sql.schema import TaskRow
from review.sql.schema_people import MembershipRow
from review.store import Clock
from review.tasks import Role, User
from subtitles.language import LanguageTag, language_name

_MAX_ID = 2**63 - 1


class SqlMemberships:
    """Implements `review.access.members.Memberships`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def reach(self, user: User) -> Reach:
        """See the port."""
        with reading(self._engine) as session:
            return find_reach(session, user)

    def role_on(self, user: User, task_id: str) -> Role:
        """See the port."""
        require_known("task", task_id)
        wanted = select(TaskRow.project_id, TaskRow.language).where(TaskRow.task_id == task_id)
        with reading(self._engine) as session:
            place = session.execute(wanted).first()
            if place is None:
                raise UnknownTaskError("task", task_id)
            return role_at(session, user, task_id, place.project_id, LanguageTag(place.language))

    def memberships(self) -> tuple[Membership, ...]:
        """See the port."""
        listed = select(MembershipRow).order_by(MembershipRow.membership_id)
        with reading(self._engine) as session:
            return tuple(membership_of(row) for row in session.scalars(listed))

    def grant(
        self,
        user_id: str,
        role: Role,
        *,
        project_id: str | None,
        language: LanguageTag | None,
        by: str,
    ) -> Membership:
        """See the port."""
        require_member_role(role)
        with writing(self._engine) as session:
            user = require_user(session, user_id)
            project = None if project_id is None else require_project(session, project_id)
            row = _same_place(session, user_id, project_id, language)
            if row is not None and row.role is role:
                return membership_of(row)
            if row is None:
                row = MembershipRow(
                    user_id=user_id, project_id=project_id, language=language, role=role
                )
                session.add(row)
            row.role = role
            detail = _in_words(role, None if project is None else project.name, language)
            granted = AccessEventKind.MEMBER_GRANTED
            record(session, granted, user.name, detail, by=by, now=self._clock())
            session.flush()
            return membership_of(row)

    def withdraw(self, membership_id: int, *, by: str) -> None:
        """See the port."""
        with writing(self._engine) as session:
            known = 0 < membership_id <= _MAX_ID
            row = session.get(MembershipRow, membership_id) if known else None
            if row is None:
                raise UnknownTaskError("membership", str(membership_id))
            user = require_user(session, row.user_id)
            place = None if row.project_id is None else require_project(session, row.project_id)
            language = None if row.language is None else LanguageTag(row.language)
            detail = _in_words(row.role, None if place is None else place.name, language)
            session.execute(
                delete(MembershipRow).where(MembershipRow.membership_id == membership_id)
            )
            withdrawn = AccessEventKind.MEMBER_WITHDRAWN
            record(session, withdrawn, user.name, detail, by=by, now=self._clock())


def _same_place(
    session: Session, user_id: str, project_id: str | None, language: LanguageTag | None
) -> MembershipRow | None:
    wanted = select(MembershipRow).where(
        MembershipRow.user_id == user_id,
        MembershipRow.project_id.is_not_distinct_from(project_id),
        MembershipRow.language.is_not_distinct_from(language),
    )
    return session.scalars(wanted.with_for_update()).first()


def _in_words(role: Role, project: str | None, language: LanguageTag | None) -> str:
    """A membership in the words of the log."""
    where = "every project" if project is None else f"project {project!r}"
    what = "every language" if language is None else language_name(language)
    return f"{role} in {where}, {what}"
